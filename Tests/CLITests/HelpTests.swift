import TestSupport
import Testing

@Suite("help, the manual page and completions")
struct HelpTests {
    private static let commands: [String] = {
        let help = Tool.run([Array("--help".utf8)], in: "/").outputText
        let list = help.components(after: "SUBCOMMANDS:")
        return list.compactMap { line in
            line.firstMatch(of: #/^  ([a-z]+)(\s|$)/#).map { String($0.output.1) }
        }
    }()

    private static func help(_ command: String) -> Tool.Result {
        Tool.run([command, "--help"].map { Array($0.utf8) }, in: "/")
    }

    private static func isThere(_ program: String) -> Bool { readFile(program) != nil }

    /// Runs a script of a shell in a directory of its own, with the program's path as its first argument.
    private static func run(_ shell: String, _ options: String..., script: String) -> Tool.Result {
        let directory = TemporaryDirectory()
        return Tool.run(
            [], in: directory.path,
            environment: ["PATH": "/usr/bin:/bin", "HOME": directory.path, "LC_ALL": "C.UTF-8"],
            launcher: [shell] + options + ["-c", script])
    }

    @Test("every command's help has an example")
    func examples() {
        #expect(Self.commands.count >= 14, "\(Self.commands)")
        for command in Self.commands {
            let help = Self.help(command)
            #expect(help.ending == .status(0) && help.outputText.contains("\n  suoyin \(command)"), "\(command)")
        }
    }

    @Test("what is asked of the program is answered the same wherever a command stands")
    func ofTheProgram() {
        func output(_ arguments: String...) -> Tool.Result { Tool.run(arguments.map { Array($0.utf8) }, in: "/") }
        let version = output("--version")
        #expect(version.outputText.hasSuffix("\n") && version.ending == .status(0))
        for command in Self.commands {
            #expect(output(command, "--version") == version, "\(command)")
            let help = output("help", command)
            #expect(output(command, "--help") == help && output(command, "-h") == help, "\(command)")
            #expect(help.outputText.contains("USAGE: suoyin \(command)"), "\(command)")
            let unknown = output(command, "--no-such-option")
            #expect(unknown.errorText.contains("Usage: suoyin \(command)"), "\(command)")
        }
        let completions = output("--generate-completion-script", "bash")
        #expect(completions.outputText.contains("suoyin"))
        #expect(output("search", "x", "--generate-completion-script", "bash") == completions)
        let unknown = output("help", "no-such-command")
        #expect(unknown.failed("no command is called no-such-command"))
        #expect(output("help").outputText == output("--help").outputText)
        // Behind -- it is a query.
        #expect(output("search", "--index", "/nowhere", "--", "--help").ending == .status(2))
    }

    @Test("the manual page says of each command and option what its help does, and is good roff")
    func manual() throws {
        let playground = Playground()
        let page = playground.run("manual")
        #expect(page.ending == .status(0))
        for command in Self.commands {
            let section = try #require(
                page.outputText.split(separator: ".S").first { $0.hasPrefix("S suoyin \(command)\n") }, "\(command)"
            )
            for option in Self.help(command).outputText.matches(of: #/(?m)^  (?:-\w, )?(--[a-z-]+)/#).map(
                \.output.1)
            {
                if option == "--version" { continue }
                #expect(section.contains("\\fB\(option.replacing("-", with: "\\-"))\\fR"), "\(command) \(option)")
            }
        }
        #expect(!page.outputText.contains(".SS suoyin manual"))
    }

    @Test("mandoc has nothing to say of the page", .enabled(if: isThere("/usr/bin/mandoc"), "there is no mandoc"))
    func lint() {
        let playground = Playground()
        playground.directory.write(playground.run("manual").output, to: "suoyin.1")
        let lint = Tool.run(
            [], in: playground.directory.path, launcher: ["/bin/sh", "-c", "mandoc -Tlint -Wwarning suoyin.1"])
        // The page has no date: the version says which it is of.
        let said = lint.outputLines.filter { !$0.contains("missing date") }
        #expect(said.isEmpty && lint.outputLines.count == 1, "\(said)")
    }

    @Test("completions load in bash and know the commands")
    func bash() {
        let result = Self.run(
            "/bin/bash", "--norc",
            script: "source <(\"$0\" --generate-completion-script bash) && complete -p suoyin")
        #expect(result.ending == .status(0) && result.outputText.contains("suoyin"), "\(result.errorText)")
    }

    @Test("completions load in zsh", .enabled(if: isThere("/usr/bin/zsh"), "there is no zsh"))
    func zsh() {
        let script = """
            "$0" --generate-completion-script zsh >_suoyin && fpath=($PWD $fpath) && autoload -Uz compinit &&
            compinit -u -D && autoload +X _suoyin && echo $_comps[suoyin]
            """
        let result = Self.run("/usr/bin/zsh", "-f", script: script)
        #expect(result.ending == .status(0) && result.outputText == "_suoyin\n", "\(result.errorText)")
    }

    @Test(
        "completions load in fish and give the commands", .enabled(if: isThere("/usr/bin/fish"), "there is no fish")
    )
    func fish() {
        // fish gives scripts no $0.
        let program = String(decoding: Tool.path, as: UTF8.self)
        let result = Self.run(
            "/usr/bin/fish", "--no-config",
            script: "'\(program)' --generate-completion-script fish | source; complete -C 'suoyin sea'")
        #expect(result.ending == .status(0) && result.outputText.hasPrefix("search"), "\(result)")
    }
}

extension String {
    /// The lines behind one.
    fileprivate func components(after line: String) -> [Substring] {
        Array(split(separator: "\n", omittingEmptySubsequences: false).drop { $0 != line }.dropFirst())
    }
}
