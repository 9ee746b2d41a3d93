public import ArgumentParser
public import Model
public import Output
internal import Suoyin

extension SearchMode: ExpressibleByArgument {}
extension FoldLevel: ExpressibleByArgument {}
extension OutputFormat: ExpressibleByArgument {}

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
              suoyin search 竞业协议 --format jsonl | jq -r .paragraph.text
            """)

    @Argument(help: "Keywords; several arguments are joined by a space.")
    var query: [String] = []

    @OptionGroup var index: IndexOption

    @Option(
        name: [.customShort("n", allowingJoined: true), .customLong("limit")],
        help: ArgumentHelp("Hits to return; 0 for all (default: 10).", valueName: "n"))
    var givenLimit: Int?

    private var limit: Int { givenLimit ?? Settings.current.limit?.value ?? 10 }

    @Option(
        name: .customLong("mode"),
        help: """
            exact: every keyword literally; all: every word literally; any: best match; auto: exact, else any (default: auto).
            """)
    var givenMode: SearchMode?

    private var mode: SearchMode { givenMode ?? Settings.current.mode?.value ?? .auto }

    @Flag(help: "Take the query as plain text: no quotation marks, no operators.")
    var plain = false

    @OptionGroup var filter: FilterOption

    @Flag(
        name: .customLong("no-heal"),
        help: "Search texts as they stand, not also as they were before words were torn and glosses pasted in.")
    var leavesNoise = false

    @Option(
        help: """
            Spellings that count as one. none: the same characters; width: compatibility forms; icu: case, and \
            Traditional and Simplified, too; full: other variants, too.
            """)
    var fold = FoldLevel.full

    @Option(help: "The form of the output.")
    var format = OutputFormat.text

    @OptionGroup var results: ResultOptionGroup

    @Option(help: ArgumentHelp("A file of lines `id TAB query`; - for standard input.", valueName: "file"))
    var queries: Path?

    @Flag(help: "Print a line of JSON with speeds to standard error.")
    var timing = false

    @Option(name: .customLong("repeat"), help: ArgumentHelp("Rounds to time; the best counts.", valueName: "n"))
    var rounds = 1

    func validate() throws {
        try results.check()
        guard limit >= 0 else { throw ValidationError("--limit is a number from 0") }
        guard rounds > 0 else { throw ValidationError("--repeat is a number from 1") }
        if fold < .full, mode == .any { throw ValidationError(QueryError.narrowedBestMatch.description) }
        if queries != nil, !query.isEmpty { throw ValidationError("give a query or --queries, not both") }
    }

    func run() throws {
        // Not in `validate`, where it would hide that the query was taken for an option.
        if queries == nil, query.isEmpty { throw MissingQuery() }
        var batch = QueryBatch(isBatch: queries != nil)
        if let queries {
            try batch.read(queries)
        } else {
            let text = query.map { String(decoding: Arguments.bytes($0), as: UTF8.self) }.joined(separator: " ")
            batch.queries.append(.init(id: text, text: text, line: nil))
        }
        FreedMemory.keep()
        let searcher = try Searcher(index: index.path)
        if searcher.unreadFiles > 0 {
            StandardError.write("suoyin: note: hits may be missing: \(Plural.unreadFiles(searcher.unreadFiles))")
        }
        let style = TextStyle(
            hasColour: Environment.allowsColour, directory: Path.workingDirectory(),
            neighbourLimit: results.snippetLimit(format))
        let formatter = ResultFormatter(format, style: style)
        let output = StandardOutput()
        var found = 0
        var timer = QueryTimer()
        for entry in batch.queries {
            do {
                let answer = try timer.measure { try searcher.rank(request(entry)) }
                found += answer.summary.hits
                if batch.isBatch { try output.write(formatter.heading(query: entry.id)) }
                try write(answer, searcher, formatter, query: entry.id, to: output)
                var summary = answer.summary
                if results.wantsSuggestions(summary, mode, format, isBatch: batch.isBatch) {
                    summary.suggestions = try searcher.suggestions(request(entry))
                }
                try output.write(formatter.ending(summary, query: entry.id))
                if format == .text { explain(summary, entry) }
            } catch let error as QueryError where error != .nothingInTitle {
                batch.report(error.description, line: entry.line)
            }
        }
        if timing { try printTiming(timer, searcher, batch.queries) }
        if batch.hasProblems { throw Exit.failed }
        if found == 0 { throw Exit.none }
    }

    /// Writes the hits a part at a time, so that a reader sees the first ones at once and may leave after them.
    private func write(
        _ answer: Searcher.Answer, _ searcher: Searcher, _ formatter: ResultFormatter, query: String,
        to output: StandardOutput
    ) throws {
        let count = answer.summary.returned
        let part = format == .paths ? max(1, count) : 1000
        for start in stride(from: 0, to: count, by: part) {
            let hits = try searcher.hits(
                answer, start..<min(start + part, count),
                detail: format.needsFold ? .full : format.needsText ? .text : .reference)
            try output.write(formatter.bytes(hits, query: query))
        }
    }

    private func request(_ entry: QueryBatch.Entry) -> SearchRequest {
        var request = SearchRequest(
            entry.text, mode: mode, limit: limit, isPlain: plain, heals: !leavesNoise, fold: fold,
            filter: filter.filter)
        request.results = results.options(format)
        return request
    }

    /// Tells people what they see, where it is not in the way of the data.
    private func explain(_ summary: SearchSummary, _ entry: QueryBatch.Entry) {
        let name = entry.line == nil ? "" : PrintableText.printable(entry.id) + ": "
        if summary.hits == 0 {
            StandardError.write("\(name)nothing found")
        } else {
            let more = summary.relation == .atLeast ? " or more" : ""
            let groups = summary.groups.map { " in \(Plural.count($0, "article"))" } ?? ""
            let fallback = mode == .auto && summary.mode == .any ? "; no paragraph has every keyword literally" : ""
            StandardError.write(
                "\(name)\(summary.returned)\(groups) of \(Plural.count(summary.hits, "paragraph"))\(more) (\(summary.mode.rawValue))\(fallback)"
            )
        }
        for suggestion in summary.suggestions {
            StandardError.write("\(name)did you mean \(PrintableText.printable(suggestion))")
        }
    }

    private func printTiming(_ first: QueryTimer, _ searcher: Searcher, _ queries: [QueryBatch.Entry]) throws {
        var best = first
        for _ in 1..<max(1, rounds) {
            var timer = QueryTimer()
            for entry in queries {
                do { _ = try timer.measure { try searcher.rank(request(entry)) } } catch is QueryError {}
            }
            if timer.seconds < best.seconds { best = timer }
        }
        StandardError.write(best.json)
    }
}

/// There is nothing to search for.
private struct MissingQuery: Error, CustomStringConvertible {
    var description: String { "a query is missing, or --queries FILE; see 'suoyin search --help'" }
}
