public import ArgumentParser
public import Model
public import Output
internal import Suoyin

extension SearchMode: ExpressibleByArgument {}
extension FoldLevel: ExpressibleByArgument {}
extension OutputFormat: ExpressibleByArgument {}
extension HitOrder: ExpressibleByArgument {}

struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Print the paragraphs that answer a query, best first.",
        discussion: """
            A query is keywords apart by white space; "in quotation marks" is one literal keyword. gpt* is any word that \
            begins so, "甲 乙"~5 the two with five characters or words between them at most, py:zjtd what is read so in pinyin. \
            AND (or white space), OR, NOT and parentheses join them.

              suoyin search 字节跳动
              suoyin search 大模型 招聘 --mode all --limit 3
              suoyin search '(清华 OR 北大) NOT 招生'
              suoyin search 'py:zijietiaodong NOT 招聘'
              suoyin search '"清华 合作"~10' --path 'news/**' --since 2024-03
              suoyin search 竞业协议 --mode any --limit 1 --explain
              suoyin search 竞业协议 --format jsonl | jq -r '.paragraph.text // empty'
              suoyin search 竞业协议 -l0 -n 0 | xargs -0 wc -c
              suoyin search 竞业协议 --count --index news.idx --index books.idx
            """)

    @Argument(help: "Keywords; several arguments are joined by a space.")
    var query: [String] = []

    @OptionGroup var index: IndexesOption

    @Option(
        name: [.customShort("n", allowingJoined: true), .customLong("limit")], parsing: .unconditional,
        help: ArgumentHelp("Hits to return; 0 for all (default: 10).", valueName: "n"),
        transform: WholeNumber.from(0))
    var givenLimit: Int?

    var limit: Int { givenLimit ?? Settings.current.limit?.value ?? 10 }

    @Option(
        name: .customLong("mode"), parsing: .unconditional,
        help: """
            exact: every keyword literally; all: every word literally; any: best match; auto: exact, else any (default: auto).
            """)
    var givenMode: SearchMode?

    var mode: SearchMode { givenMode ?? Settings.current.mode?.value ?? .auto }

    @Flag(help: "Take the query as plain text: no quotation marks, no operators.")
    var plain = false

    @OptionGroup var filter: FilterOption

    @Flag(
        name: .customLong("no-heal"),
        help: "Search texts as they stand, not also as they were before words were torn and glosses pasted in.")
    var leavesNoise = false

    @Option(
        parsing: .unconditional,
        help: """
            Spellings that count as one. none: the same characters; width: compatibility forms; icu: case, and \
            Traditional and Simplified, too; full: other variants, too.
            """)
    var fold = FoldLevel.full

    @OptionGroup var output: SearchOutputOption

    @OptionGroup var results: ResultOptionGroup

    @OptionGroup var terminal: TerminalOption

    @Option(
        help: ArgumentHelp(
            """
            A file of lines `id TAB query`; - for standard input, of which each line is answered as soon as it is there, from the newest commit.
            """, valueName: "file"))
    var queries: Path?

    @Flag(help: "Print a line of JSON with speeds to standard error.")
    var timing = false

    @Option(
        name: .customLong("repeat"), parsing: .unconditional,
        help: ArgumentHelp("Rounds to time; the best counts (default: 1).", valueName: "n"),
        transform: WholeNumber.from(1))
    var rounds = 1

    func validate() throws {
        try results.check()
        try output.check(shown: results.shown, chosen: (givenLimit == nil ? [] : ["--limit"]) + results.chosen)
        if fold < .full, mode == .any { throw ValidationError(QueryError.narrowedBestMatch.description) }
        if queries != nil, !query.isEmpty { throw ValidationError("give a query or --queries, not both") }
    }

    func run() throws {
        // Not in `validate`, where it would hide that the query was taken for an option.
        if queries == nil, query.isEmpty { throw MissingQuery() }
        let text = query.map { String(decoding: Arguments.bytes($0), as: UTF8.self) }.joined(separator: " ")
        var batch = try queries.map { try QueryBatch($0) } ?? QueryBatch(query: text)
        FreedMemory.keep()
        // Whoever writes queries as it goes is answered from what there is by then; a file of them from one commit.
        let following = queries == .standardInput ? FollowingSearcher(indexes: index.paths) : nil
        let searcher = try following?.newest() ?? Searcher(indexes: index.paths)
        // The process ends with it, and giving back piece by piece what it maps would only take time.
        if following == nil { unsafe _ = Unmanaged.passRetained(searcher) }
        if searcher.unreadFiles > 0 {
            let files = Plural.unreadFiles(searcher.unreadFiles, indexes: index.paths)
            StandardError.write("suoyin: note: hits may be missing: \(files)")
        }
        var run = SearchRun(self, searcher, following: following, isBatch: queries != nil)
        do { try run.answer(&batch) } catch {
            run.endOutput()
            throw error
        }
        if timing { StandardError.write(try run.figures(rounds: rounds)) }
        // Whoever only asks whether there is a hit has the answer, whatever went wrong beside it.
        if run.found > 0, output.kind == .nothing { return }
        if batch.hasProblems { throw Exit.failed }
        if run.found == 0 { throw Exit.none }
    }
}

/// There is nothing to search for.
private struct MissingQuery: Error, CustomStringConvertible {
    var description: String { "a query is missing, or --queries FILE; see 'suoyin search --help'" }
}
