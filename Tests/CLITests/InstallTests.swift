import TestSupport
import Testing

@Suite("installing")
struct InstallTests {
    private static let script = projectRoot + "/.install/install"

    /// Runs the script with the program that was built for tests as its binary.
    private func install(_ arguments: String..., below directory: TemporaryDirectory) -> Tool.Result {
        // The program is what follows the launcher, and so the value of `--binary`.
        Tool.run(
            arguments.map { Array($0.utf8) }, in: directory.path, environment: ["PATH": "/usr/bin:/bin"],
            launcher: ["/usr/bin/env", "bash", Self.script, "--prefix", directory.path(of: "prefix"), "--binary"])
    }

    @Test("puts program and completions below a prefix, again over itself, and takes them away")
    func prefix() {
        let directory = TemporaryDirectory()
        directory.write("别人的\n".utf8, to: "prefix/share/doc/other/copyright")
        for _ in 0..<2 {
            let run = install(below: directory)
            #expect(run.ending == .status(0), "\(run.errorText)")
        }
        let completions = [
            "bash-completion/completions/suoyin", "zsh/site-functions/_suoyin",
            "fish/vendor_completions.d/suoyin.fish",
        ]
        for name in completions {
            let text = String(decoding: directory.read("prefix/share/" + name), as: UTF8.self)
            #expect(text.contains("suoyin") && text.contains("search"), "\(name)")
        }
        #expect(directory.exists("prefix/share/doc/suoyin/copyright"))
        let program = directory.path(of: "prefix/bin/suoyin")
        let version = Tool.run([], in: directory.path, launcher: ["/usr/bin/env", program, "--version", "--"])
        #expect(version.outputText == "0.1.0\n", "\(version.errorText)")
        #expect(install("--uninstall", below: directory).ending == .status(0))
        #expect(directory.names(in: "prefix/bin").isEmpty)
        for name in completions { #expect(!directory.exists("prefix/share/" + name)) }
        #expect(
            directory.exists("prefix/share/doc/other/copyright") && !directory.exists("prefix/share/doc/suoyin"))
    }

    @Test(
        "what the build says of itself goes to standard error, since a package's path is all that its maker prints")
    func build() {
        let directory = TemporaryDirectory()
        directory.write(
            """
            #!/bin/sh
            case "$*" in *--show-bin-path*) dirname "$SUOYIN" ;; *) echo Building for production... ;; esac

            """.utf8, to: "bin/swift")
        directory.setMode(0o755, of: "bin/swift")
        let prefix = directory.path(of: "prefix")
        let run = Tool.run(
            [], in: directory.path,
            environment: [
                "PATH": "/usr/bin:/bin", "SUOYIN": String(decoding: Tool.path, as: UTF8.self),
            ],
            launcher: [
                "/usr/bin/env", "PATH=\(directory.path(of: "bin")):/usr/bin:/bin", "bash", "-c",
                "exec \"$0\" --prefix \"$1\"", Self.script, prefix,
            ])
        #expect(run.ending == .status(0) && run.outputText.isEmpty, "\(run.outputText)")
        #expect(run.errorText.contains("Building for production..."))
        #expect(run.errorText.contains("\(prefix)/bin is not on PATH yet"))
        #expect(directory.exists("prefix/bin/suoyin"))
    }

    @Test("says what is wrong with its arguments", arguments: ["--destdir", "--what"])
    func arguments(argument: String) {
        let directory = TemporaryDirectory()
        let run = install(argument, below: directory)
        #expect(run.ending == .status(2) && run.errorText.contains(argument))
        #expect(!directory.exists("prefix"))
    }
}
