import Articles
import Model
import TestSupport
import Testing

/// Real data that is too large or not ours to pass on; the tests that need it are skipped without it.
private let testData = environment("SUOYIN_TEST_DATA").map { Path($0).appending("encodings".utf8) }

/// A line of the list that says what the files are.
private struct RealFile: CustomStringConvertible, Sendable {
    var path: String
    var declared: String
    var description: String { path }

    static let all: [RealFile] = {
        guard let list = testData.flatMap({ readFile($0.appending("MANIFEST.tsv".utf8).bytes) }) else { return [] }
        return String(decoding: list, as: UTF8.self).split(separator: "\n").dropFirst().map {
            let fields = $0.split(separator: "\t", omittingEmptySubsequences: false)
            return RealFile(path: String(fields[0]), declared: String(fields[1]))
        }
    }()

    var bytes: [UInt8]? { testData.flatMap { readFile($0.appending(path.utf8).bytes) } }
}

@Suite("Telling encodings apart")
struct EncodingDetectionTests {
    private func detect(_ bytes: [UInt8]) -> String? {
        (try? DecodedText(bytes, of: Path("x")))?.encoding.name.description
    }

    @Test(
        "short texts of everyday words",
        arguments: [
            "中文", "你好", "测试", "北京", "我们", "新闻", "文档", "说明", "第一章", "你好，世界！", "今天天气很好。", "会议记录",
            "清华大学", "人工智能", "中国人民银行", "产品使用说明书", "读我.txt：请先看这里",
        ])
    func shortSimplified(text: String) {
        for encoding in [FileEncoding.utf8, .utf16LEMark, .utf16BEMark, .gb18030] {
            #expect(encoding.encode(text).map { detect($0) } == encoding.reported, "\(encoding)")
        }
    }

    @Test(
        "short texts of everyday words, in Traditional characters",
        arguments: [
            "中文", "你好", "網路", "臺北", "我們", "新聞", "目錄", "說明", "第一章", "你好，世界！", "今天天氣很好。", "會議記錄",
            "清華大學", "人工智慧", "產品使用說明書",
        ])
    func shortTraditional(text: String) {
        for encoding in [FileEncoding.utf8, .utf16LEMark, .utf16BEMark, .big5] {
            #expect(encoding.encode(text).map { detect($0) } == encoding.reported, "\(encoding)")
        }
    }

    @Test(
        "short UTF-16 that by chance is UTF-8, and UTF-8 with control characters that by chance is UTF-16",
        arguments: ["中共党员。", "然后重启。", "晚年有焚书之举。", "三、第三局。", "六、契稅。七、娛樂稅。"])
    func shortWide(text: String) {
        for encoding in [FileEncoding.utf16LE, .utf16BE] {
            #expect(encoding.encode(text).map { detect($0) } == encoding.reported)
        }
        for control in ["\u{1}", "\u{2}", "\u{1F}", "\u{8}"] {
            #expect(detect(Array((text + control).utf8)) == "UTF-8")
            #expect(detect(Array(("ab" + control).utf8)) == "UTF-8")
            #expect(detect(Array(("a control" + control + " character").utf8)) == "UTF-8")
        }
    }

    /// Of 100 snippets of so many sentences, how many must be told right.
    @Test("snippets of the sample articles", arguments: [(1, 97), (2, 98), (5, 99), (20, 100)])
    func snippets(length: Int, floor: Int) {
        for encoding in FileEncoding.allCases {
            var right = 0
            var all = 0
            let isTraditional = encoding == .big5 || encoding == .big5HKSCS || encoding == .eucTW
            for text in isTraditional ? EncodingTexts.traditional : EncodingTexts.corpus.map(\.text) {
                let sentences = EncodingTexts.sentences(text)
                for start in stride(from: 0, to: sentences.count - length + 1, by: max(3, length / 2)) {
                    let snippet = sentences[start..<start + length].joined()
                    guard let bytes = encoding.encode(snippet) else { continue }
                    all += 1
                    let found = detect(bytes)
                    if found == encoding.reported {
                        right += 1
                    } else if environment("SUOYIN_FIGURES") != nil {
                        print("\(encoding) taken for \(found ?? "nothing"): \(snippet.prefix(60))")
                    }
                }
            }
            if environment("SUOYIN_FIGURES") != nil { print("\(length) \(encoding.rawValue) \(right) of \(all)") }
            #expect(all >= 5, "\(encoding)")
            #expect(right * 100 >= floor * all, "\(encoding), \(length): \(right) of \(all)")
        }
    }

    @Test("real files are what their collection says", .enabled(if: testData != nil), arguments: RealFile.all)
    private func realFiles(file: RealFile) throws {
        let decoded = try DecodedText(try #require(file.bytes), of: Path(file.path))
        let expected = try #require(EncodingName(file.declared))
        if environment("SUOYIN_FIGURES") != nil {
            print(file.path, decoded.encoding, decoded.replaced.prefix(5), decoded.replaced.count)
        }
        #expect(decoded.encoding.name == expected)
        #expect(decoded.encoding.confidence >= 50)
        let path = try #require(testData).appending(file.path.utf8)
        #expect(try DecodedText(contentsOf: path).encoding == decoded.encoding)
    }

    @Test("real texts in every other encoding", .enabled(if: testData != nil), arguments: RealFile.all)
    private func transcoded(file: RealFile) throws {
        let original = try DecodedText(try #require(file.bytes), of: Path(file.path))
        let text = String(decoding: original.bytes, as: UTF8.self).replacing("\u{FEFF}", with: "")
        // Two are Japanese and Korean, which only UTF-8 or a mark tells.
        let han = text.unicodeScalars.count { (0x4E00...0x9FFF).contains($0.value) }
        let other = text.unicodeScalars.count {
            (0x3040...0x30FF).contains($0.value) || (0xAC00...0xD7A3).contains($0.value)
        }
        guard han > other else { return }
        let expected = try ReadFile(text, as: "a.txt")
        for encoding in FileEncoding.allCases {
            guard let bytes = encoding.encode(text) else { continue }
            let found = try ReadFile(bytes, as: "a.txt")
            // What ASCII alone holds is ASCII in any of them.
            let isASCII = text.utf8.allSatisfy { $0 < 0x80 } && !encoding.reported.hasPrefix("UTF-16")
            #expect(found.encoding?.name.description == (isASCII ? "UTF-8" : encoding.reported))
            #expect(found.articles.first?.texts == expected.articles.first?.texts, "\(encoding)")
            for (paragraph, text) in zip(found.articles[0].paragraphs, expected.articles[0].texts) {
                #expect(encoding.decode(found.bytes[paragraph.source.bytes]) == text, "\(encoding)")
            }
        }
    }
}
