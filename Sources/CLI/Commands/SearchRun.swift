internal import Model
internal import Output
internal import Suoyin

/// Answers the queries of one run, one after the other.
struct SearchRun {
    private let command: SearchCommand
    /// Of each query, but for its text.
    private let request: SearchRequest
    private var searcher: Searcher
    /// Gives the searcher of the newest commit, where each query is to be answered by that.
    private let following: FollowingSearcher?
    private let isBatch: Bool
    private let formatter: ResultFormatter
    private let output: PagedOutput
    private var timer = QueryTimer()
    /// Queries that are to be timed again.
    private var timed: [QueryBatch.Entry] = []
    /// Why no article can have a hit, once it has been asked.
    private var emptiness: String??
    /// Hits so far.
    private(set) var found = 0

    init(_ command: SearchCommand, _ searcher: Searcher, following: FollowingSearcher?, isBatch: Bool) {
        self.command = command
        request = Self.request(command)
        self.searcher = searcher
        self.following = following
        self.isBatch = isBatch
        formatter = ResultFormatter(
            command.format, style: command.terminal.style(neighbourLimit: command.results.snippetLimit(.text)),
            pathLines: StandardOutput().pathLines(endsWithNUL: command.output.null), isBatch: isBatch,
            locate: FilePlace.find)
        // Of a batch each answer is followed by a line on standard error, and may be waited for.
        output = command.terminal.output(isText: !isBatch && command.output.kind == .hits(.text))
    }

    /// Answers query by query, each before the next is read. What is wrong with a query is reported, and the others are
    /// answered.
    mutating func answer(_ batch: inout QueryBatch) throws {
        while let entry = try batch.next() {
            do {
                try answer(entry)
            } catch let error as QueryError where error != .nothingInTitle {
                batch.report(error.description, line: entry.line)
            }
            if command.timing, command.rounds > 1 { timed.append(entry) }
            if command.output.kind == .nothing, found > 0 { return }
        }
    }

    /// Shows what there is when something has gone wrong.
    func endOutput() { try? output.finish() }

    private mutating func answer(_ entry: QueryBatch.Entry) throws {
        if let newest = try following?.newest(), newest !== searcher {
            searcher = newest
            emptiness = nil
        }
        let request = request(entry)
        let searcher = searcher
        var answer = command.timing ? try timer.measure { try searcher.rank(request) } : try searcher.rank(request)
        if command.listsEveryFile, answer.summary.mode != .any, answer.summary.hits > answer.summary.returned {
            var whole = request
            whole.limit = 0
            answer = try searcher.rank(whole)
        }
        found += answer.summary.hits
        switch command.output.kind {
        case .nothing: break
        case .count: try writeCount(answer.summary, entry)
        case .hits: try write(answer, entry)
        }
    }

    private mutating func write(_ answer: Searcher.Answer, _ entry: QueryBatch.Entry) throws {
        let format = command.format
        if isBatch { try output.write(formatter.heading(query: entry.id)) }
        try writeHits(answer, format, query: entry.id)
        var summary = answer.summary
        if command.results.wantsSuggestions(summary, command.mode, format, isBatch: isBatch) {
            summary.suggestions = try searcher.suggestions(request(entry))
        }
        try output.write(formatter.ending(summary, query: entry.id))
        try output.finish()
        if format == .text { try explain(summary, entry) }
    }

    /// Writes the hits a part at a time, so that a reader sees the first ones at once and may leave after them.
    private func writeHits(_ answer: Searcher.Answer, _ format: OutputFormat, query: String) throws {
        let count = answer.summary.returned
        let part = format == .paths ? max(1, count) : 1000
        for start in stride(from: 0, to: count, by: part) {
            let hits = try searcher.hits(
                answer, start..<min(start + part, count),
                detail: format.needsFold ? .full : format.needsText ? .text : .reference)
            try output.write(formatter.bytes(hits, query: query))
        }
    }

    private func writeCount(_ summary: SearchSummary, _ entry: QueryBatch.Entry) throws {
        var hits = summary.hits
        if summary.relation == .atLeast {
            // Best match counts only as far as it must, unless everything is asked for.
            var request = request(entry)
            request.limit = 0
            hits = try searcher.rank(request).summary.hits
        }
        let name = isBatch ? PrintableText.oneLine(Array(entry.id.utf8)) + [0x09] : []
        try output.write(name + Array("\(hits)\n".utf8))
    }

    private func request(_ entry: QueryBatch.Entry) -> SearchRequest {
        var request = request
        request.query = entry.text
        return request
    }

    /// What is asked of every query alike.
    private static func request(_ command: SearchCommand) -> SearchRequest {
        var request = SearchRequest(
            "", mode: command.mode, limit: command.limit, isPlain: command.plain,
            heals: !command.leavesNoise, fold: command.fold, filter: command.filter.filter)
        switch command.output.kind {
        case .nothing:
            request.limit = 1
            request.endsAtFirst = true
        case .count:
            request.limit = 1
        case .hits:
            request.results = command.results.options(command.format)
            request.results.order = command.output.sort ?? .score
        }
        return request
    }

    /// Tells people what they see, where it is not in the way of the data.
    private mutating func explain(_ summary: SearchSummary, _ entry: QueryBatch.Entry) throws {
        let name = entry.line == nil ? "" : entry.id + ": "
        if summary.hits == 0 {
            let reason = try emptiness ?? command.filter.emptiness(in: searcher)
            emptiness = .some(reason)
            StandardError.write("\(name)nothing found" + (reason.map { ": " + $0 } ?? ""))
        } else {
            let more = summary.relation == .atLeast ? " or more" : ""
            let groups = summary.groups.map { ", in \(Plural.count($0, "article"))" } ?? ""
            let isFallback = command.mode == .auto && summary.mode == .any
            let fallback = isFallback ? "; no paragraph has every keyword literally" : ""
            StandardError.write(
                "\(name)\(summary.returned) of \(Plural.count(summary.hits, "paragraph"))\(more)\(groups) (\(summary.mode.rawValue))\(fallback)"
            )
        }
        for suggestion in summary.suggestions {
            StandardError.write("\(name)did you mean \(suggestion)")
        }
    }

    /// How fast the best round was, as JSON.
    func figures(rounds: Int) throws -> String {
        var best = timer
        for _ in 1..<max(1, rounds) {
            var timer = QueryTimer()
            for entry in timed {
                do { _ = try timer.measure { try searcher.rank(request(entry)) } } catch is QueryError {}
            }
            if timer.seconds < best.seconds { best = timer }
        }
        return best.json
    }
}

extension SearchCommand {
    /// Whether the files of all literal hits are to be listed, as grep does.
    fileprivate var listsEveryFile: Bool { output.filesWithMatches && givenLimit == nil }

    /// The format of hits; text where none are printed.
    var format: OutputFormat { if case .hits(let format) = output.kind { format } else { .text } }
}
