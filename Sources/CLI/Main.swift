internal import ArgumentParser

/// The program `suoyin`.
@main
struct Main {
    static func main() async {
        Signals.arrange()
        do {
            let arguments = Arguments.decoded()
            if let unknown = UnknownCommand(arguments) { throw unknown }
            var command = try parse(arguments)
            // Not for help, which must come whatever stands in a file.
            if SuoyinCommand.configuration.subcommands.contains(where: { $0 == type(of: command) }) {
                _ = try Settings.loaded.get()
            }
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
        } catch let exit as Exit {
            exit.leave()
        } catch is BrokenPipe {
            // Whoever read the output has had enough.
            Exit.found.leave()
        } catch {
            if SuoyinCommand.exitCode(for: error).isSuccess {
                // Help or version was asked for.
                try? StandardOutput().write(Array((SuoyinCommand.message(for: error) + "\n").utf8))
                Exit.found.leave()
            }
            StandardError.write(lines: Self.message(for: error))
            Exit.failed.leave()
        }
    }

    /// The command that arguments ask for.
    ///
    /// On its way from the root to a command the parser puts the command's options together four times, by reflection, and twice
    /// where the command is the root: a millisecond of each search. What fails so, or asks for help, goes the long way, for
    /// messages that know the whole of it; it is parsed twice then, and no command's `validate` may do anything but look.
    private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
        for type in SuoyinCommand.configuration.subcommands
        where type.configuration.commandName == arguments.first {
            let command = try? type.parseAsRoot(Array(arguments.dropFirst()))
            if let command, Swift.type(of: command) == type { return command }
        }
        return try SuoyinCommand.parseAsRoot(arguments)
    }

    /// What the parser says of arguments, or the error in its own words.
    private static func message(for error: any Error) -> [Substring] {
        var text = SuoyinCommand.fullMessage(for: error)
        if text.contains("Unknown option") { text += "\nA query or path that begins with - goes after --." }
        if text.hasPrefix("Error: ") { text.removeFirst("Error: ".count) }
        return ("suoyin: " + text).split(separator: "\n", omittingEmptySubsequences: false)
    }
}

struct SuoyinCommand: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "suoyin",
        abstract: "Full-text search for Chinese articles.",
        discussion: """
            Index a directory once, then search it by keyword:

              suoyin index Corpus
              suoyin search 字节跳动

            Exit status: 0 something was found, 1 nothing was found, 2 an error.
            """,
        version: version,
        subcommands: [
            IndexCommand.self, SearchCommand.self, ShowCommand.self, ListCommand.self, CiteCommand.self,
            StatusCommand.self, CheckCommand.self, RemoveCommand.self,
            MergeCommand.self, ReindexCommand.self, SnapshotCommand.self, InspectCommand.self, TokenizeCommand.self,
            WhyCommand.self, MCPCommand.self, ManualCommand.self,
        ])
}

/// The first argument is no command: mistyped, or a query that wants `search` before it. The parser calls it unexpected.
private struct UnknownCommand: Error, CustomStringConvertible {
    private let name: String

    init?(_ arguments: [String]) {
        // Of `help x` it is the x.
        let name = arguments.first == "help" ? arguments.dropFirst().first : arguments.first
        guard let name, !name.hasPrefix("-"), name != "help",
            !SuoyinCommand.configuration.subcommands.contains(where: { $0.configuration.commandName == name })
        else { return nil }
        self.name = name
    }

    var description: String { "no command is called \(name); `suoyin --help` lists them" }
}
