import TestSupport

/// A terminal of tmux, with a shell in it that runs one command.
final class Tmux {
    private static let program = ["/usr/bin/tmux", "/usr/local/bin/tmux"].first { readFile($0) != nil }

    static var isInstalled: Bool { program != nil }

    private let playground: Playground
    /// Of the server, which is this terminal's alone, and of its script.
    private let scratch = TemporaryDirectory()

    /// Starts the command: what follows `suoyin `, for the shell. When it has ended, `ended N` says with which status.
    init(
        _ playground: Playground, columns: Int, rows: Int, _ arguments: String, environment: [String: String] = [:]
    ) {
        self.playground = playground
        let settings = environment.map { "\($0.key)='\($0.value)' " }.joined()
        let program = String(decoding: Tool.path, as: UTF8.self)
        // An interrupt is for the command and not for the shell.
        let script = "trap : INT\n\(settings)'\(program)' \(arguments)\necho ended $?\nread end\n"
        scratch.write(script.utf8, to: "run.sh")
        tmux("-u -f /dev/null new-session -d -x \(columns) -y \(rows) 'sh \(scratch.path)/run.sh'")
    }

    deinit { tmux("kill-server") }

    /// What the screen shows, once that is as wanted; nil when it is not within half a minute.
    ///
    /// - Parameter isColoured: whether colours are told by the escape sequences of terminals.
    func screen(isColoured: Bool = false, until isWanted: (String) -> Bool) -> String? {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            let shown = tmux(isColoured ? "capture-pane -p -e" : "capture-pane -p")
            if isWanted(shown) { return shown }
            pause(seconds: 0.02)
        }
        return nil
    }

    func type(_ keys: String) { tmux("send-keys \(keys)") }

    @discardableResult
    private func tmux(_ command: String) -> String {
        Tool.run(
            [], in: playground.directory.path,
            environment: ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "TERM": "xterm-256color"],
            launcher: ["/bin/sh", "-c", "\(Self.program ?? "tmux") -S '\(scratch.path)/socket' \(command)"]
        ).outputText
    }
}
