internal import ArgumentParser
internal import JSON

struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the manual page, made from what --help says of each command.",
        discussion: """
              suoyin manual >suoyin.1
              suoyin manual | man -l -
            """,
        shouldDisplay: false)

    func run() throws {
        let help = try JSONDocument(Array(SuoyinCommand._dumpHelp().utf8)).value
        let page = ManualPage(help["command"] ?? .null, version: SuoyinCommand.version)
        try StandardOutput().write(Array(page.text.utf8))
    }
}
