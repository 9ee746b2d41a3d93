internal import ArgumentParser
internal import Model

/// Where the index is: `--index`, else `$SUOYIN_INDEX`, else what `suoyin.toml` says, else `Index`.
struct IndexOption: ParsableArguments {
    @Option(
        name: .customLong("index"),
        help: ArgumentHelp(
            "The index's directory (default: $SUOYIN_INDEX, else that of suoyin.toml, else Index).",
            valueName: "dir"))
    var directory: Path?

    var path: Path { directory ?? Self.standard }

    /// Where it is unless told.
    static var standard: Path { Settings.current.index?.value ?? Path("Index") }

    /// Whether somebody said where the index is.
    var isNamed: Bool { directory != nil || Settings.current.index != nil }
}
