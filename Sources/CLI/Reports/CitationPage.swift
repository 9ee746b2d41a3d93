internal import Model
internal import Output
internal import Suoyin

/// Shows people what has become of citations.
enum CitationPage {
    /// Characters shown of a paragraph that changed.
    private static let textLimit = 100

    static func bytes(_ citation: Citation, _ verdict: CitationVerdict) -> [UInt8] {
        let name = verdict.name + String(repeating: " ", count: 9 - verdict.name.count)
        let part = citation.source.part.map { ", \($0)" } ?? ""
        let place = "\(citation.path.lossyString):\(citation.source.line)\(part)"
        let line = PrintableText.printable("\(name)\(place)\(news(citation, verdict))")
        return Array((line + "\n").utf8)
    }

    /// How many citations came to what: `3 citations: 2 hold, 1 gone`.
    static func sum(_ counts: [String: Int], of total: Int) -> String {
        let shown = ["holds", "moved", "changed", "gone", "unread"].compactMap { name in
            counts[name].map { "\($0) \(name == "holds" && $0 != 1 ? "hold" : name)" }
        }
        return Plural.count(total, "citation") + (shown.isEmpty ? "" : ": " + shown.joined(separator: ", "))
    }

    private static func news(_ citation: Citation, _ verdict: CitationVerdict) -> String {
        switch verdict {
        case .holds: return ""
        case .moved(let place): return "  now \(Self.place(place.source))"
        case .changed(let place): return "  now \(Self.place(place.source)): \(excerpt(place.text))"
        case .gone(.file): return "  no such file"
        case .gone(.article):
            return "  no article \(String(decoding: citation.articleID, as: UTF8.self)) in the file"
        case .gone(.paragraph): return "  nothing like it in the article"
        case .unread(let problem): return "  \(problem)"
        }
    }

    private static func place(_ source: SourceRange) -> String {
        let part = source.part.map { ", \($0)" } ?? ""
        return "line \(source.line)\(part), bytes \(source.bytes.lowerBound)-\(source.bytes.upperBound)"
    }

    private static func excerpt(_ text: String) -> String {
        let scalars = text.unicodeScalars
        return scalars.count <= textLimit
            ? text : String(String.UnicodeScalarView(scalars.prefix(textLimit))) + "…"
    }
}
