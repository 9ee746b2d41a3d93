import TestSupport

/// `suoyin index --watch`, at work.
///
/// Tests wait for what it says on standard error, never for a time to pass.
final class Following {
    let playground: Playground
    private let process: RunningTool
    private let errors = ScratchFile()
    /// Lines of standard error that have been waited for.
    private var taken = 0

    /// Starts it, and waits until it follows.
    init(_ playground: Playground, _ arguments: String..., environment: [String: String] = [:]) {
        self.playground = playground
        process = RunningTool(
            (["index", "--watch"] + arguments).map { Array($0.utf8) }, in: playground.directory.path,
            environment: environment, input: ScratchFile().descriptor, output: ScratchFile().descriptor,
            errors: errors.descriptor)
        _ = wait { $0.hasPrefix("following ") }
    }

    /// Writes a file at once, as far as anyone can see: half a file would be a commit of its own.
    func write(_ text: String, to name: String) {
        playground.write(text, to: "articles/.half")
        playground.directory.rename("articles/.half", to: "articles/" + name)
    }

    /// All lines of standard error so far.
    var lines: [String] {
        String(decoding: errors.readAll(), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The lines up to one that is as wanted, from where the last wait ended; nil when none comes in two minutes.
    func wait(until isWanted: (String) -> Bool) -> [String]? {
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline {
            let lines = lines
            if let index = lines[min(taken, lines.count)...].firstIndex(where: isWanted) {
                defer { taken = index + 1 }
                return Array(lines[taken...index])
            }
            pause(seconds: 0.005)
        }
        return nil
    }

    /// Whether commits come that add up to this, and to no more.
    func commits(added: Int = 0, changed: Int = 0, removed: Int = 0, renamed: Int = 0) -> Bool {
        var sum = (0, 0, 0, 0)
        repeat {
            guard let line = wait(until: { Self.commit($0) != nil })?.last, let commit = Self.commit(line) else {
                return false
            }
            sum = (sum.0 + commit.0, sum.1 + commit.1, sum.2 + commit.2, sum.3 + commit.3)
        } while sum.0 < added || sum.1 < changed || sum.2 < removed || sum.3 < renamed
        return sum == (added, changed, removed, renamed)
    }

    /// The counts in the line of a commit.
    private static func commit(_ line: String) -> (Int, Int, Int, Int)? {
        let pattern = #/\+(\d+) ~(\d+) -(\d+) files(, (\d+) renamed)?, \d+ articles?; \d+ ms/#
        guard let match = line.wholeMatch(of: pattern)?.output else { return nil }
        return (Int(match.1)!, Int(match.2)!, Int(match.3)!, match.5.map { Int($0)! } ?? 0)
    }

    func interrupt() { process.interrupt() }

    func end(seconds: Double = 120) -> Tool.Ending { process.wait(seconds: seconds) }

    func stop() -> Tool.Ending {
        process.terminate()
        return end()
    }

    /// Whether a search finds what a new index of the same directory does.
    func agrees(with directory: String, on query: String = "清华大学") -> Bool {
        playground.directory.remove("Anew")
        playground.run("index", directory, "--index", "Anew")
        func hits(_ index: String) -> [String] {
            playground.run("search", query, "--format", "tsv", "--limit", "0", "--index", index).outputLines
                .map {
                    $0.split(separator: "\t", omittingEmptySubsequences: false).dropFirst(2).joined(separator: "\t")
                }
                .sorted()
        }
        return hits("Index") == hits("Anew")
    }
}
