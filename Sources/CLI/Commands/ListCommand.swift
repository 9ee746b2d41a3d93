public import ArgumentParser
internal import Model
public import Output
internal import Suoyin

extension ListFormat: ExpressibleByArgument {}

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the articles of the index, by id.",
        discussion: """
            Each article is a line: id, title, date, number of paragraphs, and the file where its name says more than the id.

              suoyin list
              suoyin list --path 'news/**' --since 2024-03 --format tsv
              suoyin list --title 招聘 --format paths -0 | xargs -0 ls -l
            """)

    @OptionGroup var index: IndexesOption

    @OptionGroup var filter: FilterOption

    @Option(parsing: .unconditional, help: "The form of the output.")
    var format = ListFormat.text

    @Flag(
        name: [.customShort("0"), .long],
        help: "With --format paths: put a NUL behind each path in place of a line end, for xargs -0.")
    var null = false

    @OptionGroup var terminal: TerminalOption

    /// Articles that are read before they are printed.
    private static let part = 1000

    func validate() throws {
        if null, format != .paths {
            throw ValidationError("--null goes with --format paths: only paths can be told apart by it")
        }
    }

    func run() throws {
        let searcher = try Searcher(indexes: index.paths)
        var formatter = ArticleListFormatter(
            format, style: terminal.style(), pathLines: StandardOutput().pathLines(endsWithNUL: null))
        let output = terminal.output(isText: format == .text)
        var place: ArticlePlace?
        repeat {
            let (articles, hasMore) = try searcher.articles(filter.filter, after: place, limit: Self.part)
            try output.write(formatter.bytes(articles))
            if place == nil, articles.isEmpty {
                if format == .text {
                    StandardError.write(try filter.emptiness(in: searcher) ?? "the index has no articles")
                }
                throw Exit.none
            }
            place = hasMore ? articles.last?.place : nil
        } while place != nil
        try output.finish()
    }
}
