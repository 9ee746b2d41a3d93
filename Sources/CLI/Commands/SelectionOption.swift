internal import ArgumentParser
internal import Articles
internal import Model

/// Which files of directories are taken: `--include`, `--exclude`, `--no-ignore`, and the settings.
struct SelectionOption: ParsableArguments {
    @Option(
        name: .customLong("include"),
        help: ArgumentHelp(
            "Only files that GLOB matches, by name or, with a /, by path; repeatable, any counts.",
            valueName: "glob"))
    var include: [PathPattern] = []

    @Option(
        name: .customLong("exclude"),
        help: ArgumentHelp(
            "No files or directories that GLOB matches; repeatable, and counts before --include.", valueName: "glob"
        ))
    var exclude: [PathPattern] = []

    @Flag(name: .customLong("no-ignore"), help: "Pay no attention to .suoyinignore files.")
    var ignoresNothing = false

    var selection: FileSelection {
        var selection = Settings.selection
        selection.include += include
        selection.exclude += exclude
        selection.usesIgnoreFiles = !ignoresNothing
        return selection
    }
}

extension Settings {
    /// What the settings say of it.
    static var selection: FileSelection {
        FileSelection(include: current.include.map(\.value), exclude: current.exclude.map(\.value))
    }
}
