import Articles
import Model
import Suoyin
import TestSupport
import Testing

/// One directory with every format in every encoding: each hit's bytes, read from its file, give its text.
@Suite("A mixed directory")
struct MixedDirectoryTests {
    /// Paragraphs of texts that every encoding has, that Big5 has, and that only Unicode and GB18030 have.
    private static let texts: [[String]] = {
        var walker = DirectoryWalker()
        try? walker.walk(Path(projectRoot + "/Corpus"))
        let plain = walker.files.filter { $0.path.fileExtension == "txt" }.prefix(4).map { file in
            let text = String(decoding: readFile(file.path.bytes) ?? [], as: UTF8.self)
            return text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }.map(
                String.init)
        }
        let traditional = ["叮噹響的電車沿著海邊走。", "團隊與人工智慧，圖書館的清華大學。", "電車沿著舊城走到圖書館，圖書館關門了。"]
        let rare = ["生僻字𠮷野家与㐂，表情😀在图书馆。", "图书馆里𪚥龘二字，清华大学的人认得。", "한글与かな也在人工智能里。"]
        return plain + [traditional, rare]
    }()

    /// A document of a format that has the paragraphs, with everything a format may do to characters.
    private static func document(_ format: String, _ paragraphs: [String], charset: String) -> String {
        func marked(_ text: String, _ number: Int) -> String {
            let plain = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            let middle = plain.index(plain.startIndex, offsetBy: plain.count / 2)
            guard number % 3 == 0, !plain.contains("&") else { return plain }
            return "<b>\(plain[..<middle])</b><!-- 注 -->\(plain[middle...])"
        }
        let bodies = paragraphs.enumerated().map { marked($1, $0) }
        switch format {
        case "txt": return paragraphs.joined(separator: "\r\n")
        case "md": return "# 标题\n\n" + paragraphs.map { "- \($0)\n" }.joined()
        case "html":
            return "<html><head><meta charset=\"\(charset)\"><title>題</title><script>x</script></head><body>"
                + bodies.map { "<p>\($0)</p>\n" }.joined() + "</body></html>"
        case "xml":
            let items = bodies.enumerated().map { number, body in
                let text =
                    number % 2 == 0
                    ? "<![CDATA[<p>\(body)</p>]]>" : body.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
                return "<item><guid>\(number)</guid><description>\(text)</description></item>\n"
            }
            return
                "<?xml version=\"1.0\" encoding=\"\(charset)\"?>\n<rss><channel>\(items.joined())</channel></rss>"
        default:
            return paragraphs.enumerated().map { number, text in
                var escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
                escaped = escaped.replacing("\u{3000}", with: "\\u3000").replacing("图", with: "\\u56fe")
                return "{\"id\":\"\(number)\",\"text\":\"\(escaped)\"}\n"
            }.joined()
        }
    }

    private static let formats = ["txt", "md", "html", "xml", "jsonl"]

    /// What a slice of a file of a format reads as, all of it.
    private static func read(_ slice: String, _ format: String) throws -> [String] {
        switch format {
        case "txt": return [slice]
        case "jsonl": return [StrictJSON(Array("\"\(slice)\"".utf8))?.string ?? ""]
        case "xml":
            // An item's text is HTML, escaped or in a CDATA section, and a slice does not show which.
            return try ["<![CDATA[\(slice)]]>", slice].flatMap { content in
                try texts(
                    of: "<rss><channel><item><description>\(content)</description></item></channel></rss>",
                    as: "slice.xml")
            }
        default: return try texts(of: slice, as: "slice." + format)
        }
    }

    /// The paragraphs of a file of its own.
    private static func texts(of text: String, as name: String) throws -> [String] {
        let directory = TemporaryDirectory()
        directory.write(text.utf8, to: name)
        var walker = DirectoryWalker()
        try walker.walk(Path(directory.path(of: name)))
        let stream = try ArticleStream(walker.files[0])
        var texts: [String] = []
        while let article = try stream.next() {
            texts += article.paragraphs.map { String(decoding: article.text[$0.text], as: UTF8.self) }
        }
        return texts
    }

    @Test("every hit's bytes give its text, and every encoding the same hits")
    func everyHit() async throws {
        let collection = Collection()
        var written: [String: FileEncoding] = [:]
        for (number, paragraphs) in Self.texts.enumerated() {
            for format in Self.formats {
                for encoding in FileEncoding.allCases {
                    let document = Self.document(format, paragraphs, charset: encoding.reported)
                    guard let bytes = encoding.encode(document) else { continue }
                    let name = "\(number)/\(encoding.rawValue.replacing(" ", with: "-")).\(format)"
                    collection.directory.write(bytes, to: "articles/" + name)
                    written[name] = encoding
                }
            }
        }
        let report = try await collection.update()
        #expect(report.problems.filter { !$0.isWarning }.map(\.description) == [])
        let searcher = try Searcher(index: collection.index)
        var checked = 0
        for query in ["图书馆", "人", "的", "清华大学", "沿著", "𠮷野家", "人工智", "一", "了。", "在", "不"] {
            let hits = try searcher.search(SearchRequest(query, mode: .exact, limit: 0)).hits
            #expect(!hits.isEmpty, "\(query)")
            // For each document and format, the texts found in each encoding.
            var found: [String: [FileEncoding: [String]]] = [:]
            for hit in hits {
                let name = String(decoding: hit.path.relative(to: collection.articles).bytes, as: UTF8.self)
                let encoding = try #require(written[name])
                let format = hit.path.fileExtension
                let file = collection.directory.read("articles/" + name)
                let slice = try #require(encoding.decode(file[hit.source.bytes]), "\(name) \(hit.source)")
                let whole = try #require(encoding.decode(file[..<hit.source.bytes.lowerBound]))
                #expect(hit.source.line == 1 + whole.unicodeScalars.count { $0 == "\n" }, "\(name) \(hit.source)")
                let texts = try Self.read(slice, format)
                #expect(
                    texts.contains { $0.contains(hit.text) },
                    "\(name) \(hit.source): \(slice) gives \(texts), not \(hit.text)")
                found["\(name.prefix { $0 != "/" }).\(format)", default: [:]][encoding, default: []].append(
                    hit.text)
                checked += 1
            }
            for (document, byEncoding) in found {
                let encodings = written.filter {
                    $0.key.hasPrefix(document.prefix { $0 != "." } + "/")
                        && $0.key.hasSuffix(document.drop { $0 != "." })
                }
                #expect(Set(byEncoding.keys) == Set(encodings.values), "\(query) in \(document)")
                let texts = Set(byEncoding.values.map { $0.sorted() })
                #expect(texts.count == 1, "\(query) in \(document)")
            }
        }
        #expect(checked >= 2000, "\(checked)")
    }
}
