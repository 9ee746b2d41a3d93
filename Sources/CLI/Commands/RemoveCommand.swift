internal import ArgumentParser
internal import Model
internal import Output
internal import Suoyin

struct RemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Take files, or everything under directories, out of the index.",
        discussion: """
            The files themselves are left alone, and need not exist any more. For - all articles go that came by standard input \
            (`suoyin index -`), with --article single ones of them: one that is in a file would come back with the next run.

              suoyin remove news/2019 draft.txt
              suoyin remove --article 4711 --article 4712
            """)

    @Argument(help: "Files and directories, and - for what came by standard input.")
    var paths: [Path] = []

    @Option(
        name: .customLong("article"),
        help: ArgumentHelp("An article that came by standard input, by its id; repeatable.", valueName: "id"))
    var articles: [String] = []

    @OptionGroup var index: IndexOption

    @OptionGroup var wait: WaitOption

    func validate() throws {
        if paths.isEmpty, articles.isEmpty {
            throw ValidationError("say what to take out: paths, - or --article ID")
        }
        if !paths.isEmpty, !articles.isEmpty { throw ValidationError("give paths or --article, not both") }
    }

    func run() throws {
        var indexer = Indexer(index: index.path)
        indexer.waiting = wait.waiting
        if !articles.isEmpty { return try removeArticles(indexer) }
        let files = paths.ofFiles
        var removed: [String] = []
        var count = 0
        if !files.isEmpty {
            count = try indexer.remove(files)
            removed.append(Plural.count(count, "file"))
        }
        if paths.nameStandardInput {
            let articles = try indexer.removeInput()
            count += articles
            removed.append(Plural.count(articles, "article") + " of standard input")
        }
        StandardError.write("\(removed.joined(separator: " and ")) removed from the index")
        if count == 0 { throw Exit.none }
    }

    private func removeArticles(_ indexer: Indexer) throws {
        let removal = try indexer.removeArticles(articles.map(Arguments.bytes))
        let directory = Path.workingDirectory()
        func write(_ text: String) { StandardError.write("suoyin: \(text)") }
        for (id, file) in removal.ofFiles {
            let shown = file.shown(from: directory).lossyString
            write(
                "article \(String(decoding: id, as: UTF8.self)) is in the file \(shown): edit that and run `suoyin index`, "
                    + "or take all of it out with `suoyin remove`")
        }
        for id in removal.unknown {
            write(
                "no article \(String(decoding: id, as: UTF8.self)) in the index; `suoyin list` says which there are"
            )
        }
        StandardError.write("\(Plural.count(removal.removed, "article")) removed from the index")
        if !removal.ofFiles.isEmpty { throw Exit.failed }
        if removal.removed == 0 { throw Exit.none }
    }
}
