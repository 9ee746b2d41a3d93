import Articles
import ICU
import Model
import TestSupport
import Testing

@Suite("Files in every encoding")
struct EncodingTests {
    /// Reads `text` in UTF-8 and in `encoding`, and expects the same article, each paragraph with its own bytes.
    private func compare(_ text: String, _ encoding: FileEncoding, as name: String, _ comment: String = "") throws {
        guard let bytes = encoding.encode(text) else { return }
        let expected = try ReadFile(text, as: name)
        let found = try ReadFile(bytes, as: name)
        try #require(found.problems.count == expected.problems.count, "\(encoding) \(comment): \(found.problems)")
        try #require(found.articles.count == expected.articles.count, "\(encoding) \(comment)")
        #expect(found.encoding?.name.description == encoding.reported, "\(comment)")
        for (article, other) in zip(found.articles, expected.articles) {
            #expect(article.texts == other.texts, "\(encoding) \(comment)")
            #expect(article.lines == other.lines, "\(encoding) \(comment)")
            #expect(article.title == other.title && article.id == other.id && article.date == other.date)
            for (paragraph, twin) in zip(article.paragraphs, other.paragraphs) {
                let source = encoding.decode(found.bytes[paragraph.source.bytes])
                #expect(source == expected.source(twin), "\(encoding) \(comment)")
            }
        }
        #expect(
            found.contentHash != nil && (found.contentHash != expected.contentHash || bytes == Array(text.utf8)))
    }

    @Test("plain text, Markdown and JSON Lines give what they give in UTF-8", arguments: FileEncoding.allCases)
    func formats(encoding: FileEncoding) throws {
        // Without what the smaller sets lack, so that every encoding is tested.
        let small = "標題是文字\n\n第一段的文字，與 ASCII 在一起。\r\n\u{3000}第二段，中間有 GPT-4o。\n"
        let simple = "标题是文字\n\n第一段的文字，与 ASCII 在一起。\r\n\u{3000}第二段，中间有 GPT-4o。\n"
        var compared = 0
        for text in [EncodingTexts.mixed, small, simple] where encoding.encode(text) != nil {
            compared += 1
            try compare(text, encoding, as: "a.txt")
            try compare("# " + text + "\n- 項 **粗**\n\n```\n碼\n```\n", encoding, as: "a.md")
            let lines = text.split(whereSeparator: \.isNewline).enumerated().map { number, line in
                #"{"id":"\#(number)","title":"題","text":"\#(line)\n\u56e2\u961f \"在\"","date":"2024"}"#
            }
            try compare(lines.joined(separator: "\n"), encoding, as: "a.jsonl")
            try compare(lines.joined(separator: "\r\n") + "\r\n", encoding, as: "b.jsonl")
        }
        #expect(compared > 0)
    }

    @Test("the sample articles in every encoding that holds them", arguments: FileEncoding.allCases)
    func corpus(encoding: FileEncoding) throws {
        #expect(!EncodingTexts.corpus.isEmpty)
        for (path, text) in EncodingTexts.corpus {
            try compare(text, encoding, as: "a." + (path.split(separator: ".").last ?? "txt"), path)
        }
        for text in EncodingTexts.traditional { try compare(text, encoding, as: "a.txt", String(text.prefix(20))) }
    }

    @Test("offsets agree with a map made character by character", arguments: Seed.first(60))
    func offsets(seed: Seed) throws {
        var generator = seed.generator()
        let encoding = generator.pick(FileEncoding.allCases.filter { $0.rawValue.hasPrefix($0.reported) })
        // Long enough to cross the pieces in which text is converted.
        let length = generator.once(in: 8) ? 9000 : 60
        let text = RandomText.text(upTo: length, using: &generator).unicodeScalars.filter {
            $0.value != 0 && $0.value != 0xFEFF
        }
        var bytes: [UInt8] = encoding.hasMark ? encoding.encode("") ?? [] : []
        var expected: [(text: Int, file: Int)] = []
        var utf8: [UInt8] = []
        let plain = FileEncoding.allCases.first { $0.reported == encoding.reported && !$0.hasMark } ?? encoding
        for scalar in text {
            guard let encoded = (encoding.hasMark ? plain : encoding).encode(String(scalar)),
                let decoded = encoding.decode(encoded), decoded == String(scalar)
            else { continue }
            expected.append((utf8.count, bytes.count))
            bytes += encoded
            utf8 += Array(decoded.utf8)
        }
        let name = try #require(EncodingName(encoding.reported))
        let decoded = try DecodedText(bytes, of: Path("x"), DecodingOptions(encoding: name))
        let mark = encoding == .utf8Mark ? 3 : 0
        #expect(decoded.replaced.isEmpty)
        try #require(Array(decoded.bytes.dropFirst(mark)) == utf8)
        for (index, place) in expected.enumerated() {
            let next = index + 1 < expected.count ? expected[index + 1] : (text: utf8.count, file: bytes.count)
            #expect(decoded.map.file(mark + place.text) == place.file)
            // Of text that is the file's own bytes, each byte has its place.
            for end in encoding.reported == "UTF-8" ? next.text...next.text : place.text + 1...next.text {
                #expect(decoded.map.file(mark + place.text..<mark + end) == place.file..<next.file)
            }
        }
        #expect(decoded.map.file(decoded.bytes.count) == bytes.count)
    }

    @Test("aliases lead to one name, and what cannot be read has none")
    func names() {
        for (alias, name) in [
            ("utf8", "UTF-8"), ("UTF-8", "UTF-8"), ("us-ascii", "UTF-8"), ("utf-16le", "UTF-16LE"),
            ("UTF_16BE", "UTF-16BE"),
            ("UTF-16", "UTF-16"), ("gbk", "GB18030"), ("GB2312", "GB18030"), ("gb_2312-80", "GB18030"),
            ("cp936", "GB18030"),
            ("Big5", "Big5-HKSCS"), ("cp950", "Big5-HKSCS"), ("x-x-big5", "Big5-HKSCS"),
            ("big5-hkscs", "Big5-HKSCS"),
            ("euc-tw", "EUC-TW"), ("ISO-8859-1", "ISO-8859-1"),
        ] {
            #expect(EncodingName(alias)?.description == name, "\(alias)")
        }
        for name in [
            "", "nonesuch", "HZ", "ISO-2022-CN", "UTF-7", "UTF-32LE", "ibm-37", "\u{0}",
            String(repeating: "x", count: 500),
        ] {
            #expect(EncodingName(name) == nil, "\(name)")
        }
    }

    @Test(
        "a declaration is read wherever it may stand",
        arguments: [
            #"<?xml version="1.0" encoding="big5"?><a>"#, #"<?xml encoding = 'Big5' ?>"#, "<META charset=BIG5>",
            #"<html><meta name="x"><meta http-equiv="Content-Type" content="text/html; charset=big5">"#,
        ])
    func declared(head: String) throws {
        // One character says little by itself.
        let bytes = Array(head.utf8) + [0xA4, 0xA4] + Array("</a>".utf8)
        #expect(try DecodedText(bytes, of: Path("x")).encoding.name == .big5)
        #expect(try DecodedText(bytes, of: Path("x")).encoding.origin == .declared)
    }

    @Test("a declaration that is wrong changes nothing")
    func declaredWrongly() throws {
        let body = "<p>这一段文字其实是用国标编码写的，声明错了。</p>"
        for charset in ["big5", "utf-8", "utf-16", "iso-8859-1", "shift_jis", "nonesuch"] {
            let bytes = Array(#"<meta charset="\#(charset)">"#.utf8) + (FileEncoding.gbk.encode(body) ?? [])
            let decoded = try DecodedText(bytes, of: Path("x"))
            #expect(decoded.encoding.name == .gb18030, "\(charset)")
            #expect(String(decoding: decoded.bytes, as: UTF8.self).hasSuffix(body))
        }
    }

    @Test("an encoding asked for is used, however the bytes look")
    func override() throws {
        let bytes = Array("清华大".utf8) + Array("y".utf8)
        let decoded = try DecodedText(bytes, of: Path("x"), DecodingOptions(encoding: .gb18030))
        #expect(decoded.encoding == TextEncoding(.gb18030, origin: .override))
        #expect(String(decoding: decoded.bytes, as: UTF8.self).hasPrefix("娓呭崕澶"))
        for encoding in [FileEncoding.utf16LE, .utf16BE, .utf16LEMark, .utf16BEMark] {
            let wide = try DecodedText(
                encoding.encode("清华大学") ?? [], of: Path("x"), DecodingOptions(encoding: .utf16))
            #expect(String(decoding: wide.bytes, as: UTF8.self) == "清华大学")
            #expect(wide.encoding.name.description == encoding.reported)
        }
    }
}
