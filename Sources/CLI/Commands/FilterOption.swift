public import ArgumentParser
public import Model
internal import Suoyin

extension PathPattern: ExpressibleByArgument {
    public init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        self.init(Arguments.bytes(argument))
    }
}

extension DatePeriod {
    /// What an option for dates takes where something else was given. The parser says which option, and what.
    private struct Problem: Error, CustomStringConvertible {
        var description: String { "give a year, month or day: YYYY, YYYY-MM or YYYY-MM-DD" }
    }

    /// For an option's `transform`.
    fileprivate static func parse(_ text: String) throws -> DatePeriod {
        guard let period = DatePeriod(text) else { throw Problem() }
        return period
    }
}

/// Which articles are looked at.
struct FilterOption: ParsableArguments {
    @Option(
        name: .customLong("path"),
        help: ArgumentHelp(
            """
            Only files that GLOB matches, by name or, with a /, by path; a directory stands for all below it; repeatable, any \
            counts.
            """,
            valueName: "glob"))
    var paths: [PathPattern] = []

    @Option(help: ArgumentHelp("Only articles whose title holds this text, literally.", valueName: "text"))
    var title: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Only articles of this date or later: YYYY, YYYY-MM or YYYY-MM-DD; none without a date.",
            valueName: "date"), transform: DatePeriod.parse)
    var since: DatePeriod?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Only articles of this date or earlier, the whole of a year or month.", valueName: "date"),
        transform: DatePeriod.parse)
    var until: DatePeriod?

    @Option(
        name: .customLong("article"),
        help: ArgumentHelp("Only the article of this id; repeatable.", valueName: "id"))
    var articles: [String] = []

    func validate() throws {
        if let since, let until, until.last < since.first {
            throw ValidationError("--until is before --since")
        }
    }

    var filter: SearchFilter {
        var filter = SearchFilter()
        filter.paths = paths
        filter.title = title.map { String(decoding: Arguments.bytes($0), as: UTF8.self) }
        filter.since = since
        filter.until = until
        filter.articles = Set(articles.map(Arguments.bytes))
        return filter
    }
}

extension FilterOption {
    /// Why no article is looked at, for people: an id that there is none of, or all conditions together; nil where some
    /// article is.
    ///
    /// - Complexity: that of ``Searcher/articles(_:after:limit:)``.
    func emptiness(in searcher: Searcher) throws -> String? {
        if filter.isEmpty { return nil }
        guard try searcher.articles(filter, limit: 1).articles.isEmpty else { return nil }
        let unknown = try articles.filter { try searcher.articles(withID: Arguments.bytes($0)).isEmpty }
        // Where one of several is there, it is another condition that it does not meet.
        guard !unknown.isEmpty, unknown.count == articles.count else { return "no article passes the filters" }
        let names = unknown.map { String(decoding: Arguments.bytes($0), as: UTF8.self) }
        return "no article has the id " + names.joined(separator: " or ")
            + "; `suoyin list` shows the ids there are"
    }
}
