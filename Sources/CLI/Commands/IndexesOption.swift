internal import ArgumentParser
internal import Glibc
internal import Model

/// Which indexes to search as one: `--index`, repeated, else `$SUOYIN_INDEX`, else `Index`.
struct IndexesOption: ParsableArguments {
    @Option(
        name: .customLong("index"),
        help: ArgumentHelp(
            "The index's directory (default: $SUOYIN_INDEX, else Index); repeated, all of them are searched as one.",
            valueName: "dir"))
    var directories: [Path] = []

    func validate() throws {
        var seen: Set<[UInt8]> = []
        for directory in directories where !seen.insert(Self.realPath(directory)).inserted {
            throw ValidationError("--index \(directory.lossyString) is given twice; each hit would be, too")
        }
    }

    var paths: [Path] {
        directories.isEmpty
            ? [IndexOption.standard] : directories
    }

    /// The path without links; the path itself where there is nothing.
    private static func realPath(_ path: Path) -> [UInt8] {
        guard let real = unsafe path.withCString({ unsafe realpath($0, nil) }) else { return path.bytes }
        defer { unsafe free(real) }
        return unsafe Array(UnsafeRawBufferPointer(start: real, count: strlen(real)))
    }
}
