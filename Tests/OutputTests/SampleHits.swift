import Model
import Output

/// Hits made by hand.
enum SampleHits {
    static let summary = SearchSummary(mode: .exact, hits: 7, relation: .equal, returned: 1)

    static func hit(
        rank: Int = 1, score: Float = 9.1, match: Hit.Match = .exact, id: [UInt8] = Array("一.txt".utf8),
        path: [UInt8] = Array("/文/一.txt".utf8), title: String = "标题", date: String = "", number: Int = 3,
        text: String = "清华大学", bytes: Range<Int> = 120..<560, line: Int = 7, highlights: [Range<Int>] = [0..<2]
    ) -> Hit {
        Hit(
            rank: rank, score: score, match: match, articleID: id, path: Path(bytes: path), title: title,
            date: date,
            number: number, text: text, source: SourceRange(bytes: bytes, line: line), highlights: highlights)
    }

    static func print(
        _ format: OutputFormat, _ hits: [Hit], query: String = "q1", isBatch: Bool = false,
        style: TextStyle = TextStyle()
    ) -> [UInt8] {
        let formatter = ResultFormatter(format, style: style)
        return (isBatch ? formatter.heading(query: query) : []) + formatter.bytes(hits, query: query)
            + formatter.ending(summary, query: query)
    }

    static func printText(
        _ format: OutputFormat, _ hits: [Hit], query: String = "q1", isBatch: Bool = false,
        style: TextStyle = TextStyle()
    ) -> String {
        String(decoding: print(format, hits, query: query, isBatch: isBatch, style: style), as: UTF8.self)
    }

    /// What a terminal obeys, or what turns writing round.
    static let unsafe: [Unicode.Scalar] =
        (Array(0..<0x20) + Array(0x7F..<0xA0) + [0x61C, 0x200E, 0x200F, 0x2028, 0x2029] + Array(0x202A...0x202E)
        + Array(0x2066...0x2069)).map { Unicode.Scalar($0 as UInt32)! }

    static let unsafeText: String = {
        var text = String.UnicodeScalarView()
        for scalar in unsafe { text.append(contentsOf: ["文", scalar]) }
        return String(text)
    }()
}
