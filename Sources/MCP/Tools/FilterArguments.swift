internal import JSON
internal import Model

/// The arguments that say which articles to look at.
enum FilterArguments {
    static let schema: [(name: String, schema: JSONValue)] = [
        (
            "path",
            Schema.strings(
                "only files that one of these patterns matches: by name, *.txt, or with a /, by path, news/**; "
                    + "a directory, news/, stands for all below it")
        ),
        ("title", Schema.string("only articles whose title holds this text")),
        (
            "since",
            Schema.string("only articles of this date or later: 2024, 2024-05 or 2024-05-12; none without a date")
        ),
        ("until", Schema.string("only articles of this date or earlier, the whole of a year or month")),
    ]

    static func filter(_ arguments: ToolArguments) throws(ToolError) -> SearchFilter {
        var filter = SearchFilter()
        for pattern in try arguments.strings("path") {
            if pattern.isEmpty { throw ToolError("path is a pattern such as *.txt or news/**, not nothing") }
            filter.paths.append(PathPattern(pattern))
        }
        filter.title = try arguments.string("title")
        filter.since = try date("since", arguments)
        filter.until = try date("until", arguments)
        if let since = filter.since, let until = filter.until, until.last < since.first {
            throw ToolError("until is before since")
        }
        return filter
    }

    private static func date(_ name: String, _ arguments: ToolArguments) throws(ToolError) -> DatePeriod? {
        guard let text = try arguments.string(name) else { return nil }
        guard let date = DatePeriod(text) else {
            throw ToolError("\(name) is a date, 2024, 2024-05 or 2024-05-12, not \(text)")
        }
        return date
    }
}
