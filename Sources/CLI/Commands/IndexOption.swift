internal import ArgumentParser
internal import Model

/// Where the index is: `--index`, else `$SUOYIN_INDEX`, else `Index`.
struct IndexOption: ParsableArguments {
    @Option(
        name: .customLong("index"),
        help: ArgumentHelp("The index's directory (default: $SUOYIN_INDEX, else Index).", valueName: "dir"))
    var directory: Path?

    var path: Path { directory ?? Self.standard }

    /// Where it is unless told.
    static var standard: Path { Environment.bytes("SUOYIN_INDEX").map { Path(bytes: $0) } ?? Path("Index") }
}
