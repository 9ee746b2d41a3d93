internal import ArgumentParser
internal import Model
internal import Output
internal import Suoyin

struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Add files and directories, and bring what was indexed of them up to date.",
        discussion: """
            Reads .txt, .md, .html, .xml and .jsonl files and what goes by other names for these. A second run reads \
            what is new or changed and drops what is gone; what was indexed from elsewhere stays. The encoding of \
            each file is found out: UTF-8, UTF-16, GB18030, Big5-HKSCS or EUC-TW; bytes that mean nothing in it are \
            replaced, with a warning.

              suoyin index                      the directory Corpus into the index Index
              suoyin index ~/articles --index ~/articles.idx
              suoyin index --encoding 'old/**=GBK' --encoding '*.big5.txt=Big5'
            """)

    @Argument(help: "Files and directories.")
    var paths: [Path] = [Path("Corpus")]

    @OptionGroup var encoding: EncodingOption

    @Flag(help: "Refuse files with bytes that mean nothing in their encoding.")
    var strict = false

    @OptionGroup var index: IndexOption

    @OptionGroup var wait: WaitOption

    func run() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        var indexer = Indexer(index: index.path)
        indexer.encodings = encoding.rules
        indexer.isStrict = strict
        indexer.waiting = wait.waiting
        let report = try await indexer.update(paths)
        report.problems.forEach(StandardError.write)
        let seconds = (clock.now - start) / .seconds(1)
        StandardError.write(Self.summary(report, seconds: seconds))
        if !report.isComplete { throw Exit.failed }
    }

    private static func summary(_ report: Indexer.Report, seconds: Double) -> String {
        let files = [
            (report.addedFiles, "added"), (report.changedFiles, "changed"), (report.removedFiles, "removed"),
            (report.unchangedFiles, "unchanged"),
        ]
        let shown = files.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let list = shown.isEmpty ? "no files" : "files: " + shown.joined(separator: ", ")
        return "\(list); read \(Plural.count(report.articles, "article")) with "
            + "\(Plural.count(report.paragraphs, "paragraph")) in \(Decimals.string(seconds, places: 2)) s"
    }
}
