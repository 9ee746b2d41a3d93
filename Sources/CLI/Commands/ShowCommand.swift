public import ArgumentParser
internal import Model
public import Output
internal import Suoyin

extension ReadingFormat: ExpressibleByArgument {}

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print an article of the index, or a paragraph and those around it.",
        discussion: """
            The text is the index's own, so the article's file need not be there any more. ARTICLE is an article's id, as \
            search and list give it, and N a paragraph's number.

              suoyin show news/2024-05.txt
              suoyin show news/2024-05.txt#12 --context 2
              suoyin search 竞业协议 --format jsonl | jq -r 'select(.type=="hit") | "\\(.article.id)#\\(.paragraph.number)"' | xargs -d '\\n' suoyin show
            """)

    @Argument(help: ArgumentHelp("What to print; repeatable.", valueName: "article[#n]"))
    var names: [String]

    @OptionGroup var index: IndexesOption

    @Option(
        name: [.customShort("C", allowingJoined: true), .long], parsing: .unconditional,
        help: ArgumentHelp("Paragraphs to print before and after each (default: 0).", valueName: "n"),
        transform: WholeNumber.from(0))
    var context = 0

    @Option(
        name: .customLong("path"),
        help: ArgumentHelp(
            "Only articles of files that GLOB matches, where several have one of the same id; repeatable.",
            valueName: "glob"))
    var paths: [PathPattern] = []

    @Option(parsing: .unconditional, help: "The form of the output.")
    var format = ReadingFormat.text

    @OptionGroup var terminal: TerminalOption

    func run() throws {
        let searcher = try Searcher(indexes: index.paths)
        let formatter = ReadingFormatter(format, style: terminal.style())
        let output = terminal.output(isText: format == .text)
        var problems: [ReadingError] = []
        for name in names.map(Arguments.bytes) {
            do {
                let (article, number) = try find(name, searcher)
                let numbers = number.map { max(1, $0 - context)...$0 + context } ?? 1...Int.max
                let paragraphs = try searcher.paragraphs(of: article, numbers)
                try output.write(formatter.bytes(article, paragraphs, around: number))
            } catch let error as ReadingError {
                problems.append(error)
            }
        }
        try output.finish()
        for problem in problems { StandardError.write("suoyin: \(problem)") }
        let ending = problems.map(\.exit).max { $0.rawValue < $1.rawValue } ?? .found
        if ending != .found { throw ending }
    }

    /// What a name stands for. An id may itself end like a number behind a #: the number counts where there is such a paragraph.
    private func find(_ name: [UInt8], _ searcher: Searcher) throws -> (ArticleSummary, number: Int?) {
        if let mark = name.lastIndex(of: UInt8(ascii: "#")),
            let number = Int(String(decoding: name[(mark + 1)...], as: UTF8.self)), number > 0, number <= Int32.max,
            let article = try article(Array(name[..<mark]), searcher)
        {
            let isArticle = try !articles(name, searcher).isEmpty
            if number <= article.paragraphs {
                if isArticle {
                    let name = String(decoding: name, as: UTF8.self)
                    StandardError.write(
                        "suoyin: \(name) is an article, too; its paragraphs are \(name)#1 and so on")
                }
                return (article, number)
            }
            if !isArticle { throw ReadingError.noParagraph(name, count: article.paragraphs) }
        }
        guard let article = try article(name, searcher) else { throw ReadingError.noArticle(name) }
        return (article, nil)
    }

    /// The articles of an id that ``paths`` let pass.
    private func articles(_ id: [UInt8], _ searcher: Searcher) throws -> [ArticleSummary] {
        let directory = Path.workingDirectory() ?? Path("/")
        return try searcher.articles(withID: id).filter { article in
            paths.isEmpty || paths.contains { $0.covers(article.path, id: id, from: directory) }
        }
    }

    private func article(_ id: [UInt8], _ searcher: Searcher) throws -> ArticleSummary? {
        let found = try articles(id, searcher)
        let directory = Path.workingDirectory() ?? Path("/")
        guard found.count <= 1 else {
            throw ReadingError.severalArticles(id, found.map { $0.path.relative(to: directory) })
        }
        return found.first
    }
}

/// Why something cannot be shown.
private enum ReadingError: Error, CustomStringConvertible {
    case noArticle([UInt8])
    case noParagraph([UInt8], count: Int)
    /// Of several files, or indexes.
    case severalArticles([UInt8], [Path])

    var exit: Exit { if case .severalArticles = self { .failed } else { .none } }

    var description: String {
        switch self {
        case .noArticle(let name):
            "no article \(String(decoding: name, as: UTF8.self)) in the index; `suoyin list` says which there are"
        case .noParagraph(let name, let count):
            "no paragraph \(String(decoding: name, as: UTF8.self)): the article has \(Plural.count(count, "paragraph"))"
        case .severalArticles(let id, let paths):
            "several files have an article \(String(decoding: id, as: UTF8.self)), choose by --path: "
                + paths.map(\.lossyString).joined(separator: ", ")
        }
    }
}
