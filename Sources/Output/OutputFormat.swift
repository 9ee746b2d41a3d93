public import Model

/// The forms in which results leave the program.
public enum OutputFormat: String, CaseIterable, Sendable {
    /// For people.
    case text
    /// A JSON object a hit, then one that sums up.
    case jsonl
    /// Tab-separated fields, a line a hit.
    case tsv
    /// Lines of a TREC run.
    case trec
    /// The paths of the files hit, each once.
    case paths
    /// `path:line:column:text`, a line a hit, as editors read it.
    case vimgrep

    /// Whether the form shows text, or only says which paragraph was found.
    public var needsText: Bool {
        switch self {
        case .text, .jsonl, .tsv, .vimgrep: true
        case .trec, .paths: false
        }
    }

    /// Whether the form says how much had to be folded, which takes time to find out.
    public var needsFold: Bool { self == .jsonl }
}

/// Given hits, gives the bytes to print.
public struct ResultFormatter: Sendable {
    private let format: OutputFormat
    private let style: TextStyle
    private let pathLines: PathLines
    private let isBatch: Bool
    private let locate: @Sendable (Hit) -> (line: Int, column: Int)

    /// - Parameters:
    ///   - pathLines: how paths are printed in `paths`.
    ///   - isBatch: whether the hits are of several queries, and have to be told apart by these.
    ///   - locate: tells where in its file a hit's first match stands, for `vimgrep`; the line of the paragraph unless told.
    public init(
        _ format: OutputFormat, style: TextStyle = TextStyle(), pathLines: PathLines = PathLines(),
        isBatch: Bool = false,
        locate: @escaping @Sendable (Hit) -> (line: Int, column: Int) = { ($0.source.line, 1) }
    ) {
        self.format = format
        self.style = style
        self.pathLines = pathLines
        self.isBatch = isBatch
        self.locate = locate
    }

    /// What goes before the hits of a query in a batch.
    ///
    /// - Parameter query: the query's id.
    public func heading(query: String) -> [UInt8] {
        format == .text ? TextFormat(style: style).heading(query) : []
    }

    /// Hits, or some of them: what is printed for all is what is printed for the parts, one after the other. Only
    /// `paths` looks at all hits together, to print each path once.
    ///
    /// - Parameter query: the query's id in a batch, else its text.
    public func bytes(_ hits: [Hit], query: String) -> [UInt8] {
        if format == .text { return TextFormat(style: style).bytes(hits) }
        let shown = hits.map { hit in
            var hit = hit
            hit.path = style.shown(hit.path)
            return hit
        }
        switch format {
        case .text: return []
        case .jsonl: return JSONFormat.bytes(shown, query: query)
        case .tsv: return TSVFormat.bytes(shown, query: isBatch ? query : nil)
        case .trec: return TRECFormat.bytes(shown, query: query)
        case .paths: return PathsFormat.bytes(shown, as: pathLines)
        case .vimgrep: return VimgrepFormat.bytes(zip(shown, hits).map { ($0, locate($1)) })
        }
    }

    /// What goes after the hits of a query.
    public func ending(_ summary: SearchSummary, query: String) -> [UInt8] {
        format == .jsonl ? JSONFormat.bytes(summary, query: query) : []
    }
}
