import JSON
import Model
import Synchronization
import TestSupport
import Testing

@testable import MCP

@Suite("MCP servers")
struct ServerTests {
    /// Runs a server over input cut into pieces, and gives the lines it writes.
    private func run(
        _ pieces: [[UInt8]], ending: MCPServer.Input = .end, write: (([UInt8]) throws -> Void)? = nil
    ) throws -> [JSONValue?] {
        let rest = Mutex(pieces[...])
        let server = MCPServer(index: Path("/nowhere"), directory: nil, version: "0")
        var output: [UInt8] = []
        try server.run(
            read: { rest.withLock { $0.popFirst() }.map { .bytes($0) } ?? ending },
            write: { bytes in
                try write?(bytes)
                output += bytes
            })
        let lines = output.split(separator: 0x0A, omittingEmptySubsequences: false)
        #expect(lines.last?.isEmpty == true)
        return lines.dropLast().map { try? JSONDocument(Array($0)).value }
    }

    private func ping(_ id: JSONValue) -> [UInt8] { Conversation.message("ping", id: id).bytes + [0x0A] }

    @Test("lines are put together, however they come in", arguments: Seed.first(20))
    func pieces(seed: Seed) throws {
        var random = seed.generator()
        var input: [UInt8] = []
        for number in 1...50 { input += ping(.number(number)) + (random.once(in: 5) ? [0x0D, 0x0A] : []) }
        if random.once(in: 2) { input.removeLast() }
        var pieces: [[UInt8]] = []
        while !input.isEmpty {
            let count = min(input.count, 1 + random.below(100))
            pieces.append(Array(input[..<count]))
            input.removeFirst(count)
        }
        #expect(try run(pieces).map { $0?["id"]?.integer } == Array(1...50))
    }

    @Test("a line that is too long is one error, and the next is read again")
    func longLines() throws {
        let long = [UInt8](repeating: 0x20, count: LineSplitter.limit - 1)
        let piece = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        let input = [ping(1), long + [0x0A]] + (0..<30).map { _ in piece } + [[0x0A] + ping(2)]
        let replies = try run(input)
        #expect(replies.map { $0?["id"] } == [1, .null, 2])
        #expect(replies[1]?.errorCode == -32700)
        #expect(replies[1]?["error"]?["message"]?.string?.contains("\(LineSplitter.limit) bytes at most") == true)
    }

    @Test("more requests than may wait are all answered, in order")
    func flood() throws {
        let input = (1...5000).map { ping(.number($0)) }
        #expect(try run(input).map { $0?["id"]?.integer } == Array(1...5000))
    }

    @Test("an interruption ends it, and whole lines have been written")
    func interruption() throws {
        let replies = try run((1...100).map { ping(.number($0)) }, ending: .interruption)
        #expect(replies.map { $0?["id"]?.integer } == Array((1...100).prefix(replies.count)))
    }

    @Test("output that cannot be written ends it with the reason")
    func brokenOutput() {
        struct Broken: Error {}
        #expect(throws: Broken.self) { try run([ping(1), ping(2)]) { _ in throw Broken() } }
    }
}
