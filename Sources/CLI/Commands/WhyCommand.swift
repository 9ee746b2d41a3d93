internal import ArgumentParser
internal import Model
internal import Output
internal import Suoyin

struct WhyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Show why paragraphs of a file match a query, or do not.",
        discussion: """
            Reads the file itself, not the index. For each keyword and paragraph it says where the keyword stands, or \
            shows the units of both side by side up to the first that differ.

              suoyin why 字节跳动 articles/a.txt
              suoyin why 'AI Lab' articles/a.txt --line 14
            """)

    @Argument(help: "The query, as for search.")
    var query: String

    @Argument(help: "A file, or a directory of files; - for JSON lines on standard input.")
    var path: Path

    @OptionGroup var encoding: EncodingOption

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Only the paragraph of this line, in full.", valueName: "n"),
        transform: WholeNumber.from(1))
    var line: Int?

    @Flag(help: "Take the query as plain text: no quotation marks, no operators.")
    var plain = false

    @Flag(name: .customLong("no-heal"), help: "Compare texts as they stand.")
    var leavesNoise = false

    @Option(parsing: .unconditional, help: "Spellings that count as one, as for search.")
    var fold = FoldLevel.full

    @Flag(help: "Print a JSON object a paragraph.")
    var json = false

    func run() throws {
        let query = String(decoding: Arguments.bytes(query), as: UTF8.self)
        let explainer = try MatchExplainer(SearchRequest(query, isPlain: plain, heals: !leavesNoise, fold: fold))
        explainer.encodings = encoding.rules
        explainer.selection = Settings.selection
        let output = StandardOutput()
        let page = ExplanationPage(keywords: explainer.keywords, isDetailed: line != nil)
        let directory = Path.workingDirectory()
        var matches = 0
        var paragraphs = 0
        var hasProblems = false
        func report(_ problem: IndexingProblem) {
            if !problem.isWarning { hasProblems = true }
            StandardError.write(problem)
        }
        func show(_ paragraph: MatchExplainer.Paragraph) throws {
            var paragraph = paragraph
            paragraph.path = paragraph.path.shown(from: directory)
            if paragraphs == 0, !json { try output.write(page.heading()) }
            paragraphs += 1
            if paragraph.isMatch { matches += 1 }
            try output.write(json ? ExplanationJSON.bytes(paragraph, explainer.keywords) : page.bytes(paragraph))
        }
        if path == .standardInput {
            try explainer.forEachParagraph(of: .standardInput(), line: line, report: report, show)
        } else {
            LeftOut.note(path, Settings.selection)
            try explainer.forEachParagraph(of: path, line: line, report: report, show)
        }
        if let line, paragraphs == 0, !hasProblems { StandardError.write("no paragraph on line \(line)") }
        StandardError.write("\(matches) of \(Plural.count(paragraphs, "paragraph")) matched")
        if hasProblems { throw Exit.failed }
        if matches == 0 { throw Exit.none }
    }
}
