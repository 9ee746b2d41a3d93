internal import ArgumentParser
internal import Glibc
internal import Model
internal import Output

/// How text for people looks on a terminal: colours, links, lines and pages.
struct TerminalOption: ParsableArguments {
    enum Choice: String, CaseIterable, ExpressibleByArgument {
        case auto, always, never
    }

    @Option(parsing: .unconditional, help: "Colours in text. auto: on a terminal, unless $NO_COLOR is set.")
    var color = Choice.auto

    @Option(
        parsing: .unconditional,
        help: "Links from paths to files in text. auto: on a terminal, which shows them if it knows how (OSC 8).")
    var hyperlinks = Choice.auto

    @Flag(
        name: .customLong("no-pager"),
        help: "Do not show text that is longer than the terminal by $SUOYIN_PAGER, else $PAGER, else less -R.")
    var leavesPager = false

    /// The style of text on standard output.
    ///
    /// - Parameter neighbourLimit: see `TextStyle`.
    func style(neighbourLimit: Int = 0) -> TextStyle {
        var style = TextStyle(
            hasColour: color.holds(or: Environment.allowsColour), directory: Path.workingDirectory(),
            neighbourLimit: neighbourLimit)
        style.columns = StandardOutput().size?.columns ?? 0
        let isCapable = StandardOutput().isTerminal && !Environment.isDumbTerminal
        if hyperlinks.holds(or: isCapable) { style.linkHost = Self.hostName() }
        return style
    }

    /// Standard output for text, by way of a pager where that is wanted.
    func output(isText: Bool) -> PagedOutput {
        PagedOutput(rows: isText && !leavesPager && !Environment.isDumbTerminal ? StandardOutput().size?.rows : nil)
    }

    private static func hostName() -> [UInt8] {
        var name = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&name, name.count - 1) == 0 else { return [] }
        return name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    }
}

extension TerminalOption.Choice {
    /// What was chosen, or else what is right here.
    fileprivate func holds(or automatic: Bool) -> Bool {
        switch self {
        case .auto: automatic
        case .always: true
        case .never: false
        }
    }
}
