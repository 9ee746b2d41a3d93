internal import ArgumentParser
internal import Articles
internal import Model
internal import Output
internal import Suoyin

struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Add files and directories, and bring what was indexed of them up to date.",
        discussion: """
            Reads .txt, .md, .html, .xml and .jsonl files and what goes by other names for these, also with .gz or .zst \
            behind it; .epub and .docx; and .pdf, by pdftotext. A second run reads what is new or changed and drops \
            what is gone; what was indexed from elsewhere stays. The encoding of each text is found out: UTF-8, UTF-16, \
            GB18030, Big5-HKSCS or EUC-TW; bytes that mean nothing in it are replaced, with a warning.

              suoyin index                      the directory Corpus into the index Index
              suoyin index ~/articles --index ~/articles.idx
              suoyin index notes --exclude drafts --exclude '*.bak.md'
              suoyin index --encoding 'old/**=GBK' --encoding '*.big5.txt=Big5'
              suoyin index articles --dry-run
              git ls-files -z '*.md' | suoyin index --files-from - -0
              zstd -dc dump.jsonl.zst | suoyin index -

            For - articles are read from standard input, as lines of a .jsonl file. They join those that came so before: one of an \
            id that came before takes that article's place, and what is not named stays, until `suoyin remove` takes it out. \
            Their path is -, and they may stand beside paths. A file of that name is ./-.

            What a file .suoyinignore in any of the directories names is left out, and so is what --exclude matches, or no \
            --include: it is dropped from the index as if it were gone. Give these on every run, or put them into suoyin.toml. A \
            file given by name is always taken.

            With --watch it goes on until it is interrupted, and commits what changes within a second or two. Each \
            commit is a line: files added, changed and removed, and the articles read.

            An interrupt (Ctrl-C, SIGTERM) leaves the index as it was before the run, and the next one begins there; with \
            --watch it ends the run after the commit at work. A second interrupt ends either at once.
            """)

    @Argument(
        help: ArgumentHelp(
            "Files and directories, and - for standard input (default: those of the settings, else Corpus).",
            valueName: "paths"))
    var given: [Path] = []

    @OptionGroup var selection: SelectionOption

    @OptionGroup var list: FileListOption

    @Flag(
        help: """
            Write nothing: print what would be added, changed, renamed and removed, a line a file, and name what cannot be read.
            """)
    var dryRun = false

    @OptionGroup var encoding: EncodingOption

    @Flag(help: "Refuse files with bytes that mean nothing in their encoding.")
    var strict = false

    @Flag(help: "Follow the files and directories, and keep the index up to date until interrupted.")
    var watch = false

    @OptionGroup var memory: MemoryOption
    @OptionGroup var index: IndexOption

    @OptionGroup var wait: WaitOption

    func validate() throws {
        if list.list == .standardInput, given.nameStandardInput {
            throw ValidationError("--files-from - and - would both read standard input")
        }
        if list.list != nil, !given.isEmpty { throw ValidationError("give paths or --files-from, not both") }
        if watch, given.nameStandardInput {
            throw ValidationError(
                "--watch does not go with -: standard input is read once, and directories are followed")
        }
        if watch, list.list != nil {
            throw ValidationError("--watch does not go with --files-from: directories are followed, not lists")
        }
        if watch, dryRun { throw ValidationError("--watch does not go with --dry-run, which ends") }
    }

    func run() async throws {
        if given.isEmpty, list.list == nil, Settings.current.paths == nil { try checkDefault() }
        let listed = try list.paths()
        let paths = listed ?? (given.isEmpty ? Settings.current.paths?.value ?? [Path("Corpus")] : given.ofFiles)
        let input = given.nameStandardInput ? try ArticleInput.standardInput() : nil
        var indexer = Indexer(index: index.path)
        indexer.encodings = encoding.rules
        indexer.selection = selection.selection
        indexer.isStrict = strict
        indexer.isList = listed != nil
        if dryRun { return try preview(indexer, paths, input) }
        indexer.memoryBudget = memory.bytes
        indexer.waiting = wait.waiting
        FreedMemory.giveBack()
        if watch { return try await follow(indexer, paths) }
        let clock = ContinuousClock()
        let start = clock.now
        let line = ProgressLine(readsInput: input != nil)
        if let line {
            indexer.onProgress = { line.show($0) }
            indexer.onMergeProgress = { line.showMerge(written: $0, total: $1) }
        }
        defer { line?.clear() }
        indexer.isInterrupted = { Signals.isInterrupted }
        let report: Indexer.Report
        do {
            report = try await indexer.update(paths, adding: input)
        } catch is CancellationError {
            line?.clear()
            StandardError.write("suoyin: interrupted; the index is as it was before this run")
            Signals.leaveAsAsked()
        }
        line?.clear()
        report.problems.forEach(StandardError.write)
        let seconds = (clock.now - start) / .seconds(1)
        StandardError.write(Self.summary(report, seconds: seconds))
        if !report.isComplete { throw Exit.failed }
    }

    /// Whoever begins without a word is told what to say, not that a directory is missing which nobody named.
    private func checkDefault() throws {
        if (try? Path("Corpus").resolved()) == nil, (try? IndexStatus(index: index.path)) == nil {
            throw NothingToIndex()
        }
    }

    private func preview(_ indexer: Indexer, _ paths: [Path], _ input: ArticleInput?) throws {
        let preview = try indexer.preview(paths, adding: input)
        try StandardOutput().write(PreviewLines.bytes(preview, from: Path.workingDirectory()))
        preview.problems.forEach(StandardError.write)
        StandardError.write(PreviewLines.summary(preview))
        if !preview.isComplete { throw Exit.failed }
    }

    /// Follows the paths until a signal ends it.
    private func follow(_ indexer: Indexer, _ paths: [Path]) async throws {
        var isFirst = true
        try await indexer.watch(paths, until: Signals.interruption()) { event in
            switch event {
            case .updated(let report, let seconds):
                report.problems.forEach(StandardError.write)
                if isFirst {
                    StandardError.write(Self.summary(report, seconds: seconds))
                    StandardError.write("following \(Plural.count(paths.count, "path")) until interrupted")
                } else if let line = Self.line(report, seconds: seconds) {
                    StandardError.write(line)
                }
                isFirst = false
            case .failed(let error, let seconds):
                let wait = Decimals.string(seconds, places: 0)
                StandardError.write("suoyin: \(error); trying again in \(wait) s")
            }
        }
    }

    /// What one commit did, of a run that goes on; nil when nothing to speak of.
    private static func line(_ report: Indexer.Report, seconds: Double) -> String? {
        guard report.addedFiles + report.changedFiles + report.removedFiles + report.renamedFiles > 0 else {
            return nil
        }
        let renamed = report.renamedFiles > 0 ? ", \(report.renamedFiles) renamed" : ""
        return "+\(report.addedFiles) ~\(report.changedFiles) -\(report.removedFiles) files\(renamed), "
            + "\(Plural.count(report.articles, "article")); \(Int((seconds * 1000).rounded())) ms"
    }

    private static func summary(_ report: Indexer.Report, seconds: Double) -> String {
        let files = [
            (report.addedFiles, "added"), (report.changedFiles, "changed"), (report.renamedFiles, "renamed"),
            (report.removedFiles, "removed"),
            (report.unchangedFiles, "unchanged"),
        ]
        let input = report.input
        let articles = [(input.added, "added"), (input.changed, "changed"), (input.unchanged, "unchanged")]
        return
            "\(Plural.sum(files: files, ofInput: articles)); read \(Plural.count(report.articles, "article")) with "
            + "\(Plural.count(report.paragraphs, "paragraph")) in \(Decimals.string(seconds, places: 2)) s"
    }
}

/// There are neither arguments nor settings nor the default.
private struct NothingToIndex: Error, CustomStringConvertible {
    var description: String {
        "nothing to index: give files or directories, or paths in suoyin.toml; there is no directory Corpus here"
    }
}
