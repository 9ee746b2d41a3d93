import JSON
import Model
import TestSupport

@testable import MCP

/// A session with an index behind it, and no streams or threads: lines in, replies out.
final class Conversation {
    var session = Session(version: "1.2.3")
    private let service: IndexService
    private var count = 0
    /// Removes its directory when it goes.
    private let fixture: LibraryFixture?

    /// - Parameter index: the index's directory; the default is none.
    init(index: String = "/nowhere", directory: String = "/", of fixture: LibraryFixture? = nil) {
        self.fixture = fixture
        service = IndexService(index: Path(index), directory: Path(directory), version: "1.2.3")
    }

    /// Takes in a line, works off what waits, and gives what was sent.
    func send(_ bytes: [UInt8]) -> [JSONValue] {
        _ = session.receive(.complete(bytes))
        return workOff()
    }

    func send(_ line: String) -> [JSONValue] { send(Array(line.utf8)) }

    /// Works off all that waits.
    func workOff() -> [JSONValue] {
        var replies: [JSONValue] = []
        while let turn = session.begin() {
            if let reply = MCPServer.reply(to: turn, isCancelled: session.isCancelled, answer: service.answer) {
                replies.append(reply)
            }
            session.finish()
        }
        return replies
    }

    /// Opens with `initialize`.
    @discardableResult
    func open(_ revision: String = "2025-11-25") -> JSONValue {
        request(
            "initialize",
            [
                "protocolVersion": .string(revision), "capabilities": [:],
                "clientInfo": ["name": "test", "version": "1"],
            ])
    }

    /// Sends a request and gives the reply to it; null when there is none.
    func request(_ method: String, _ parameters: JSONValue? = nil) -> JSONValue {
        count += 1
        let replies = send(Self.message(method, id: .number(count), parameters).bytes)
        return replies.count == 1 && replies[0]["id"] == .number(count) ? replies[0] : .null
    }

    /// The same, of the stateless revision.
    func statelessRequest(_ method: String, _ parameters: JSONValue = [:], revision: String = "2026-07-28")
        -> JSONValue
    {
        let meta: JSONValue = [
            "io.modelcontextprotocol/protocolVersion": .string(revision),
            "io.modelcontextprotocol/clientCapabilities": [:],
        ]
        return request(method, .object((parameters.members ?? []) + [.init("_meta", meta)]))
    }

    /// What a tool gives.
    func call(_ tool: String, _ arguments: JSONValue = [:]) -> JSONValue {
        request("tools/call", ["name": .string(tool), "arguments": arguments])["result"] ?? .null
    }

    static func message(_ method: String, id: JSONValue?, _ parameters: JSONValue? = nil) -> JSONValue {
        var members: [JSONValue.Member] = [.init("jsonrpc", "2.0"), .init("method", .string(method))]
        if let id { members.append(.init("id", id)) }
        if let parameters { members.append(.init("params", parameters)) }
        return .object(members)
    }
}

extension JSONValue {
    /// The code of the error that a reply is.
    var errorCode: Int? { self["error"]?["code"]?.integer }

    /// The text of a tool's result.
    var text: String? { self["content"]?.elements?.first?["text"]?.string }

    /// What is wrong, where a tool's result is an error.
    var problem: String? { self["isError"] == true ? text : nil }
}
