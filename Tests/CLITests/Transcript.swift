import TestSupport
import Testing

/// Commands with all they print, compared with a file of the folder `Snapshots`.
///
/// What differs from run to run or machine to machine is replaced by `#`. With `SUOYIN_RECORD=1` the files are
/// written anew; the change is then read like any other.
struct Transcript {
    let playground: Playground
    private(set) var text = ""

    init(_ playground: Playground) { self.playground = playground }

    /// Runs a command and adds it to the transcript.
    mutating func run(_ arguments: String..., environment: [String: String] = [:], input: String = "") {
        run(arguments: arguments, environment: environment, input: input)
    }

    mutating func run(arguments: [String], environment: [String: String] = [:], input: String = "") {
        let result = Tool.run(
            arguments.map { Array($0.utf8) }, in: playground.directory.path, environment: environment,
            input: Array(input.utf8))
        let settings = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value) " }.joined()
        text += "$ \(settings)suoyin \(arguments.map(Self.quoted).joined(separator: " "))\n"
        for line in input.split(separator: "\n") { text += "< \(line)\n" }
        text += Self.lines(result.outputText)
        text += Self.lines(result.errorText).split(separator: "\n").map { "! \($0)\n" }.joined()
        switch result.ending {
        case .status(let code): text += "= \(code)\n\n"
        case .signal(let number): text += "= signal \(number)\n\n"
        case .timeout: text += "= timeout\n\n"
        }
    }

    /// Compares with the file called `name`, or writes it.
    func compare(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let found = Self.masked(text.replacing(playground.directory.path, with: "#"))
        let path = Self.folder + name + ".txt"
        if environment("SUOYIN_RECORD") == "1" { _ = writeFile(found.utf8, to: Array(path.utf8)) }
        let expected = readFile(path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard found != expected else { return }
        let (foundLines, expectedLines) = (Self.split(found), Self.split(expected))
        let first = zip(foundLines, expectedLines).first { $0.0 != $0.1 }
        Issue.record(
            """
            \(name).txt differs; SUOYIN_RECORD=1 records it anew. First difference:
            found    \(first?.0 ?? "")
            expected \(first?.1 ?? "")
            All that was found:
            \(found)
            """, sourceLocation: sourceLocation)
    }

    private static let folder = projectRoot + "/Tests/CLITests/Snapshots/"

    private static func split(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) + [""] }

    private static func quoted(_ argument: String) -> String {
        let needsQuotes = argument.isEmpty || argument.contains { " \"\n\t'".contains($0) }
        return needsQuotes ? "'\(argument)'" : argument
    }

    /// The text, with a mark where the last line does not end.
    private static func lines(_ text: String) -> String {
        text.isEmpty || text.hasSuffix("\n") ? text : text + "∎\n"
    }

    /// Times, sizes, versions of ICU and Unicode, and the number of a commit: a run that finds nothing changed may
    /// commit a time it can trust now.
    private static func masked(_ text: String) -> String {
        text.replacing(#/in \d+\.\d\d s/#, with: "in # s")
            .replacing(#/(?<label>size +)\d+\.\d\d MB/#) { "\($0.output.label)# MB" }
            .replacing(#/(?<label>commit +)\d+/#) { "\($0.output.label)#" }
            .replacing(#/(?<files>\d+ files), \d+ bytes/#) { "\($0.output.files), # bytes" }
            .replacing(
                #/bytes \d+ to \d+ have checksum [0-9a-f]+, expected [0-9a-f]+/#,
                with: "bytes # to # have checksum #, expected #"
            )
            .replacing(#/icu-[\d.]+ unicode-[\d.]+/#, with: "icu-# unicode-#")
    }
}
