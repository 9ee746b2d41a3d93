internal import ArgumentParser
internal import Model

/// Files named by another program: `--files-from`.
struct FileListOption: ParsableArguments {
    @Option(
        name: .customLong("files-from"),
        help: ArgumentHelp(
            """
            Take the paths from FILE, a line each; - for standard input. A file that is in the index keeps its id, and of a \
            new one that is its path from here.
            """, valueName: "file"))
    var list: Path?

    @Flag(
        name: [.customShort("0"), .long],
        help: "With --files-from: paths end with a NUL, as find -print0 writes them.")
    var null = false

    func validate() throws {
        if null, list == nil { throw ValidationError("--null goes with --files-from: it says how paths end there") }
    }

    /// The paths listed; nil where there is no list.
    func paths() throws -> [Path]? {
        guard let list else { return nil }
        var reader = try LineReader(list, separator: null ? 0 : 0x0A)
        var paths: [Path] = []
        while let line = try reader.next() {
            var name = Array(line)
            // Lists of programs that end lines with both.
            if !null, name.last == 0x0D { name.removeLast() }
            if !name.isEmpty { paths.append(Path(bytes: name)) }
        }
        return paths
    }
}
