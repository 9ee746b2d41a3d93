import JSON
import TestSupport
import Testing

@testable import MCP

/// Real messages with wrong types, members twice, numbers out of range and the like: an answer where one is due, no more, and a
/// server that goes on.
@Suite("MCP, hostile messages")
struct HostileMessageTests {
    private static let fixture = Task { try await LibraryFixture() }

    /// How many replies a line is due, by the letter of the protocol; nil for batches.
    private static func due(_ line: [UInt8]) -> Int? {
        if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { return 0 }
        guard let value = try? JSONDocument(line).value else { return 1 }
        if value.elements != nil { return nil }
        let keys = (value.members ?? []).map(\.key)
        let isWellFormed = value["jsonrpc"] == "2.0" && StrictJSON(line) != nil
        if isWellFormed, !keys.contains("method"), keys.contains("result") || keys.contains("error") { return 0 }
        return isWellFormed && !keys.contains("id") && value["method"]?.string != nil ? 0 : 1
    }

    private func expect(_ replies: [JSONValue], to line: [UInt8]) {
        let shown = String(decoding: line.prefix(600), as: UTF8.self)
        // A lone surrogate is no text to the strict parser, and U+FFFD to the server: either may be.
        if let due = Self.due(line), !line.contains(UInt8(ascii: "\\")) {
            #expect(replies.count == due, "\(shown)")
        }
        #expect(replies.count <= 1, "\(shown)")
        for reply in replies.flatMap({ $0.elements ?? [$0] }) {
            #expect((reply["result"] == nil) != (reply["error"] == nil), "\(shown)")
            #expect(StrictJSON(reply.bytes) != nil, "\(shown)")
            if let code = reply["error"]?["code"] {
                let known: [JSONValue] = [-32700, -32600, -32601, -32602, -32002, -32022]
                #expect(known.contains(code), "\(shown): \(reply)")
                #expect(reply["error"]?["message"]?.string?.isEmpty == false)
            }
            guard let id = (try? JSONDocument(line))?.value["id"] else { continue }
            #expect(reply["id"] == .null || reply["id"] == id, "\(shown)")
        }
    }

    @Test("an answer where one is due, and a good call after it", arguments: Seed.first(30))
    func altered(seed: Seed) async throws {
        var random = seed.generator()
        let fixture = try await Self.fixture.value
        let conversation = fixture.conversation(random.pick(["2025-03-26", "2025-11-25"]))
        for _ in 0..<60 {
            let sample = try JSONDocument(random.pick(FuzzTests.samples)).value
            let line = HostileJSON.altered(sample, using: &random).bytes
            expect(conversation.send(line), to: line)
        }
        #expect(conversation.call("search", ["query": "清华大学"]).text?.hasPrefix("1 to 4 of 4 paragraphs") == true)
    }

    @Test("every argument of every tool with every wrong value", arguments: Seed.first(10))
    func arguments(seed: Seed) async throws {
        var random = seed.generator()
        let fixture = try await Self.fixture.value
        let conversation = fixture.conversation()
        for tool in Toolbox.tools {
            for property in tool.inputSchema["properties"]?.members ?? [] {
                var arguments: [JSONValue.Member] = []
                if tool.name == "search" { arguments.append(.init("query", "清华大学")) }
                if tool.name == "read" { arguments.append(.init("article", "n1")) }
                arguments.removeAll { $0.key == property.key }
                arguments.append(.init(property.key, HostileJSON.altered("", using: &random)))
                let parameters: JSONValue = ["name": .string(tool.name), "arguments": .object(arguments)]
                let line = Conversation.message("tools/call", id: 1, parameters).bytes
                let replies = conversation.send(line)
                expect(replies, to: line)
                guard let result = replies.first?["result"] else { continue }
                #expect(result["isError"]?.bool != nil)
                if result["isError"] == false {
                    let value = result["structuredContent"] ?? .null
                    #expect(SchemaCheck.complaints(value, tool.outputSchema) == [], "\(arguments)")
                }
            }
        }
        #expect(conversation.call("search", ["query": "清华大学"]).text?.hasPrefix("1 to 4 of 4 paragraphs") == true)
    }
}
