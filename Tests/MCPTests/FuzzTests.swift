import JSON
import Model
import TestSupport
import Testing

@testable import MCP

@Suite("MCP, any bytes")
struct FuzzTests {
    private static let fixture = Task { try await LibraryFixture() }

    /// Messages that do something.
    static let samples: [[UInt8]] = {
        let meta: JSONValue = [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": [:],
        ]
        let calls: [(String, JSONValue)] = [
            ("initialize", ["protocolVersion": "2025-03-26", "capabilities": [:]]), ("ping", [:]),
            ("tools/list", [:]),
            (
                "tools/call",
                ["name": "search", "arguments": ["query": "清华 OR \"大学\"~3", "limit": 3, "path": ["*.txt"]]]
            ),
            ("tools/call", ["name": "search", "arguments": ["query": "py:qhdx NOT (招聘 OR 开*)", "offset": 1]]),
            ("tools/call", ["name": "read", "arguments": ["article": "n1", "paragraph": 2, "before": 1]]),
            ("tools/call", ["name": "articles", "arguments": ["limit": 2, "cursor": "1.n1", "since": "2023-05"]]),
            ("tools/call", ["name": "status"]), ("resources/list", ["cursor": "2.n2"]),
            ("resources/read", ["uri": "suoyin://article/%E5%A4%A7%E5%AD%A6.txt"]),
            ("server/discover", ["_meta": meta]),
            ("tools/list", ["_meta": meta]),
        ]
        let messages = calls.enumerated().map { Conversation.message($1.0, id: .number($0), $1.1) }
        let notifications = [
            Conversation.message("notifications/cancelled", id: nil, ["requestId": 1]),
            Conversation.message("notifications/initialized", id: nil),
        ]
        return (messages + notifications + [.array(Array(messages[1...4]) + notifications)]).map(\.bytes)
    }()

    @Test("each line has one reply at most, a message with the id that was asked with", arguments: Seed.first(40))
    func mutations(seed: Seed) async throws {
        var random = seed.generator()
        let fixture = try await Self.fixture.value
        let conversation =
            random.once(in: 2)
            ? fixture.conversation("2025-03-26")
            : Conversation(index: fixture.index.lossyString, directory: fixture.directory.path)
        for _ in 0..<60 {
            let line: [UInt8]
            switch random.below(8) {
            case 0: line = random.pick(Self.samples)
            case 1: line = RandomBytes.noise(upTo: 200, using: &random)
            default: line = RandomBytes.mutation(of: random.pick(Self.samples), using: &random)
            }
            let replies = conversation.send(line)
            let shown = String(decoding: line, as: UTF8.self)
            #expect(replies.count <= 1, "\(shown)")
            for reply in replies.flatMap({ $0.elements ?? [$0] }) {
                #expect((reply["result"] == nil) != (reply["error"] == nil), "\(shown)")
                #expect(StrictJSON(reply.bytes) != nil, "\(shown)")
                #expect(!reply.bytes.contains(0x0A), "\(shown)")
                guard let document = try? JSONDocument(line), document.value.members != nil else { continue }
                #expect(reply["id"] == .null || reply["id"] == document.value["id"], "\(shown)")
            }
        }
    }
}
