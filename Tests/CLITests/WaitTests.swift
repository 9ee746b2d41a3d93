import Storage
import TestSupport
import Testing

/// One process writes at a time. Others are told which, or wait for it.
@Suite("Waiting for another writer")
struct WaitTests {
    private let playground = Playground(Playground.articles)

    private final class Waiter {
        let output = ScratchFile()
        let errors = ScratchFile()
        let process: RunningTool

        init(_ arguments: [String], _ playground: Playground) {
            process = RunningTool(
                arguments.map { Array($0.utf8) }, in: playground.directory.path, input: ScratchFile().descriptor,
                output: output.descriptor, errors: errors.descriptor)
        }

        var errorText: String { String(decoding: errors.readAll(), as: UTF8.self) }

        /// Whether it says, before long, that it waits for that process.
        func waits(for holder: Int) -> Bool {
            for _ in 0..<4000 {
                if errorText.contains("waiting for process \(holder) to finish writing the index") { return true }
                pause(seconds: 0.005)
            }
            return false
        }
    }

    private func lock() throws -> any WriterLock {
        try PosixStorage(directory: Array(playground.directory.path(of: "Index").utf8), create: true).lock()
    }

    @Test(
        "every command that writes waits when told to, and goes on when the other one has ended",
        arguments: [
            ["index", "articles"], ["remove", "articles/none.txt"], ["merge"], ["reindex"], ["check", "--repair"],
        ])
    func waits(command: [String]) throws {
        playground.run("index", "articles")
        let before = playground.run("search", "清华大学").output
        var held: (any WriterLock)? = try lock()
        let refused = Tool.run(command.map { Array($0.utf8) }, in: playground.directory.path)
        #expect(refused.failed("is being written by process \(processID)", "or add --wait"))
        let waiter = Waiter(command + ["--wait"], playground)
        #expect(waiter.waits(for: processID))
        #expect(waiter.process.poll() == nil)
        withExtendedLifetime(held) {}
        held = nil
        let ending = waiter.process.wait(seconds: 60)
        // There is nothing to remove: status 1.
        #expect(ending == .status(command[0] == "remove" ? 1 : 0), "\(waiter.errorText)")
        #expect(playground.run("search", "清华大学").output == before)
    }

    @Test("waiting ends when the other process is killed")
    func killed() throws {
        playground.run("index", "articles")
        // It takes the lock, and is stopped before it lets it go.
        for number in 0..<300 { playground.write("清华大学第\(number)段\n", to: "articles/\(number).txt") }
        let holder = Waiter(["index", "articles"], playground)
        while String(decoding: playground.directory.read("Index/lock"), as: UTF8.self)
            != "\(holder.process.process)\n"
        {
            pause(seconds: 0.001)
        }
        holder.process.send(19)  // SIGSTOP
        let waiter = Waiter(["index", "articles", "--wait"], playground)
        #expect(waiter.waits(for: Int(holder.process.process)))
        holder.process.kill()
        _ = holder.process.wait()
        #expect(waiter.process.wait(seconds: 60) == .status(0))
        #expect(playground.places("第299段") == ["299.txt#1"])
    }

    @Test("an interrupt ends the waiting")
    func interrupted() throws {
        playground.run("index", "articles")
        let held = try lock()
        let waiter = Waiter(["index", "articles", "--wait"], playground)
        #expect(waiter.waits(for: processID))
        waiter.process.send(2)  // SIGINT
        #expect(waiter.process.wait(seconds: 60) == .signal(2))
        withExtendedLifetime(held) {}
        #expect(playground.run("check").ending == .status(0))
    }
}
