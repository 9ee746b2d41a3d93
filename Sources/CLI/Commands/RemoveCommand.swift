internal import ArgumentParser
internal import Model
internal import Suoyin

struct RemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Take files, or everything under directories, out of the index.",
        discussion: """
            The files themselves are left alone, and need not exist any more.

              suoyin remove news/2019 draft.txt
            """)

    @Argument(help: "Files and directories.")
    var paths: [Path]

    @OptionGroup var index: IndexOption

    @OptionGroup var wait: WaitOption

    func run() throws {
        var indexer = Indexer(index: index.path)
        indexer.waiting = wait.waiting
        let count = try indexer.remove(paths)
        StandardError.write("\(Plural.count(count, "file")) removed from the index")
        if count == 0 { throw Exit.none }
    }
}
