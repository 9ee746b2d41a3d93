internal import ArgumentParser
internal import Model
internal import Output

/// What becomes of the hits of a search before they are printed.
struct ResultOptionGroup: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            Characters to show of a paragraph, around what matched; 0 for all. Unless told, text shows 200, and jsonl, tsv \
            and vimgrep all. Example: suoyin search 竞业协议 --snippet 60.
            """, valueName: "n"), transform: WholeNumber.from(0))
    var snippet: Int?

    @Option(
        name: [.customShort("C", allowingJoined: true), .long], parsing: .unconditional,
        help: ArgumentHelp(
            """
            Paragraphs of the same article to show before and after each hit, in text and jsonl (default: 0). \
            Example: suoyin search 竞业协议 --context 1.
            """, valueName: "n"), transform: WholeNumber.from(0))
    var context = 0

    @Flag(
        help: """
            Put hits under their articles, in the order of the best of each; --limit counts articles. \
            Example: suoyin search 索引 --group --limit 5.
            """)
    var group = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Hits to show of an article with --group, 3 unless told. Example: suoyin search 索引 --group --per-article 1.",
            valueName: "n"), transform: WholeNumber.from(1))
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
        if perArticle != nil, !group { throw ValidationError("--per-article goes with --group") }
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
        options.context = context
        options.perArticle = group ? perArticle ?? 3 : 0
        options.collapses = collapse
        options.explains = explain
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
