internal import ArgumentParser
internal import Suoyin

struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Merge the segments of the index into one, and free what deleted articles take.",
        discussion: """
            Never needed: indexing merges segments as they add up. It makes the index as small, and searching as fast, \
            as can be, and takes as much room again while it runs. Searching goes on meanwhile.

              suoyin merge --index ~/articles.idx
            """)

    @OptionGroup var index: IndexOption

    @OptionGroup var wait: WaitOption

    func run() throws {
        FreedMemory.giveBack()
        var indexer = Indexer(index: index.path)
        indexer.waiting = wait.waiting
        indexer.isInterrupted = { Signals.isInterrupted }
        let line = ProgressLine()
        if let line { indexer.onMergeProgress = { line.showMerge(written: $0, total: $1) } }
        let before, after: IndexStatus
        do {
            defer { line?.clear() }
            (before, after) = try indexer.merge()
        } catch is CancellationError {
            StandardError.write("suoyin: interrupted; the index is as it was")
            Signals.leaveAsAsked()
        }
        let deleted = Plural.count(before.deletedArticles, "deleted article")
        guard after.generation != before.generation else {
            StandardError.write("nothing to merge: \(Plural.count(before.segments, "segment")), \(deleted)")
            return
        }
        StandardError.write(
            "\(Plural.count(before.segments, "segment")) merged into \(after.segments), \(deleted) dropped: "
                + "\(Self.size(before)) before, \(Self.size(after)) now")
    }

    private static func size(_ status: IndexStatus) -> String {
        Decimals.string(Double(status.bytes) / 1e6, places: 2) + " MB"
    }
}
