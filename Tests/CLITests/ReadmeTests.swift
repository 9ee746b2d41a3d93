import TestSupport
import Testing

/// The README's examples, run: what it shows is what the tool prints.
@Suite("The README's examples")
struct ReadmeTests {
    private struct Example {
        var command: [String]
        /// What is typed into it: the lines behind `< `.
        var input = ""
        var shown = ""
    }

    /// Commands of the `console` blocks with what is shown after each; those in a pipe are for people to try.
    private static let examples: [Example] = {
        let readme = readFile(projectRoot + "/README.md").map { String(decoding: $0, as: UTF8.self) } ?? ""
        var examples: [Example] = []
        var isConsole = false
        var isShown = false
        for line in readme.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isConsole = line == "```console"
                isShown = false
            } else if isConsole, line.hasPrefix("$ ") {
                isShown = line.hasPrefix("$ suoyin ") && !line.contains("|")
                if isShown { examples.append(Example(command: words(line.dropFirst(9)))) }
            } else if isShown, line.hasPrefix("< ") {
                examples[examples.count - 1].input += line.dropFirst(2) + "\n"
            } else if isShown {
                examples[examples.count - 1].shown += line + "\n"
            }
        }
        return examples
    }()

    /// The words of a command line; single quotes keep spaces.
    private static func words(_ line: Substring) -> [String] {
        line.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap { index, part in
            index.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
        }
    }

    @Test("print what it shows")
    func examples() {
        let directory = TemporaryDirectory()
        func run(_ arguments: [String], input: String = "") -> Tool.Result {
            Tool.run(
                arguments.map { Array($0.utf8) }, in: projectRoot,
                environment: ["SUOYIN_INDEX": directory.path(of: "index")], input: Array(input.utf8))
        }
        #expect(run(["index"]).ending == .status(0))
        #expect(Self.examples.count >= 4)
        for example in Self.examples {
            let result = run(example.command, input: example.input)
            #expect(result.ending == .status(0))
            #expect(result.outputText + result.errorText == example.shown, "\(example.command)")
        }
    }
}
