internal import ArgumentParser
internal import Model
internal import Output
internal import Suoyin

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say what the index holds.")

    @OptionGroup var index: IndexOption

    func run() throws {
        let status = try IndexStatus(index: index.path)
        var lines = [
            ("index", status.location),
            ("commit", "\(status.generation)"),
            ("files", "\(status.files)"),
            ("articles", "\(status.articles)"),
            ("paragraphs", "\(status.paragraphs)"),
            ("segments", "\(status.segments)"),
            ("deleted articles", "\(status.deletedArticles)"),
            ("size", "\(Decimals.string(Double(status.bytes) / 1e6, places: 2)) MB"),
            ("analyzer", status.analyzer),
        ]
        if status.unreadFiles > 0 {
            lines.append(("to index again", Plural.unreadFiles(status.unreadFiles)))
        }
        if !status.isCurrent {
            lines.append(
                (
                    "note",
                    "this program analyses text differently; `suoyin reindex` builds the index anew from its own text"
                ))
        }
        lines += SettingsPage.lines(Settings.current)
        let width = 18
        let text = lines.map { name, value in
            name + String(repeating: " ", count: width - name.count) + PrintableText.printable(value) + "\n"
        }
        try StandardOutput().write(Array(text.joined().utf8))
    }
}

struct RemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Take files, or everything under directories, out of the index.",
        discussion: "The files themselves are left alone, and need not exist any more.")

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
