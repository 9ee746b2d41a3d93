internal import ArgumentParser
internal import Model
internal import Output

/// What becomes of the hits of a search before they are printed.
struct ResultOptionGroup: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Characters to show of a paragraph, around what matched; 0 for all. Unless told, text shows 200 and the other \
            formats all. Example: suoyin search 竞业协议 --snippet 60.
            """, valueName: "n"))
    var snippet: Int?

    @Option(
        name: [.customShort("C", allowingJoined: true), .long],
        help: ArgumentHelp(
            """
            Paragraphs of the same article to show before and after each hit, in text and jsonl. \
            Example: suoyin search 竞业协议 --context 1.
            """, valueName: "n"))
    var context = 0

    @Flag(
        help: """
            Put hits under their articles, in the order of the best of each; --limit counts articles. \
            Example: suoyin search 索引 --group --limit 5.
            """)
    var group = false

    @Option(
        help: ArgumentHelp(
            "Hits to show of an article with --group, 3 unless told. Example: suoyin search 索引 --group --per-article 1.",
            valueName: "n"))
    var perArticle: Int?

    @Flag(
        help: """
            Show one of paragraphs that say nearly the same, such as reprints, with how many are like it. \
            Example: suoyin search 竞业协议 --collapse.
            """)
    var collapse = false

    @Flag(
        help: """
            Say of each hit how its score came about, in text and jsonl: what each term or keyword adds, how rare it is, and \
            how often it stands here, in the title and in the article. Example: suoyin search 竞业协议 --mode any --explain.
            """)
    var explain = false

    @Flag(
        inversion: .prefixedNo,
        help: """
            Offer other queries where one has no literal hits, in text and jsonl. Unless told, for a single query: in jsonl \
            where it has no hits at all. Example: suoyin search 字结跳动 --suggest.
            """)
    var suggest: Bool?

    /// Shown of a paragraph on a terminal: some five lines of Han characters.
    static let defaultSnippet = 200

    func check() throws {
        if let snippet, snippet < 0 { throw ValidationError("--snippet is a number from 0") }
        guard context >= 0 else { throw ValidationError("--context is a number from 0") }
        if let perArticle {
            guard perArticle > 0 else { throw ValidationError("--per-article is a number from 1") }
            guard group else { throw ValidationError("--per-article goes with --group") }
        }
    }

    /// The options given that say what to show of each hit.
    var shown: [String] {
        [
            ("--snippet", snippet != nil), ("--context", context > 0), ("--explain", explain),
            ("--suggest", suggest == true),
        ].filter(\.1).map(\.0)
    }

    /// The options given that choose among hits.
    var chosen: [String] { [("--group", group), ("--collapse", collapse)].filter(\.1).map(\.0) }

    func snippetLimit(_ format: OutputFormat) -> Int { snippet ?? (format == .text ? Self.defaultSnippet : 0) }

    func options(_ format: OutputFormat) -> ResultOptions {
        var options = ResultOptions()
        options.snippet = snippetLimit(format)
        options.context = format == .text || format == .jsonl ? context : 0
        options.perArticle = group ? perArticle ?? 3 : 0
        options.collapses = collapse
        options.explains = explain && (format == .text || format == .jsonl)
        return options
    }

    /// Whether to look for other queries: people read a word more with pleasure, while programs and batches are told what
    /// they asked for.
    func wantsSuggestions(_ summary: SearchSummary, _ mode: SearchMode, _ format: OutputFormat, isBatch: Bool)
        -> Bool
    {
        guard format == .text || format == .jsonl, suggest ?? !isBatch else { return false }
        let isFallback = mode == .auto && summary.mode == .any
        return summary.hits == 0 || isFallback && (format == .text || suggest == true)
    }
}
