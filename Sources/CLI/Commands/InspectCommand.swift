internal import ArgumentParser
internal import Model
internal import Output
internal import Suoyin

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Report what files look like before they are indexed.",
        discussion: """
            For each file, and in sum: the encoding, how many articles and paragraphs there are, and with line numbers \
            what was not written by an author: glosses, torn words, stray tags, text that was decoded wrongly, \
            paragraphs that occur twice. The index is not touched.

              suoyin inspect articles
              suoyin inspect articles --json | jq -r 'select(.counts.misdecoded) | .path'
              scraper | suoyin inspect -

            What indexing leaves out is named on standard error, and with --json in lines of their own.
            """)

    @Argument(help: "Files and directories, and - for JSON lines on standard input.")
    var paths: [Path]

    @OptionGroup var encoding: EncodingOption
    @OptionGroup var selection: SelectionOption

    @Flag(help: "Print a JSON object a file with every finding, and one for the sum.")
    var json = false

    func run() throws {
        let inspector = try Inspector(findingLimit: json ? .max : InspectionPage.findingLimit)
        inspector.encodings = encoding.rules
        inspector.selection = selection.selection
        let output = StandardOutput()
        let directory = Path.workingDirectory()
        var sum = InspectionSum()
        var hasProblems = false
        func note(_ file: FileInspection) throws {
            var file = file
            file.path = file.path.shown(from: directory)
            sum.add(file)
            try output.write(json ? InspectionJSON.bytes(file) : InspectionPage.bytes(file))
            for problem in file.problems {
                if !problem.isWarning { hasProblems = true }
                StandardError.write(problem)
            }
        }
        func noteLeftOut(_ path: Path, _ exclusion: Exclusion) throws {
            LeftOut.note(path, exclusion)
            sum.addLeftOut()
            if json { try output.write(InspectionJSON.bytes(leftOut: path.shown(from: directory), by: exclusion)) }
        }
        for path in paths {
            do {
                if path == .standardInput {
                    try note(inspector.inspect(ArticleInput.standardInput()))
                    continue
                }
                if let (path, exclusion) = LeftOut.reason(path, selection.selection) {
                    try noteLeftOut(path, exclusion)
                }
                try inspector.inspect(path, leftOut: noteLeftOut, note)
            } catch let error where !(error is BrokenPipe || error is OutputError) {
                hasProblems = true
                StandardError.write("suoyin: \(error)")
            }
        }
        if sum.files > 0 { try output.write(json ? InspectionJSON.bytes(sum) : InspectionPage.bytes(sum)) }
        if hasProblems { throw Exit.failed }
        if sum.files == 0 {
            StandardError.write("nothing to inspect")
            throw Exit.none
        }
    }
}
