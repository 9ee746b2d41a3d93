import Articles
import Model
import TestSupport
import Testing

@Suite("JSONL")
struct JSONLinesTests {
    private func read(_ text: String) throws -> ReadFile {
        let file = try ReadFile(text, as: "文章.jsonl")
        for article in file.articles { #expect(article.isSound(fileSize: file.bytes.count)) }
        return file
    }

    @Test("each line is an article")
    func lines() throws {
        let file = try read(
            """
            {"id":"1","title":"标题","date":"2024-05-06","text":"甲\\n\\n乙"}
            {"text":"丙","id":"2","more":{"a":[1,-2.5e+3,true,false,null,"x"],"b":{}}}

            { "id" : 3 , "text" : "" }
            """)
        #expect(file.problems == [])
        #expect(file.articles.map { String(decoding: $0.id, as: UTF8.self) } == ["1", "2", "3"])
        #expect(file.articles.map(\.titleText) == ["标题", "", ""])
        #expect(file.articles.map { String(decoding: $0.date, as: UTF8.self) } == ["2024-05-06", "", ""])
        #expect(file.articles.map(\.texts) == [["甲", "乙"], ["丙"], []])
        #expect(file.articles.map(\.lines) == [[1, 1], [2], []])
    }

    @Test("line ends, blank lines, a byte order mark and the last line end do not matter")
    func frames() throws {
        for end in ["\n", "\r\n", "\n \t\r\n\n"] {
            for start in ["", "\u{FEFF}", "\u{FEFF}\n", "\n"] {
                for last in ["", end] {
                    let file = try read(
                        start + #"{"id":"a","text":"甲"}"# + end + #"{"id":"b","text":" 乙 "}"# + last)
                    #expect(file.problems == [])
                    #expect(file.articles.map(\.texts) == [["甲"], ["乙"]])
                    for article in file.articles {
                        #expect(article.paragraphs.map { file.source($0) } == article.texts)
                        let offset = article.paragraphs[0].source.bytes.lowerBound
                        #expect(article.lines == [file.bytes[..<offset].count { $0 == 0x0A } + 1])
                    }
                }
            }
        }
    }

    @Test(
        "escapes become what they stand for",
        arguments: [
            (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{C}\n\r\t"), (#"\u56e2\u961F"#, "团队"), (#"\ud842\udfb7"#, "𠮷"),
            (#"a\uD83D\uDE00b"#, "a😀b"), (#"\u0000"#, "\0"),
            // Half a surrogate pair stands for no character.
            (#"\ud842"#, "\u{FFFD}"), (#"\udfb7"#, "\u{FFFD}"), (#"\ud842x"#, "\u{FFFD}x"),
            (#"\ud842\n"#, "\u{FFFD}\n"),
            (#"\ud842\u56e2"#, "\u{FFFD}团"), (#"\ud842\ud842\udfb7"#, "\u{FFFD}𠮷"),
            (#"\udfb7\ud842"#, "\u{FFFD}\u{FFFD}"),
        ])
    func escapes(raw: String, decoded: String) throws {
        let file = try read(#"{"id":"a","text":"["# + raw + #"]","title":"x\u0041"# + raw + #""}"#)
        #expect(file.problems == [])
        let article = try #require(file.articles.first)
        #expect(String(decoding: article.text, as: UTF8.self) == "[\(decoded)]")
        #expect(article.titleText == "xA\(decoded)")
    }

    @Test("a paragraph's bytes, decoded, are its text", arguments: Seed.first(150))
    func exactRanges(seed: Seed) throws {
        var generator = seed.generator()
        var content = generator.once(in: 3) ? "\u{FEFF}" : ""
        var expected: [[String]] = []
        for number in 0...generator.below(5) {
            let texts = (0..<generator.below(5)).map { _ in RandomText.text(upTo: 8, using: &generator) }
            let text = texts.joined(separator: generator.pick(["\n", "\r\n", "\n\n"]))
            let written = JSONText.literal(text, using: &generator)
            content += #"{"title":"\n","id":"\#(number)","text": \#(written) ,"x":"\u56e2"}"#
            content += generator.pick(["\n", "\r\n", "\n\n"])
            expected.append(JSONText.paragraphs(of: text))
        }
        let file = try read(content)
        #expect(file.problems == [])
        #expect(file.articles.map(\.texts) == expected)
        for article in file.articles {
            for (paragraph, text) in zip(article.paragraphs, article.texts) {
                #expect(JSONText.decode(file.source(paragraph)) == text)
                let start = paragraph.source.bytes.lowerBound
                #expect(paragraph.source.line == file.bytes[..<start].count { $0 == 0x0A } + 1)
            }
        }
    }

    @Test("lines longer than any buffer are read whole", arguments: [1 << 20, 3 << 20])
    func longLines(size: Int) throws {
        let long = String(repeating: "长", count: size / 3)
        let file = try read(
            #"{"id":"a","text":"短"}"# + "\n" + #"{"id":"b","text":"\#(long)\n尾"}"# + "\n"
                + #"{"id":"c","text":"末"}"#)
        #expect(file.problems == [])
        #expect(file.articles.map(\.texts) == [["短"], [long, "尾"], ["末"]])
        #expect(
            file.articles.flatMap { article in article.paragraphs.map { file.source($0) } } == [
                "短", long, "尾", "末",
            ])
        #expect(file.articles.map(\.lines) == [[1], [2, 2], [3]])
    }

    @Test("many lines keep their offsets from piece to piece")
    func manyLines() throws {
        let lines = (0..<30_000).map { #"{"id":"\#($0)","text":"第\#($0)条\u3000新闻的正文"}"# }
        let file = try read(lines.joined(separator: "\n"))
        #expect(file.articles.count == 30_000)
        #expect(
            file.articles.enumerated().allSatisfy { number, article in
                article.lines == [number + 1]
                    && article.paragraphs.map { file.source($0) } == [#"第\#(number)条\u3000新闻的正文"#]
            })
    }

    @Test("the content hash is the file's, whatever the format")
    func contentHash() throws {
        let text = #"{"id":"a","text":"甲"}"# + "\n"
        let hashes = try ["a.jsonl", "a.txt", "a.md"].map { try ReadFile(text, as: $0).contentHash }
        #expect(Set(hashes).count == 1)
        #expect(hashes[0] != nil)
        let directory = TemporaryDirectory()
        directory.write(text.utf8, to: "a")
        #expect(try ArticleStream.contentHash(of: Path(directory.path(of: "a"))) == hashes[0])
    }
}

/// JSON strings by the book, with no thought for offsets.
private enum JSONText {
    /// `text` as a JSON string: what must be escaped is, and other characters now and then.
    static func literal(_ text: String, using generator: inout SplitMix64) -> String {
        var raw = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" || scalar.value < 0x20 || generator.once(in: 4) {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16, uppercase: generator.once(in: 2))
                    raw += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                raw.unicodeScalars.append(scalar)
            }
        }
        return raw + "\""
    }

    /// The non-blank lines of a text, trimmed.
    static func paragraphs(of text: String) -> [String] {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { line in
            var rest = line.drop { WhiteSpace.contains($0.value) }
            while let last = rest.last, WhiteSpace.contains(last.value) { rest.removeLast() }
            return String(rest)
        }.filter { !$0.unicodeScalars.isEmpty }
    }

    /// What the inside of a JSON string stands for; only the escapes that ``literal(_:using:)`` writes.
    static func decode(_ raw: String) -> String {
        var units: [UInt16] = []
        var rest = Array(raw.utf16)[...]
        while let unit = rest.popFirst() {
            if unit == 0x5C {
                let digits = String(decoding: rest.dropFirst().prefix(4), as: UTF16.self)
                units.append(UInt16(digits, radix: 16) ?? 0xFFFD)
                rest = rest.dropFirst(5)
            } else {
                units.append(unit)
            }
        }
        return String(decoding: units, as: UTF16.self)
    }
}
