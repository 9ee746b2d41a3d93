import TestSupport
import Testing

@Suite("pipes, terminals and full disks")
struct StreamTests {
    private static let playground: Playground = {
        let playground = Playground([("一.txt", "清华大学\n")])
        let lines = (0..<2000).map { "清华大学第\($0)段，说的是信息流产品与团队的事" }
        playground.write(lines.joined(separator: "\n"), to: "多.txt")
        playground.run("index", "一.txt", "--index", "one")
        playground.run("index", "多.txt", "--index", "many")
        return playground
    }()

    /// Runs the program with `output` as its standard output.
    private func run(
        _ arguments: [String], output: Descriptor, environment: [String: String] = [:], during: () -> Void = {}
    ) -> (ending: Tool.Ending, errors: String) {
        let errors = ScratchFile()
        let process = RunningTool(
            arguments.map { Array($0.utf8) }, in: Self.playground.directory.path, environment: environment,
            input: ScratchFile().descriptor, output: output, errors: errors.descriptor)
        during()
        return (process.wait(), String(decoding: errors.readAll(), as: UTF8.self))
    }

    private static let printing: [[String]] = [
        ["search", "清华", "--index", "many"], ["search", "清华", "--index", "many", "--format", "jsonl", "-n", "0"],
        ["status", "--index", "one"], ["check", "--index", "one"], ["tokenize", "清华"], ["--help"], ["--version"],
    ]

    @Test("a reader that is gone is not an error", arguments: printing)
    func closedPipe(arguments: [String]) throws {
        let pipe = Pipe()
        pipe.closeReading()
        let result = run(arguments, output: try #require(pipe.writing))
        #expect(result.ending == .status(0) && result.errors.isEmpty, "\(result)")
    }

    @Test("a reader that leaves in the middle is not an error", arguments: ["text", "jsonl", "tsv", "trec"])
    func leavingReader(format: String) throws {
        let pipe = Pipe()
        // More than a pipe holds, so that the program is writing when the reader goes.
        let result = run(
            ["search", "清华", "--index", "many", "-n", "0", "--format", format],
            output: try #require(pipe.writing),
            during: {
                pipe.closeWriting()
                #expect(!pipe.read(10).isEmpty)
                pipe.closeReading()
            })
        #expect(result.ending == .status(0) && result.errors.isEmpty, "\(result)")
    }

    @Test(
        "output that cannot be written is an error",
        arguments: printing.filter { $0.first?.hasPrefix("--") == false })
    func fullDisk(arguments: [String]) {
        let result = run(arguments, output: Descriptor(writing: "/dev/full"))
        #expect(result.ending == .status(2))
        #expect(result.errors.contains("suoyin: cannot write standard output: No space left on device"))
    }

    /// What a search prints on a terminal, with LF for its line ends.
    private func onTerminal(
        _ arguments: String..., links: String = "never", environment: [String: String]
    ) -> String {
        let terminal = PseudoTerminal()
        let result = run(
            ["search", "清华", "--hyperlinks", links] + arguments, output: terminal.terminal, environment: environment
        )
        #expect(result.ending == .status(0))
        #expect(!result.errors.contains("\u{1B}"), "standard error is no terminal")
        return String(decoding: terminal.readAll(), as: UTF8.self).replacing("\r\n", with: "\n")
    }

    @Test("on a terminal there are colours, unless NO_COLOR or the terminal says no")
    func colours() {
        let plain = Self.playground.run("search", "清华", "--index", "one").outputText
        #expect(!plain.contains("\u{1B}") && plain.contains("清华大学"))
        let coloured = onTerminal("--index", "one", environment: ["TERM": "xterm"])
        #expect(coloured.contains("\u{1B}[1;31m清华\u{1B}[0m大学"))
        #expect(coloured.replacing(#/\x{1B}\[[0-9;]*m/#, with: "") == plain)
        #expect(onTerminal("--index", "one", environment: ["TERM": "xterm", "NO_COLOR": "1"]) == plain)
        #expect(onTerminal("--index", "one", environment: ["TERM": "dumb"]) == plain)
        // See no-color.org: set to nothing, it says nothing.
        #expect(onTerminal("--index", "one", environment: ["TERM": "xterm", "NO_COLOR": ""]) == coloured)
    }

    @Test(
        "formats for programs are the same on a terminal", arguments: ["jsonl", "tsv", "trec", "paths", "vimgrep"])
    func programFormats(format: String) {
        let shown = onTerminal("--index", "one", "--format", format, environment: ["TERM": "xterm"])
        #expect(shown == Self.playground.run("search", "清华", "--index", "one", "--format", format).outputText)
    }
}
