import TestSupport
import Testing

@Suite("a run that is interrupted")
struct InterruptionTests {
    /// Enough for some seconds of work; a few lines in another version.
    private static func write(_ playground: Playground, lines: Int = 60_000, version: Int) {
        let text = (0..<lines).map { #"{"id":"\#($0)","text":"标记第\#(version)版第\#($0)篇，信息流产品与团队在清华大学。"}"# }
        playground.write(text.joined(separator: "\n") + "\n", to: "articles/多.jsonl")
    }

    private func start(_ playground: Playground, errors: ScratchFile) -> RunningTool {
        RunningTool(
            ["index", "articles"].map { Array($0.utf8) }, in: playground.directory.path,
            input: ScratchFile().descriptor, output: ScratchFile().descriptor, errors: errors.descriptor)
    }

    /// Waits until the run has begun to write a segment: signals are asked after from before then.
    private func waitForWork(_ playground: Playground, beyond known: Set<String>) -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            let names = playground.directory.names(in: "Index").filter { $0.hasPrefix("segment-") }
            if !Set(names).isSubset(of: known) { return true }
            pause(seconds: 0.001)
        }
        return false
    }

    @Test(
        "SIGINT and SIGTERM leave the last commit and nothing else, and a second run goes on",
        arguments: [2, 15] as [Int32])
    func interrupted(signal: Int32) throws {
        let playground = Playground()
        Self.write(playground, lines: 20, version: 1)
        #expect(playground.run("index", "articles").ending == .status(0))
        let names = playground.directory.names(in: "Index")
        Self.write(playground, version: 2)

        let errors = ScratchFile()
        let process = start(playground, errors: errors)
        try #require(waitForWork(playground, beyond: Set(names)))
        process.send(signal)
        #expect(process.wait(seconds: 20) == .signal(signal))
        let said = String(decoding: errors.readAll(), as: UTF8.self)
        #expect(said == "suoyin: interrupted; the index is as it was before this run\n")
        #expect(playground.directory.names(in: "Index") == names)
        #expect(playground.run("search", "标记第1版", "--mode", "exact", "-c").outputText == "20\n")
        #expect(playground.run("check").ending == .status(0))

        Self.write(playground, lines: 500, version: 2)
        #expect(playground.run("index", "articles").ending == .status(0))
        #expect(playground.run("search", "标记第2版", "--mode", "exact", "-c").outputText == "500\n")
        #expect(playground.run("search", "标记第1版", "--mode", "exact", "-c").outputText == "0\n")
    }

    @Test("interrupted in its first run, it leaves no index")
    func first() throws {
        let playground = Playground()
        Self.write(playground, version: 1)
        let process = start(playground, errors: ScratchFile())
        try #require(waitForWork(playground, beyond: []))
        process.interrupt()
        #expect(process.wait(seconds: 20) == .signal(2))
        #expect(playground.directory.names(in: "Index").filter { $0 != "lock" && $0 != "no-commit-yet" }.isEmpty)
        #expect(playground.run("search", "标记").failed("no index"))
    }
}
