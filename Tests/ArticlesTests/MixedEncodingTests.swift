import Model
import TestSupport
import Testing

@testable import Articles

/// A JSONL file put together from several sources: each line is read in its own encoding.
@Suite("Lines in different encodings")
struct MixedEncodingTests {
    private struct Line {
        var encoding: FileEncoding
        var text: String
    }

    /// A file of these lines, the ids their numbers.
    private static func bytes(_ lines: [Line]) throws -> [UInt8] {
        try lines.enumerated().flatMap { number, line in
            try #require(line.encoding.encode(#"{"id":"\#(number + 1)","text":"\#(line.text)"}"# + "\n"))
        }
    }

    /// Reads the lines as one file and expects each as it was written, and its bytes to be its text.
    @discardableResult
    private func read(_ lines: [Line], _ comment: String = "") throws -> ReadFile {
        let file = try ReadFile(Self.bytes(lines), as: "a.jsonl")
        try #require(file.articles.count == lines.count, "\(comment) \(file.problems)")
        for (number, (article, line)) in zip(file.articles, lines).enumerated() {
            #expect(article.texts == [line.text], "\(comment) \(line.encoding)")
            #expect(article.lines == [number + 1])
            let source = article.paragraphs.first.map { file.bytes[$0.source.bytes] } ?? []
            #expect(line.encoding.decode(source) == line.text, "\(comment) \(line.encoding)")
        }
        #expect(file.replacedBytes == 0)
        return file
    }

    private func groups(_ file: ReadFile) -> [MixedLines.Group] {
        file.problems.flatMap { problem in
            if case .mixedEncodings(_, let lines) = problem { lines.groups } else { [] as [MixedLines.Group] }
        }
    }

    private static let simplified = "这一行是国标编码的文字，说的是今天的天气。"
    private static let traditional = "這一行是大五碼的文字，說的是今天的天氣。"

    @Test("a line of UTF-8 in a file of GB18030 or Big5", arguments: [FileEncoding.gb18030, .big5])
    func utf8Line(encoding: FileEncoding) throws {
        let text = encoding == .big5 ? Self.traditional : Self.simplified
        var lines = Array(repeating: Line(encoding: encoding, text: text), count: 200)
        for index in 0..<100 { lines.append(Line(encoding: .utf8, text: "UTF8蘋果苹果文字今天天气\(index)")) }
        let file = try read(lines)
        #expect(file.encoding?.name.description == encoding.reported)
        #expect(groups(file) == [MixedLines.Group(encoding: .utf8, count: 100, firstLine: 201)])
        #expect(file.problems.count == 1 && file.problems[0].isWarning)
    }

    @Test("short lines of UTF-8 in a file of GB18030", arguments: ["苹果", "天气", "—", "Привет, мир", "苹果😀", "哈哈哈哈"])
    func shortUTF8(text: String) throws {
        let lines = Array(repeating: Line(encoding: .gbk, text: Self.simplified), count: 3)
        try read(lines + [Line(encoding: .utf8, text: text == "—" ? "破折号—" : text)])
    }

    @Test("a line of another encoding in a file of UTF-8", arguments: [FileEncoding.gb18030, .big5])
    func lineInUTF8(encoding: FileEncoding) throws {
        let text = encoding == .big5 ? Self.traditional : Self.simplified
        var lines = Array(repeating: Line(encoding: .utf8, text: "文件是UTF-8的，这是其中一行文字。"), count: 20)
        lines.insert(Line(encoding: encoding, text: text), at: 10)
        lines.append(Line(encoding: encoding, text: String(text.prefix(4))))
        let file = try read(lines)
        #expect(file.encoding == TextEncoding(.utf8, confidence: file.encoding?.confidence ?? 0, origin: .detected))
        let name = try #require(EncodingName(encoding.reported))
        #expect(groups(file) == [MixedLines.Group(encoding: name, count: 2, firstLine: 11)])
        // Nothing is undecodable, so strictness changes nothing.
        let strict = try ReadFile(Self.bytes(lines), as: "a.jsonl", DecodingOptions(isStrict: true))
        #expect(strict.articles.map(\.texts) == file.articles.map(\.texts) && groups(strict) == groups(file))
    }

    @Test("a line of Big5 in a file of GB18030, and of GB18030 in one of Big5")
    func doubleByte() throws {
        let simplified = Line(encoding: .gbk, text: Self.simplified)
        let traditional = Line(encoding: .big5, text: Self.traditional)
        for (many, one) in [(simplified, traditional), (traditional, simplified)] {
            let file = try read(Array(repeating: many, count: 20) + [one, many])
            #expect(file.encoding?.name.description == many.encoding.reported)
            #expect(groups(file).map(\.firstLine) == [21])
        }
    }

    /// Sentences long enough that nobody takes them for another encoding's.
    private static func sentences(_ texts: [String], _ encoding: FileEncoding) -> [String] {
        texts.flatMap { EncodingTexts.sentences($0) }.map { $0.trimmingPrefix { $0.isWhitespace } }.compactMap {
            sentence in
            let han = sentence.unicodeScalars.count { (0x4E00...0x9FFF).contains($0.value) }
            guard han >= 8, !sentence.contains(where: { "\"\\".contains($0) || $0.isASCII && !$0.isLetter }),
                encoding.encode(String(sentence)) != nil
            else { return nil }
            return String(sentence)
        }
    }

    private static let pools: [(FileEncoding, [String])] = {
        let simplified = EncodingTexts.corpus.map(\.text)
        return [
            (.utf8, sentences(simplified + EncodingTexts.traditional, .utf8)),
            (.gb18030, sentences(simplified, .gbk)), (.big5, sentences(EncodingTexts.traditional, .big5)),
        ]
    }()

    @Test("any mixture comes out exactly", arguments: Seed.first(60))
    func mixtures(seed: Seed) throws {
        var generator = seed.generator()
        var lines: [Line] = []
        var (encoding, pool) = generator.pick(Self.pools)
        for _ in 0...generator.below(80) {
            if generator.once(in: 4) { (encoding, pool) = generator.pick(Self.pools) }
            lines.append(Line(encoding: encoding, text: generator.pick(pool)))
        }
        let file = try read(lines, "\(seed)")
        let name = try #require(file.encoding?.name.description)
        let others = lines.count { $0.encoding.reported != name }
        #expect(groups(file).reduce(0) { $0 + $1.count } == others)
        #expect(file.problems.count == (others == 0 ? 0 : 1))
    }

    @Test(
        "what is UTF-8 by chance stays in the file's encoding", arguments: ["目录", "联通", "丧失", "私钥泄漏", "谭爷爷", "停止虐"])
    func chance(text: String) throws {
        let many = Array(repeating: Line(encoding: .gbk, text: Self.simplified), count: 5)
        for word in [text, text + text + text + text, "x" + text] {
            let file = try read(many + [Line(encoding: .gbk, text: word)] + many)
            #expect(groups(file).isEmpty)
        }
    }

    @Test("UTF-8 by chance in GBK is none in a file of Big5 either", arguments: ["全路", "投票权", "缺欠", "茫然"])
    func chanceOfAnother(text: String) throws {
        let bytes = try #require(FileEncoding.gbk.encode(text))
        #expect(TextCheck.firstInvalidByte(bytes[...]) == nil)
        #expect(!LineEncoding.isUTF8(bytes[...], in: .big5))
    }

    @Test("of a character again and again nothing follows", arguments: [("爷", FileEncoding.gbk), ("吨", .big5)])
    func repeated(text: String, encoding: FileEncoding) throws {
        let name = try #require(EncodingName(encoding.reported))
        for count in 1...100 {
            let bytes = try #require(encoding.encode(String(repeating: text, count: count)))
            #expect(TextCheck.firstInvalidByte(bytes[...]) == nil)
            #expect(!LineEncoding.isUTF8(bytes[...], in: name), "\(count)")
        }
    }

    @Test("a long line is told by its beginning, wherever the sample ends", arguments: 0..<8)
    func longLine(shift: Int) throws {
        let text = String(repeating: "x", count: shift) + String(repeating: "这是很长的一行文字，说的是天气。", count: 4000)
        let many = Array(
            repeating: Line(encoding: .gbk, text: String(repeating: Self.simplified, count: 5000)), count: 2)
        let file = try read(many + [Line(encoding: .utf8, text: text)] + many)
        #expect(groups(file) == [MixedLines.Group(encoding: .utf8, count: 1, firstLine: 3)])
    }

    @Test("a file all in one encoding has no other lines", arguments: FileEncoding.allCases)
    func pure(encoding: FileEncoding) throws {
        let texts = [Self.traditional, "今天", "ASCII only", "GPT-4o", "\u{3000}", "，。", "天氣"]
        let lines = texts.map { #"{"id":"\#($0)","text":"\#($0)"}"# }.joined(separator: "\n")
        guard let bytes = encoding.encode(lines) else { return }
        let file = try ReadFile(bytes, as: "a.jsonl")
        #expect(file.problems.isEmpty)
        #expect(file.articles.flatMap(\.texts) == texts.filter { $0 != "\u{3000}" })
    }

    @Test("a line with a few damaged bytes in a file of UTF-8 is replaced as ever")
    func damaged() throws {
        let good = Array(#"{"id":"a","text":"这是一段正常的中文文字，很长。"}"#.utf8) + [0x0A]
        let head = Array(#"{"id":"b","text":"坏的一行，只有"#.utf8)
        for bad in [[0x80], [0xE4, 0xB8], [0xD6, 0xD0], [0xD6, 0xD0, 0xCE, 0xC4]] as [[UInt8]] {
            let file = try ReadFile(good + head + bad + Array("几个字节\"}\n".utf8), as: "a.jsonl")
            #expect(file.problems.count == 1 && groups(file).isEmpty)
            let marks = String(repeating: "\u{FFFD}", count: bad[0] == 0xD6 ? bad.count : 1)
            #expect(file.articles.last?.texts == ["坏的一行，只有\(marks)几个字节"])
            #expect(file.replacedBytes == bad.count)
            #expect("\(file.problems[0])".contains("not UTF-8, at byte \(good.count + head.count);"))
        }
    }

    @Test("what a line of another encoding has that means nothing is told of that encoding")
    func damagedOther() throws {
        let long = String(repeating: Self.simplified, count: 6)
        let good = (0..<30).flatMap { Array((#"{"id":"\#($0)","text":"这是一段正常的中文文字，很长。"}"# + "\n").utf8) }
        let head = try #require(FileEncoding.gbk.encode(#"{"id":"b","text":""# + long))
        let file = try ReadFile(
            good + head + [0xFF, 0x22, 0x7D], as: "a.jsonl")
        #expect(file.articles.last?.texts == [long + "\u{FFFD}"])
        #expect(groups(file).map(\.encoding) == [.gb18030])
        let place = good.count + head.count
        #expect(file.problems.contains { "\($0)".contains(": 1 byte is not GB18030, at byte \(place); replaced") })
        #expect(throws: ArticlesError.self) {
            try ReadFile(file.bytes, as: "a.jsonl", DecodingOptions(isStrict: true))
        }
    }

    @Test("an encoding asked for holds for every line")
    func override() throws {
        let lines = [Line(encoding: .gbk, text: Self.simplified), Line(encoding: .utf8, text: "UTF8苹果文字今天天气")]
        let bytes = try Self.bytes(lines)
        let file = try ReadFile(bytes, as: "a.jsonl", DecodingOptions(encoding: .gb18030))
        #expect(file.articles.map(\.texts) == [[Self.simplified], ["UTF8鑻规灉鏂囧瓧浠婂ぉ澶╂皵"]])
        #expect(file.problems.isEmpty)
        let other = try ReadFile(bytes, as: "a.jsonl", DecodingOptions(encoding: .utf8))
        #expect(other.articles.last?.texts == [lines[1].text] && groups(other).isEmpty && other.replacedBytes > 0)
    }

    @Test("the warning counts the lines of each encoding and names the first")
    func wording() {
        var lines = MixedLines(fileEncoding: .gb18030)
        lines.add(2, .utf8)
        #expect("\(lines)" == "1 line was read as UTF-8 (line 2), the others as GB18030")
        lines.add(3, .big5)
        lines.add(7, .utf8)
        #expect(
            "\(lines)"
                == "2 lines were read as UTF-8 (the first is line 2), 1 line as Big5-HKSCS (line 3), the others as GB18030"
        )
    }
}
