internal import ArgumentParser
internal import Model

/// Where the index is: `--index`, else `$SUOYIN_INDEX`, else `Index`.
struct IndexOption: ParsableArguments {
    @Option(
        name: .customLong("index"),
        help: ArgumentHelp("The index's directory (default: $SUOYIN_INDEX, else Index).", valueName: "dir"))
    var directory: Path?

    var path: Path { directory ?? Environment.bytes("SUOYIN_INDEX").map { Path(bytes: $0) } ?? Path("Index") }

    /// Whether somebody said where the index is.
    var isNamed: Bool { directory != nil || Environment.bytes("SUOYIN_INDEX") != nil }
}
