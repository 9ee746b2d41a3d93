import Articles
import Model
import Testing

@Suite("Other programs")
struct ChildProcessTests {
    private func run(_ script: String, seconds: Double = 30, limit: Int = 1 << 20) throws -> ChildProcess.Outcome {
        try ChildProcess.run(
            Path("/bin/sh"), ["-c", script].map { Array($0.utf8) }, timeLimit: .seconds(seconds), outputLimit: limit
        )
    }

    @Test("output and errors are told apart, and so is how it ended")
    func endings() throws {
        let outcome = try run("echo 甲; echo 乙 >&2; exit 3")
        #expect(outcome.output == Array("甲\n".utf8) && outcome.errors == Array("乙\n".utf8))
        #expect(outcome.ending == .exited(3))
        #expect(try run("kill -9 $$").ending == .signalled(9))
        #expect(try run("cat").output.isEmpty, "standard input is empty")
    }

    @Test("more than a pipe holds comes through, on both streams at once")
    func large() throws {
        let script = "i=0; while [ $i -lt 20000 ]; do echo 0123456789; echo 0123456789 >&2; i=$((i+1)); done"
        let outcome = try run(script)
        #expect(outcome.output.count == 220_000)
        #expect(outcome.errors.count == 1 << 14, "only the beginning is kept")
        #expect(outcome.ending == .exited(0))
    }

    @Test("one that takes too long is ended, whether it is silent, talks, or has closed its output")
    func slow() throws {
        let clock = ContinuousClock()
        for script in ["exec sleep 60", "while :; do echo 甲; sleep 0.01; done", "exec >&- 2>&-; exec sleep 60"] {
            let start = clock.now
            #expect(try run(script, seconds: 0.3).ending == .tookTooLong)
            #expect(clock.now - start < .seconds(30))
        }
    }

    @Test("one that writes too much is ended")
    func talkative() throws {
        let outcome = try run("exec cat /dev/zero", limit: 100_000)
        #expect(outcome.ending == .wroteTooMuch)
        #expect(outcome.output.count < 1 << 20)
    }

    @Test("what is not there cannot be run, and is not found")
    func missing() {
        #expect(throws: ChildProcess.Failure.self) {
            try ChildProcess.run(Path("/nowhere/at-all"), [], timeLimit: .seconds(1), outputLimit: 1)
        }
        #expect(ChildProcess.find("suoyin-no-such-program") == nil)
        #expect(ChildProcess.find("sh") != nil)
    }
}
