internal import ArgumentParser
internal import Suoyin

/// What files are encoded in, where that is not to be found out: `--encoding`.
struct EncodingOption: ParsableArguments {
    @Option(
        name: .customLong("encoding"),
        help: ArgumentHelp(
            "Read the files that GLOB matches in this encoding; repeatable, the last match counts.",
            valueName: "glob=name"),
        transform: { try EncodingRule(parsing: Arguments.bytes($0)) })
    var given: [EncodingRule] = []

    /// Those of the settings, then those given, which count before them.
    var rules: [EncodingRule] { Settings.current.encodings.map(\.value) + given }
}
