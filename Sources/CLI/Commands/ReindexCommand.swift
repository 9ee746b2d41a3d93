internal import ArgumentParser
internal import Model
internal import Suoyin

struct ReindexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reindex",
        abstract: "Build the index anew from its own text.",
        discussion: """
            After a change of ICU, or of how Suoyin analyses text, an index can no longer be searched. This makes it as \
            if it had been made now, without the articles' files. Interrupted, it leaves the index as it was.

              suoyin reindex
              suoyin reindex --index ~/articles.idx --wait
            """)

    @OptionGroup var index: IndexOption

    @OptionGroup var wait: WaitOption

    func run() async throws {
        FreedMemory.giveBack()
        let clock = ContinuousClock()
        let start = clock.now
        var indexer = Indexer(index: index.path)
        indexer.waiting = wait.waiting
        let report = try await indexer.reindex()
        let seconds = (clock.now - start) / .seconds(1)
        if report.before != report.after {
            StandardError.write("analyzer: \(report.before) before, \(report.after) now")
        }
        StandardError.write(
            "built anew: \(Plural.count(report.articles, "article")) with "
                + "\(Plural.count(report.paragraphs, "paragraph")) in \(Decimals.string(seconds, places: 2)) s")
    }
}
