internal import ArgumentParser
internal import Model
internal import Output
internal import Suoyin

/// The forms in which verdicts are printed.
enum CitationFormat: String, CaseIterable, ExpressibleByArgument {
    case text, jsonl
}

struct CiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cite",
        abstract: "Check that cited paragraphs still stand in their files.",
        discussion: """
            Reads hits, as `suoyin search --format jsonl` prints them, and compares each with its file as it is now, not with \
            the index: it holds where the same bytes still give the same text, has moved where the text stands elsewhere in the \
            article, has changed where something like it does, else it is gone. Lines of other types are passed over.

              suoyin search 竞业协议 --format jsonl > notes.jsonl
              suoyin cite --check notes.jsonl
              suoyin cite --check notes.jsonl --format jsonl | jq -c 'select(.status != "holds")'

            Paths are relative to the working directory. Exit status: 0 all hold or have moved, 1 some have changed or are \
            gone, 2 an error.
            """)

    @Option(
        name: .customLong("check"), help: ArgumentHelp("A file of hits; - for standard input.", valueName: "file"))
    var file: Path

    @Option(parsing: .unconditional, help: "The form of the output.")
    var format = CitationFormat.text

    @OptionGroup var encoding: EncodingOption

    @OptionGroup var index: IndexOption

    func run() throws {
        let bytes =
            try file.bytes == [UInt8(ascii: "-")] ? InputFile.standardInput() : InputFile.read(file)
        var hasProblems = false
        let lines = CitationLines.read(bytes) { line, error in
            hasProblems = true
            StandardError.write("suoyin: line \(line): \(error)")
        }
        var checker = try CitationChecker(index: index.path, isOptional: !index.isNamed)
        checker.encodings = encoding.rules
        let verdicts = checker.check(lines.map(\.citation)) { StandardError.write($0) }
        let output = StandardOutput()
        var counts: [String: Int] = [:]
        for (line, verdict) in zip(lines, verdicts) {
            counts[verdict.name, default: 0] += 1
            try output.write(
                format == .jsonl ? CitationJSON.bytes(line, verdict) : CitationPage.bytes(line.citation, verdict))
        }
        if format == .text { StandardError.write(CitationPage.sum(counts, of: lines.count)) }
        if hasProblems || counts["unread"] != nil { throw Exit.failed }
        if counts["changed"] != nil || counts["gone"] != nil { throw Exit.none }
    }
}
