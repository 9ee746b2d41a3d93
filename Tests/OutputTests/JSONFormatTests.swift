import Model
import Output
import TestSupport
import Testing

@Suite("JSON Lines")
struct JSONFormatTests {
    @Test("the members the contract names, in its order")
    func contract() {
        let hit = SampleHits.hit(date: "2024-05-01", highlights: [0..<2, 3..<4])
        let lines = SampleHits.printText(.jsonl, [hit]).split(separator: "\n").map(String.init)
        #expect(
            lines == [
                #"{"type":"hit","query":"q1","rank":1,"score":9.1,"match":"exact","healed":false,"article":{"id":"一.txt","#
                    + #""path":"/文/一.txt","title":"标题","date":"2024-05-01"},"paragraph":{"number":3,"#
                    + #""text":"清华大学","bytes":[120,560],"line":7,"kind":"text","hash":"b049e8d4b4c7be56"},"highlights":[[0,2],[3,4]]}"#,
                #"{"type":"summary","query":"q1","mode":"exact","hits":7,"relation":"eq","returned":1}"#,
            ])
    }

    @Test("a page or a chapter comes after the line", arguments: [SourcePart.page(12), .chapter(3)])
    func parts(part: SourcePart) {
        var hit = SampleHits.hit()
        hit.source.part = part
        hit.context = Hit.Context(before: [.init(number: 2, text: "前", line: 6, part: part)], after: [])
        let text = SampleHits.printText(.jsonl, [hit])
        #expect(text.contains(#""bytes":[120,560],"line":7,"\#(part.name)":\#(part.number),"kind":"text","hash""#))
        #expect(text.contains(#"[{"number":2,"text":"前","line":6,"\#(part.name)":\#(part.number)}]"#))
        #expect(SampleHits.printText(.text, [hit]).contains("/文/一.txt:7, \(part.name) \(part.number)  9.10"))
    }

    @Test("without hits there is the summary alone")
    func noHits() {
        let summary = SearchSummary(mode: .any, hits: 0, relation: .atLeast, returned: 0)
        let bytes = ResultFormatter(.jsonl).ending(summary, query: "查 询")
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"type":"summary","query":"查 询","mode":"any","hits":0,"relation":"gte","returned":0}"# + "\n")
    }

    @Test("any scalar in any string reads back, and no control character is raw")
    func escaping() throws {
        var view = String.UnicodeScalarView()
        for value in (0...0x3FF as ClosedRange<UInt32>) { view.append(Unicode.Scalar(value)!) }
        view.append(contentsOf: SampleHits.unsafe + ["\"", "\\", "/", "\u{FFFF}", "😀", "\u{10FFFF}"])
        let wild = String(view)
        let hit = SampleHits.hit(
            id: Array(wild.utf8), path: Array(wild.utf8), title: wild, date: wild, text: wild, highlights: [])
        let output = SampleHits.print(.jsonl, [hit], query: wild)
        let lines = output.split(separator: 0x0A, omittingEmptySubsequences: false)
        try #require(lines.count == 3 && lines[2].isEmpty)
        #expect(output.allSatisfy { $0 == 0x0A || ($0 >= 0x20 && $0 != 0x7F) })
        let text = String(decoding: output, as: UTF8.self)
        #expect(!text.unicodeScalars.contains { (0x80..<0xA0).contains($0.value) })
        let first = try #require(StrictJSON(lines[0]))
        for found in [
            first["query"], first["article"]["id"], first["article"]["path"], first["article"]["title"],
            first["article"]["date"], first["paragraph"]["text"],
        ] {
            #expect(found == .string(wild))
        }
        #expect(first["article"]["path_bytes"] == .null)
        #expect(StrictJSON(lines[1])?["query"] == .string(wild))
    }

    @Test("a path or an id that is not UTF-8 has a second member with its bytes")
    func notUTF8() throws {
        let path: [UInt8] = Array("/文/".utf8) + [0xFF, 0x2E, 0xE4, 0xB8] + Array(".txt".utf8)
        let hit = SampleHits.hit(id: [0xC3, 0x28], path: path)
        let line = try #require(SampleHits.print(.jsonl, [hit]).split(separator: 0x0A).first)
        let article = try #require(StrictJSON(line))["article"]
        #expect(article.keys == ["id", "id_bytes", "path", "path_bytes", "title"])
        #expect(article["path_bytes"].byteArray == path)
        #expect(article["id_bytes"].byteArray == [0xC3, 0x28])
        #expect(article["path"].string == String(decoding: path, as: UTF8.self))
    }

    @Test(
        "scores read back as the same number",
        arguments: [0, 1, 0.1, 1.0 / 3, 1e-7, 123456.79, 3e20, .leastNonzeroMagnitude, .greatestFiniteMagnitude])
    func scores(score: Float) throws {
        let line = try #require(
            SampleHits.print(.jsonl, [SampleHits.hit(score: score)]).split(separator: 0x0A).first)
        let number = try #require(StrictJSON(line)?["score"].number)
        #expect(Float(number) == score)
    }

    @Test("paths below the working directory are relative, in every format", arguments: OutputFormat.allCases)
    func relativePaths(format: OutputFormat) {
        let style = TextStyle(directory: Path("/文"))
        let inside = SampleHits.printText(format, [SampleHits.hit()], style: style)
        #expect(!inside.contains("/文/"))
        let outside = SampleHits.hit(path: Array("/文章/一.txt".utf8))
        // A TREC run names articles, not paths.
        #expect(format == .trec || SampleHits.printText(format, [outside], style: style).contains("/文章/一.txt"))
    }
}
