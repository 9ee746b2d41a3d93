import Articles
import Model
import TestSupport
import Testing

@Suite("Markdown")
struct MarkdownTests {
    private func read(_ text: String, as name: String = "文章.md") throws -> (file: ReadFile, article: Article) {
        let file = try ReadFile(text, as: name)
        let article = try #require(file.articles.first)
        #expect(article.isSound(fileSize: file.bytes.count))
        return (file, article)
    }

    private static let document = """
        ---
        title: "前言 里的标题"
        date: 2024-05-06
        tags: [a, b]
        ---

        # 第一章 #

        一段 **粗体** 和 `代码`，
        还有 [链接](https://example.com)。

        - 项目一
        - 项目二
          续行

        1. 甲

           乙

        > 引文
        > 第二行

        ```swift
        let 变量 = 1

        print(变量)
        ```

            缩进代码

        | 列一 | 列二 |
        |------|------|
        | 甲   | 乙   |

        第二章
        ------

        <div>原样</div>
        """

    private static let texts = [
        "第一章", "一段 粗体 和 代码，\n还有 链接。", "项目一", "项目二\n续行", "甲", "乙", "引文\n第二行",
        "let 变量 = 1\n\nprint(变量)", "缩进代码", "列一 | 列二", "甲 | 乙", "第二章", "原样",
    ]

    @Test("each block is a paragraph", arguments: ["\n", "\r\n", "\r"])
    func blocks(end: String) throws {
        let text = Self.document.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: end)
        let (file, article) = try read(text)
        #expect(article.titleText == "前言 里的标题")
        #expect(String(decoding: article.date, as: UTF8.self) == "2024-05-06")
        #expect(article.texts == Self.texts)
        #expect(article.lines == [7, 9, 12, 13, 16, 18, 20, 23, 29, 31, 33, 35, 38])
        for paragraph in article.paragraphs {
            #expect(file.line(of: paragraph.source.bytes.lowerBound) == paragraph.source.line)
        }
        // The range of a block holds every character of its text.
        for (paragraph, text) in zip(article.paragraphs, article.texts) {
            var rest = Substring(file.source(paragraph))
            for character in text where !character.isWhitespace {
                guard let place = rest.firstIndex(of: character) else {
                    Issue.record("\(text) is not within \(file.source(paragraph))")
                    break
                }
                rest = rest[rest.index(after: place)...]
            }
        }
    }

    @Test("a simple block's range is its very text", arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
    func exactRanges(end: String, mark: String) throws {
        let blocks = ["一段文字。", "# 标题", "English words, 和中文", "- 项目", "> 引文"]
        let (file, article) = try read(mark + blocks.joined(separator: end + end) + end)
        #expect(article.texts == ["一段文字。", "标题", "English words, 和中文", "项目", "引文"])
        #expect(article.paragraphs.map { file.source($0) } == ["一段文字。", "# 标题", "English words, 和中文", "项目", "引文"])
        #expect(article.lines == [1, 3, 5, 7, 9])
    }

    @Test("the title is the front matter's, else the first heading, else the file's name")
    func titles() throws {
        #expect(try read("---\ntitle: 甲\n---\n# 乙").article.titleText == "甲")
        #expect(try read("---\ntitle: '甲: 乙'\r\n...\n# 乙").article.titleText == "甲: 乙")
        #expect(try read("---\nauthor: 甲\n---\n段\n\n## 乙").article.titleText == "乙")
        #expect(try read("段", as: "名字.markdown").article.titleText == "名字")
        #expect(try read("# \n\n# 真的", as: "名字.md").article.titleText == "真的")
    }

    @Test("front matter of TOML stands between plus signs", arguments: ["\n", "\r\n"])
    func frontMatterOfTOML(end: String) throws {
        func read(_ lines: [String]) throws -> (ReadFile, Article) { try self.read(lines.joined(separator: end)) }
        let block = ["+++", "title = \"甲 = \\\"乙\\\"\" # 注", "date = 2024-05-06T07:08:09+08:00", "tags = [\"丙\"]"]
        let (file, article) = try read(block + ["[author]", "title = '丁'", "+++", "# 戊", "", "己"])
        #expect(article.titleText == "甲 = \"乙\"" && article.texts == ["戊", "己"] && article.lines == [8, 10])
        #expect(String(decoding: article.date, as: UTF8.self) == "2024-05-06T07:08:09+08:00")
        #expect(file.source(article.paragraphs[1]) == "己")
        #expect(
            String(decoding: try read(["+++", "date = 2024-05-06", "+++", "己"]).1.date, as: UTF8.self)
                == "2024-05-06")
        #expect(String(decoding: try read(["+++", "date = '2024年5月'", "+++"]).1.date, as: UTF8.self) == "2024年5月")
        #expect(try read(["+++", "甲乙", "+++", "丙"]).1.texts.joined().contains("甲乙"))
        for deep in [
            Array(repeating: "a", count: 50_000).joined(separator: ".") + " = 1",
            String(repeating: "x = 1", count: 20_000),
        ] {
            #expect(try read(["+++", deep, "+++", "丙"]).1.texts.last?.hasSuffix("丙") == true)
        }
        let dotted = (0..<20).map { number in (0..<40).map { "k\(number * $0)" }.joined(separator: ".") + " = 1" }
        #expect(try read(["+++", "title = '甲'"] + dotted + ["+++", "丙"]).1.titleText == "甲")
        #expect(try read(["+++", "title = '甲'", "", "丙"]).1.texts.last == "丙")
    }

    @Test("dashes that no dashes answer are no front matter")
    func notFrontMatter() throws {
        let (file, article) = try read("---\n甲: 乙\n\n丙")
        #expect(article.texts == ["甲: 乙", "丙"])
        #expect(file.source(article.paragraphs[0]) == "甲: 乙")
        #expect(try read("甲\n\n---\n\ntitle: 乙\n\n---\n").article.texts == ["甲", "title: 乙"])
        #expect(try read("---").article.paragraphs.isEmpty)
        #expect(try read("---\n---").article.paragraphs.isEmpty)
    }

    @Test("entities and escapes become what they stand for")
    func entities() throws {
        #expect(try read("AT&amp;T \\*星号\\* &#x56E2;队").article.texts == ["AT&T *星号* 团队"])
        #expect(try read("~~删去~~ ![图](a.png)").article.texts == ["删去 图"])
    }

    @Test(
        "blocks without text are no paragraphs",
        arguments: [
            "", "\n\n", "***\n\n---\n", "#\n", "- \n- \n", "> \n", "&nbsp;\n\n&#x3000;", "\u{FEFF}",
        ])
    func empty(text: String) throws {
        #expect(try read(text).article.paragraphs.isEmpty)
    }

    @Test("each block has its kind, that of the innermost block around it")
    func kinds() throws {
        let text = """
            # 题

            文

            - 甲

              > 乙
            - > 丙

              第二段

            > 引
            >
            > - 项
            >
            > ```
            > 码
            > ```

            | 列 |
            |----|
            | 值 |

            - [x] 任务
            """
        let article = try read(text).article
        #expect(article.texts == ["题", "文", "甲", "乙", "丙", "第二段", "引", "项", "码", "列", "值", "[x] 任务"])
        #expect(
            article.paragraphs.map(\.kind) == [
                .heading, .text, .listItem, .quote, .quote, .listItem, .quote, .listItem, .code, .table, .table,
                .listItem,
            ])
    }

    @Test("each row of a table is a paragraph, as in HTML", arguments: ["\n", "\r\n"])
    func tables(end: String) throws {
        let text = """
            上一行
            再一行
            | 年代 | 事 |
            |:-----|---:|
            | 1041 | **毕昇**\\|活字 |
            | | 空<br>格 |
            | | |
            | 缺

            > - | 甲 | 乙 |
            >   |--|--|
            >   | 丙 | `丁` |
            """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: end)
        let (file, article) = try read(text)
        #expect(
            article.texts.map { $0.replacing("\r", with: "") } == [
                "上一行\n再一行", "年代 | 事", "1041 | 毕昇|活字", "空 格", "缺", "甲 | 乙", "丙 | 丁",
            ])
        #expect(article.lines == [1, 3, 5, 6, 8, 10, 12])
        #expect(article.paragraphs.map(\.kind) == [.text] + Array(repeating: .table, count: 6))
        #expect(
            article.paragraphs.dropFirst().map { file.source($0) } == [
                "| 年代 | 事 |", "| 1041 | **毕昇**\\|活字 |", "| | 空<br>格 |", "| 缺", "| 甲 | 乙 |", "| 丙 | `丁` |",
            ])
    }

    @Test("blocks of HTML are read as HTML", arguments: ["\n", "\r\n"])
    func htmlBlocks(end: String) throws {
        let text = """
            <div class="x">
            <p>第一&amp;段</p><p>第二<b>段</b></p>
            </div>

            <!-- 注 -->

            <details>
            <summary>要点</summary>

            **细节**

            </details>

            > <table>
            > <tr><td>甲</td><td>乙</td></tr>
            > </table>

            - <p>项</p>
              <p>目</p>

            <script>
            var 隐 = 1
            </script>
            """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: end)
        let (file, article) = try read(text)
        #expect(article.texts == ["第一&段", "第二段", "要点", "细节", "甲 | 乙", "项", "目"])
        #expect(article.lines == [2, 2, 8, 10, 15, 18, 19])
        #expect(article.paragraphs.map(\.kind) == [.text, .text, .text, .text, .table, .listItem, .listItem])
        #expect(
            article.paragraphs.map { file.source($0) } == [
                "第一&amp;段", "第二<b>段", "要点", "**细节**", "甲</td><td>乙", "项", "目",
            ])
    }

    @Test(
        "tags in a paragraph are left out, with the text of those that are not read",
        arguments: [
            ("团<b>队</b>", "团队"), ("<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字", "漢字"), ("甲<br>乙", "甲\n乙"),
            ("甲<BR/>乙", "甲\n乙"), ("甲<!-- 注 -->乙", "甲乙"), ("甲 < 乙 > 丙", "甲 < 乙 > 丙"), ("<rt>甲", "甲"),
            ("甲<button>乙</button>丙", "甲丙"), ("甲</rt>乙", "甲乙"), ("甲<input>乙", "甲乙"), ("甲<rt>乙</rp>丙</rt>丁", "甲丁"),
            ("页面的<title>标签很重要，<script>也是。", "页面的标签很重要，也是。"), ("甲<svg>乙<b>丙</b><title>丁</svg>戊", "甲戊"),
            ("<ruby>漢<rt>hàn<rp>)</ruby>字<rt>zì", "漢字zì"),
            ("标签 <rt> 和 <rp> 都要写", "标签  和  都要写"), ("|甲<rt>乙|丙</rt>丁|\n|-|-|", "甲乙 | 丙丁"),
        ])
    func inlineHTML(text: String, expected: String) throws {
        #expect(try read(text).article.texts.joined() == expected)
    }

    @Test("what cmark would take forever over, or all memory, is cut short")
    func bounds() throws {
        let images = String(repeating: "![[]()", count: 30_000)
        #expect(try read(images + "甲").article.texts.joined().hasSuffix("甲"))
        let columns = 20_000
        let table = String(repeating: "|a", count: columns) + "\n" + String(repeating: "|-", count: columns) + "\n"
        #expect(
            try read(table + String(repeating: "x\n", count: 20_000) + "甲").article.texts.joined().hasSuffix("甲"))
        let many = (0..<2000).map { "![图\($0)](a.png)" }.joined(separator: "\n\n")
        #expect(try read(many).article.texts.last == "图1999")
    }

    @Test("deep nesting neither overflows the stack nor loses the text")
    func deepNesting() throws {
        let depth = 2000
        let (_, article) = try read(String(repeating: ">", count: depth) + " 底")
        #expect(article.texts.joined().hasSuffix("底"))
        let brackets = String(repeating: "[", count: depth) + "底" + String(repeating: "](a)", count: depth)
        #expect(try read(brackets).article.texts.joined().contains("底"))
    }

    @Test("NUL and a missing file are errors here too")
    func errors() throws {
        #expect(throws: ArticlesError.self) { try ReadFile("甲\0", as: "a.md") }
        #expect(throws: ArticlesError.self) { try ReadFile.find("/nowhere/a.md") }
    }

    @Test("any text gives a sound article", arguments: Seed.first(60))
    func anyText(seed: Seed) throws {
        var generator = seed.generator()
        let marks = [
            "# ", "- ", "> ", "    ", "```", "| ", "|-|-|", "---", "===", "\n\n", "<b>", "**", "`", "1. ", "\t",
        ]
        var text = ""
        for _ in 0..<generator.below(30) {
            text += generator.pick(marks)
            text += RandomText.text(upTo: 4, using: &generator)
            if generator.once(in: 2) { text += generator.pick(["\n", "\r\n", "\r"]) }
        }
        let (file, article) = try read(String(text.unicodeScalars.filter { $0.value != 0 }))
        for paragraph in article.paragraphs {
            #expect(file.line(of: paragraph.source.bytes.lowerBound) >= paragraph.source.line)
            #expect(String(validating: file.bytes[paragraph.source.bytes], as: UTF8.self) != nil)
        }
    }
}
