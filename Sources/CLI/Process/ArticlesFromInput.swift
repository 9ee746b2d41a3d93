internal import ArgumentParser
internal import Glibc
internal import Model
internal import Suoyin

extension [Path] {
    /// Whether `-` is among paths given on the command line.
    var nameStandardInput: Bool { contains(.standardInput) }

    /// The others.
    var ofFiles: [Path] { filter { $0 != .standardInput } }
}

extension ArticleInput {
    /// Standard input, for a command that reads articles from it. Whoever is asked to type them is told.
    static func standardInput() throws -> ArticleInput {
        // Where it is closed, something of the runtime may have its number: no file, pipe, device or socket.
        var status = stat()
        guard unsafe fstat(STDIN_FILENO, &status) == 0, status.st_mode & S_IFMT != 0 else { throw ClosedInput() }
        if isatty(STDIN_FILENO) == 1 {
            StandardError.write(
                "suoyin: reading articles from the terminal, a JSON object a line; Ctrl-D ends them")
        }
        return .descriptor(STDIN_FILENO)
    }

    private struct ClosedInput: Error, CustomStringConvertible {
        var description: String { "- stands for standard input, which is closed" }
    }
}
