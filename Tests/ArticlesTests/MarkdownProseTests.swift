import Articles
import Model
import TestSupport
import Testing

/// Prose that has the form of markup is text.
@Suite("Prose in Markdown that looks like markup")
struct MarkdownProseTests {
    /// A paragraph as it should be: its text, kind and line, and the bytes of the file it points to.
    struct Expected: CustomStringConvertible, Sendable {
        var text: String
        var kind: ParagraphKind
        var line: Int
        var source: String

        init(_ text: String, _ kind: ParagraphKind = .text, line: Int = 1, source: String? = nil) {
            (self.text, self.kind, self.line, self.source) = (text, kind, line, source ?? text)
        }

        var description: String { "\(text) (\(kind), line \(line)): \(source)" }
    }

    private func read(_ text: String) throws -> (file: ReadFile, article: Article) {
        let file = try ReadFile(text, as: "名.md")
        let article = try #require(file.articles.first)
        #expect(article.isSound(fileSize: file.bytes.count))
        return (file, article)
    }

    private func found(_ text: String) throws -> [String] {
        let (file, article) = try read(text)
        return zip(article.paragraphs, article.texts).map { paragraph, text in
            Expected(text, paragraph.kind, line: paragraph.source.line, source: file.source(paragraph)).description
        }
    }

    /// Each text is read with line ends of all kinds.
    private func expect(_ text: String, _ expected: [Expected]) throws {
        for end in ["\n", "\r\n", "\r"] {
            func ended(_ text: String) -> String { text.replacing("\n", with: end) }
            let wanted = expected.map {
                Expected($0.text, $0.kind, line: $0.line, source: ended($0.source)).description
            }
            #expect(try found(ended(text)) == wanted, "\(text.debugDescription) with \(end.debugDescription)")
        }
    }

    @Test(
        "a definition is text whose destination is no address, or that nothing refers to",
        arguments: [
            ("[记者]: 葡萄好吃吗？", [.init("[记者]: 葡萄好吃吗？")]),
            ("[记者]: 葡萄好吃吗？\n[答]: 葡萄很好吃。\n", [.init("[记者]: 葡萄好吃吗？\n[答]: 葡萄很好吃。")]),
            ("甲 [1] 乙\n\n[1]: 葡萄报，第三版", [.init("甲 [1] 乙"), .init("[1]: 葡萄报，第三版", line: 3)]),
            ("[1]: https://a.cn/b", [.init("[1]: https://a.cn/b")]),
            ("> [记者]: 葡萄\n> [答]: 甜", [.init("[记者]: 葡萄\n[答]: 甜", .quote, source: "[记者]: 葡萄\n> [答]: 甜")]),
            ("- [记者]: 葡萄\n- [答]: 甜", [.init("[记者]: 葡萄", .listItem), .init("[答]: 甜", .listItem, line: 2)]),
            (
                "1. > * [记者]: 葡萄\n2)\t[答]: 甜",
                [.init("[记者]: 葡萄", .listItem), .init("[答]: 甜", .listItem, line: 2)]
            ),
            ("   [记者]: 葡萄", [.init("[记者]: 葡萄")]),
            ("    [记者]: 葡萄", [.init("[记者]: 葡萄", .code)]),
            ("```\n[记者]: 葡萄\n```", [.init("[记者]: 葡萄", .code, source: "```\n[记者]: 葡萄\n```")]),
            ("`[记者]: 葡萄`", [.init("[记者]: 葡萄", source: "`[记者]: 葡萄`")]),
            ("<div>\n[记者]: 葡萄\n</div>", [.init("[记者]: 葡萄", line: 2)]),
            ("[记者]:\n葡萄", [.init("[记者]:\n葡萄")]),
            ("> [记者]:\n> 葡萄", [.init("[记者]:\n葡萄", .quote, source: "[记者]:\n> 葡萄")]),
            ("[记者]: <葡 萄>\n\n甲", [.init("[记者]: <葡 萄>", source: "[记者]: <葡 萄>"), .init("甲", line: 3)]),
            ("[记\n者]: 葡萄", [.init("[记\n者]: 葡萄")]),
            ("[记\\]者]: 葡萄", [.init("[记]者]: 葡萄", source: "[记\\]者]: 葡萄")]),
            ("\\[记者]: 葡萄", [.init("[记者]: 葡萄", source: "\\[记者]: 葡萄")]),
            ("甲\n[记者]: 葡萄", [.init("甲\n[记者]: 葡萄")]),
            ("[记者]: 葡萄\n乙 **丙**", [.init("[记者]: 葡萄\n乙 丙", source: "[记者]: 葡萄\n乙 **丙**")]),
            ("[记者]: 葡萄\n===\n乙", [.init("[记者]: 葡萄", .heading), .init("乙", line: 3)]),
            (
                "# 甲\n[记者]: 葡萄\n# 乙",
                [
                    .init("甲", .heading, source: "# 甲"), .init("[记者]: 葡萄", line: 2),
                    .init("乙", .heading, line: 3, source: "# 乙"),
                ]
            ),
            ("[甲\n[乙]: 丙]: 葡萄", [.init("[甲\n[乙]: 丙]: 葡萄")]),
            ("[甲\n[乙]: 丙](d)", [.init("[甲\n[乙]: 丙](d)")]),
            ("[^注 一]: 葡萄", [.init("[^注 一]: 葡萄")]),
            // Titles are part of what is said.
            ("[1]\n\n[1]: /a \"葡萄\"", [.init("[1]"), .init("[1]: /a \"葡萄\"", line: 3)]),
            ("[1]\n\n[1]: /a\n(葡萄)", [.init("[1]"), .init("[1]: /a\n(葡萄)", line: 3)]),
            (
                "[1]\n\n[1]: /a '葡\n萄\\'",
                [.init("[1]"), .init("[1]: /a '葡\n萄'", line: 3, source: "[1]: /a '葡\n萄\\'")]
            ),
            (
                "[1]\n\n[1]: /a \"葡\\\\\" x \"",
                [.init("[1]"), .init("[1]: /a \"葡\\\" x \"", line: 3, source: "[1]: /a \"葡\\\\\" x \"")]
            ),
            ("[1]\n\n[1]: /u)x\n葡萄", [.init("[1]"), .init("[1]: /u)x\n葡萄", line: 3)]),
            ("[1]\n\n[1]: <a<b>\n葡萄", [.init("[1]"), .init("[1]: <a\n葡萄", line: 3, source: "[1]: <a<b>\n葡萄")]),
            // Two of a label.
            (
                "[甲]\n\n[甲]: /a\n\n[甲]: 葡萄",
                [.init("甲", source: "[甲]"), .init("[甲]: 葡萄", line: 5)]
            ),
        ] as [(String, [Expected])])
    func proseOfDefinitions(text: String, expected: [Expected]) throws { try expect(text, expected) }

    @Test(
        "a definition that something refers to is markup",
        arguments: [
            ("[葡萄][1]\n\n[1]: https://a.cn/b", [.init("葡萄", source: "[葡萄][1]")]),
            ("![葡萄][图 A]\n\n> [图\n> a]: <b c.png> 'T'", [.init("葡萄", source: "![葡萄][图 A]")]),
            ("[葡萄]\n\n- [葡萄]:\n  /a\n  \"b\"", [.init("葡萄", source: "[葡萄]")]),
            ("[a\\]b] `[c]`\n\n[a\\]b]: /a\n[C]: /b", [.init("a]b [c]", source: "[a\\]b] `[c]`")]),
            // Text behind definitions is where it stands.
            ("[甲] [乙]\n\n[甲]: /a\n[乙]: /b 't'\n葡萄", [.init("甲 乙", source: "[甲] [乙]"), .init("葡萄", line: 5)]),
            ("[甲]\n\n> [甲]: /a\n> [记者]: 葡萄", [.init("甲", source: "[甲]"), .init("[记者]: 葡萄", .quote, line: 4)]),
            ("[甲]\n\n[甲]: /a\n葡萄\n===", [.init("甲", source: "[甲]"), .init("葡萄", .heading, line: 4)]),
            ("[1]\n\n[1]: /a\n(葡萄)很好", [.init("1", source: "[1]"), .init("(葡萄)很好", line: 4)]),
            ("[1]\n\n[1]: /a 葡萄", [.init("[1]"), .init("[1]: /a 葡萄", line: 3)]),
        ] as [(String, [Expected])])
    func markup(text: String, expected: [Expected]) throws { try expect(text, expected) }

    @Test(
        "cells beyond the head of their table are part of the last one",
        arguments: [
            ("| 1 | 2 | 葡萄 |", "1 | 2 | 葡萄"), ("1|2|葡|萄", "1 | 2|葡|萄"), ("| 1 | 2 | | 葡萄 | |", "1 | 2 | | 葡萄"),
            ("| 1 | 2 | |", "1 | 2"), ("| 1 | 2 |||", "1 | 2"), ("| 1 | `2 | 葡萄` |", "1 | 2 | 葡萄"),
            ("| 1 | 2 \\| 葡 | **萄** |", "1 | 2 | 葡 | 萄"), ("| 1 | 2 \\\\| 葡 | 萄", "1 | 2 | 葡 | 萄"),
            ("| 1 | 2 | \\|", "1 | 2 | |"), ("| | | 葡萄", "| 葡萄"), ("| 1 | 2 | [记者]: 葡萄", "1 | 2 | [记者]: 葡萄"),
            ("|| 2 | 葡萄 |", "2 | 葡萄"),
        ])
    func surplusCells(row: String, text: String) throws {
        let head = "| 甲 | 乙 |\n|----|----|\n| 3 | 4 |\n"
        let others = [
            Expected("甲 | 乙", .table, source: "| 甲 | 乙 |"), Expected("3 | 4", .table, line: 3, source: "| 3 | 4 |"),
        ]
        try expect(
            head + row + "\n\n丙 | 丁 | 戊",
            others + [
                Expected(text, .table, line: 4, source: row), Expected("丙 | 丁 | 戊", line: 6),
            ])
        // In a quote in a list item, with words above it, and in a table of one column without bars.
        let nested = "甲\n\n- 乙\n  > 丙\n  > 丁 | 戊\n  > -|-\n  > \(row)\n"
        #expect(try read(nested).article.texts.last == text)
        let kinds = try read(nested).article.paragraphs
        #expect(kinds.last?.source.line == 7 && kinds.last?.kind == .table)
        #expect(try read("甲\n:--\n乙 | 葡萄").article.texts == ["甲", "乙 | 葡萄"])
        #expect(try read("```\n|a|b|\n|-|-|\n\(row)\n```").article.texts == ["|a|b|\n|-|-|\n\(row)"])
    }

    @Test("a row begins where its own line has its text")
    func rowsOfOtherIndents() throws {
        try expect(
            "  甲\n|乙|丙|\n |-|-|\n|丁|戊|\n  |己|庚|",
            [
                .init("甲"), .init("乙 | 丙", .table, line: 2, source: "|乙|丙|"),
                .init("丁 | 戊", .table, line: 4, source: "|丁|戊|"),
                .init("己 | 庚", .table, line: 5, source: "|己|庚|"),
            ])
    }

    @Test("a label longer than labels may be is text")
    func longLabel() throws {
        let label = "[" + String(repeating: "a", count: 1001) + "]"
        try expect(
            "\(label)\n\n\(label): /葡萄\n\n\(label): /a",
            [
                .init(label), .init("\(label): /葡萄", line: 3), .init("\(label): /a", line: 5),
            ])
    }

    @Test(
        "a footnote that nothing refers to is text",
        arguments: [
            ("[^1]: 葡萄", [.init("[^1]: 葡萄")]),
            ("甲\n\n[^1]: 葡萄\n\n乙", [.init("甲"), .init("[^1]: 葡萄", line: 3), .init("乙", line: 5)]),
            ("甲\n[^1]: 葡萄", [.init("甲"), .init("[^1]: 葡萄", line: 2)]),
            (
                "甲[^1]\n\n[^1]: 葡萄\n\n[^1]: 再说\n\n乙",
                [
                    .init("甲", source: "甲[^1]"), .init("[^1]: 再说", line: 5), .init("乙", line: 7),
                    .init("葡萄", line: 3),
                ]
            ),
            ("`[^1]`\n\n[^1]: 葡萄", [.init("[^1]", source: "`[^1]`"), .init("[^1]: 葡萄", line: 3)]),
            ("> - [^1]: 葡萄\n>   续", [.init("[^1]: 葡萄\n续", .listItem, source: "[^1]: 葡萄\n>   续")]),
            ("```\n[^1]: 葡萄\n```", [.init("[^1]: 葡萄", .code, source: "```\n[^1]: 葡萄\n```")]),
            (
                "甲[^a]\n\n[^a]:\t乙\n[^b]: 葡萄",
                [.init("甲", source: "甲[^a]"), .init("乙", line: 3), .init("[^b]: 葡萄", line: 4)]
            ),
            ("[^a]: [记者]: 葡萄", [.init("[^a]: [记者]: 葡萄")]),
            ("甲[^a]\n\n[^a]: [^b]: 葡萄", [.init("甲", source: "甲[^a]"), .init("[^b]: 葡萄", line: 3)]),
            ("[甲]\n\n[甲]: /a\n     [^b]: 葡萄", [.init("甲", source: "[甲]"), .init("[^b]: 葡萄", line: 4)]),
            ("[甲\n[^1]: 葡萄]: 乙", [.init("[甲"), .init("[^1]: 葡萄]: 乙", line: 2)]),
        ] as [(String, [Expected])])
    func footnotes(text: String, expected: [Expected]) throws { try expect(text, expected) }

    @Test("a footnote that becomes text takes along what refers to the next one")
    func footnoteChain() throws {
        let chain = (1...6).map { "[^\($0)]: 葡\n\n    [^\($0 + 1)]\n\n" }.joined()
        let article = try read(chain).article
        #expect(article.texts == (1...6).flatMap { ["[^\($0)]: 葡", "[^\($0 + 1)]"] })
        #expect(article.lines == (0..<12).map { 1 + $0 * 2 })
        #expect(article.paragraphs.map(\.kind) == (0..<6).flatMap { _ in [.text, .code] })
    }

    @Test("footnotes that are referred to are read as before, behind the text")
    func footnotesInUse() throws {
        try expect(
            "甲[^1]，乙[^二]。\n\n[^二]: 葡萄\n    续\n\n    再\n\n> - [^1]:  桃\n\n丙",
            [
                .init("甲，乙。", source: "甲[^1]，乙[^二]。"), .init("丙", line: 10), .init("桃", line: 8),
                .init("葡萄\n续", line: 3, source: "葡萄\n    续"), .init("再", line: 6),
            ])
    }

    @Test("a dialogue between two rules is no front matter", arguments: ["\n", "\r\n", "\r"])
    func dialogue(end: String) throws {
        func read(_ lines: [String]) throws -> Article { try self.read(lines.joined(separator: end)).article }
        let article = try read(["---", "主持人: 大家好", "嘉宾: 谢谢", "---", "# 题", "葡萄"])
        #expect(article.texts == ["主持人: 大家好\n嘉宾: 谢谢", "题", "葡萄"])
        #expect(article.lines == [2, 5, 6] && article.paragraphs.map(\.kind) == [.text, .heading, .text])
        #expect(article.titleText == "题")
        let others = [
            ["---", "主持人: 大家好", "...", "葡萄"], ["---", "嘉宾: <b>", "`好`: ~~", "  葡萄", "---", "好"],
            ["---", "主持人: 大家好", "", "- 葡萄", "# 好", "---"], ["---", "1a: 好", "\"主 持\": 好", "---"],
        ]
        for lines in others {
            let text = try read(lines).texts.joined()
            for character in lines.joined() where character.isLetter {
                #expect(text.contains(character) || character == "b", "\(character) of \(lines)")
            }
        }
    }

    @Test("one key of a block is a word, or one of those that Chinese authors write")
    func keys() throws {
        for key in ["a", "A_b-1", "标题", "日期", "作者", "标签", "分类", "摘要", "创建时间", "更新时间", "来源", "\"og\""] {
            #expect(try read("---\n嘉宾: 谢谢\n\(key): 乙\n---\n葡萄").article.texts == ["葡萄"], "\(key)")
        }
        let chinese = try read("---\n标题: '甲'\n日期: 2024-05-06\n---\n# 乙").article
        #expect(chinese.titleText == "甲" && String(decoding: chinese.date, as: UTF8.self) == "2024-05-06")
        let both = try read("---\n标题: 甲\ntitle: 丙\n日期: 1\ndate: 2\n---\n# 乙").article
        #expect(both.titleText == "丙" && String(decoding: both.date, as: UTF8.self) == "2")
        #expect(try read("---\ntitle:\n标题: 甲\n---\n# 乙").article.titleText == "甲")
    }

    @Test("bytes that stand in for marks are others than those of the source")
    func standIns() throws {
        let controls = (Array(0x01...0x1F) as [UInt8]).filter { ![0x09, 0x0A, 0x0B, 0x0C, 0x0D].contains($0) }
        let text = "[记者]: 葡萄\n\n|甲|\n|-|\n|乙|丙|\n\n[^1]: 葡萄\n\n"
        let texts = ["[记者]: 葡萄", "甲", "乙|丙", "[^1]: 葡萄"]
        for control in controls {
            let byte = String(Unicode.Scalar(control))
            #expect(try read(text + "丁\(byte)戊").article.texts == texts + ["丁\(byte)戊"])
            #expect(try read(text + "丁&#\(control);戊").article.texts == texts + ["丁\(byte)戊"])
            #expect(try read(text + "丁&#X\(String(control, radix: 16));戊").article.texts == texts + ["丁\(byte)戊"])
        }
        // With none left the text is what it is to cmark.
        let all = String(decoding: controls, as: UTF8.self)
        #expect(try read("丁\(all)戊\n\n" + text).article.texts == ["丁\(all)戊", "甲", "乙"])
    }

    @Test(
        "texts of any size and make are read in time",
        arguments: [
            ("[a]: b\n", 100_000), ("[a]: 葡\n\n", 100_000), ("[^a]: 葡\n\n", 50_000), ("[", 500_000),
            ("[\n", 200_000),
            ("[a]: b \"\n", 100_000), ("[a]: b (\n", 100_000), ("[a]: \\\n", 100_000), ("]:", 200_000),
            ("- [a]: ", 50_000), ("> [a\n", 100_000), ("[^a]: ", 50_000), ("&#2;[a]: 葡\n", 50_000),
        ])
    func hostile(piece: String, count: Int) throws {
        let text = try read(String(repeating: piece, count: count) + "\n\n葡萄").article.texts.joined()
        #expect(text.hasSuffix("葡萄"))
        #expect(text.count { $0 == "葡" } == 1 + (piece.contains("葡") ? count : 0))
    }

    @Test("chains of footnotes, and wide rows, are read in time")
    func hostileLosses() throws {
        let chain = (0..<5000).map { "[^\($0)]: 葡\n\n    [^\($0 + 1)]\n\n" }.joined()
        #expect(try read(chain).article.texts.joined().count { $0 == "葡" } == 5000)
        let rows = String(repeating: "|葡" + String(repeating: "|萄", count: 20) + "|\n", count: 2000)
        #expect(try read("|a|\n|-|\n" + rows).article.texts.joined().count { $0 == "萄" } == 40_000)
    }

    /// Pieces of everything that is taken out of a text, in containers of all kinds.
    private struct Document {
        var generator: SplitMix64
        private var ideograph: UInt32 = 0x4E00

        init(_ seed: Seed) { generator = seed.generator() }

        /// Characters that stand nowhere else, so that each is looked for.
        private mutating func words() -> String {
            (0..<1 + generator.below(3)).map { _ in
                ideograph += 1
                return String(Unicode.Scalar(ideograph)!)
            }.joined()
        }

        private mutating func label() -> String {
            generator.pick(["a", "b", "c d", "C  D", "\\]", "\\[", "1", "^1", "^2", "a\n", "[", "*"])
        }

        private mutating func line() -> String {
            switch generator.below(14) {
            case 0: "[\(words())]: \(words())"
            case 1: "[\(label())]: \(words())"
            case 2: "[\(label())]: /url"
            case 3:
                "[\(label())]: \(generator.pick(["/u", "<u v>", "u)", "\\", "\n/u", "\n"])) \(generator.pick(["\"", "'", "(", ")", "\n\"", "\\\""]))\(words())\(generator.pick(["\"", "'", ")", "\\\"", "\\\\\"", "\n"]))"
            case 4: "[^\(generator.below(4))]: \(words())"
            case 5: "\(words()) [\(label())] \(words()) [^\(generator.below(4))]"
            case 6: "|\(words())|\(words())|\n" + generator.pick(["|-|-|", "-|-", "|-|", ":-"])
            case 7:
                (0..<generator.below(5)).map { _ in "|" + words() }.joined()
                    + generator.pick(["", "|", "\\|", "||"])
            case 8: generator.pick(["---", "===", "```", "***", "~~~", "...", "+++"])
            case 9: "`[^\(generator.below(4))]` \(words()) `|\(words())"
            case 10: "\(words()): \(words())"
            case 11: "[\(words())"
            case 12: "\(words())]: \(words())"
            default: words()
            }
        }

        mutating func text() -> String {
            var text = generator.once(in: 4) ? "---\n\(words()): \(words())\n\(words()):\n---\n" : ""
            for _ in 0..<1 + generator.below(12) {
                text += generator.pick(["", "", "", "> ", "- ", "1. ", "  ", "    ", "\t", ">\t", "> - ", "     "])
                text += line() + generator.pick(["\n", "\n", "\n\n"])
            }
            return generator.once(in: 3) ? text.replacing("\n", with: generator.pick(["\r\n", "\r"])) : text
        }
    }

    @Test("every ideograph is in a paragraph, whose bytes hold it", arguments: Seed.first(1500))
    func nothingIsLost(seed: Seed) throws {
        var document = Document(seed)
        let text = document.text()
        let (file, article) = try read(text)
        func ideographs(_ text: some StringProtocol) -> [Unicode.Scalar] {
            text.unicodeScalars.filter { $0.value >= 0x4E00 }
        }
        let found = article.texts.flatMap { ideographs($0) }
        #expect(
            found.count == ideographs(text).count && Set(found) == Set(ideographs(text)),
            "\(text.debugDescription) gives \(article.texts)")
        for (paragraph, part) in zip(article.paragraphs, article.texts) {
            let source = Set(ideographs(file.source(paragraph)))
            #expect(source.isSuperset(of: ideographs(part)), "\(part) of \(text.debugDescription)")
            #expect(
                !part.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" && $0 != "\r" },
                "\(part.debugDescription)")
        }
    }
}
