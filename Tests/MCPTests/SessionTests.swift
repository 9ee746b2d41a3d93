import JSON
import TestSupport
import Testing

@testable import MCP

@Suite("MCP sessions")
struct SessionTests {
    @Test(
        "initialize agrees on what the client asks for, and offers the newest it can where it cannot",
        arguments: [
            ("2024-11-05", "2024-11-05"), ("2025-03-26", "2025-03-26"), ("2025-06-18", "2025-06-18"),
            ("2025-11-25", "2025-11-25"), ("2026-07-28", "2025-11-25"), ("1.0", "2025-11-25"), ("", "2025-11-25"),
        ])
    func negotiation(asked: String, agreed: String) {
        let conversation = Conversation()
        let result = conversation.open(asked)["result"]
        #expect(result?["protocolVersion"]?.string == agreed)
        #expect(result?["serverInfo"]?["name"] == "suoyin")
        #expect(result?["serverInfo"]?["version"] == "1.2.3")
        #expect(result?["capabilities"]?["tools"] == [:])
        #expect(result?["capabilities"]?["logging"] == nil)
        #expect(conversation.send(Conversation.message("notifications/initialized", id: nil).bytes) == [])
        #expect(conversation.request("ping")["result"] == [:])
        #expect(conversation.open(asked).errorCode == -32600)
    }

    @Test("before it there is ping, and nothing else")
    func unopened() {
        let conversation = Conversation()
        #expect(conversation.request("ping")["result"] == [:])
        for method in ["tools/list", "tools/call", "resources/list", "server/discover", "nonsense"] {
            #expect(conversation.request(method).errorCode == -32602, "\(method)")
        }
        #expect(conversation.request("initialize").errorCode == -32602)
        #expect(conversation.request("initialize", ["protocolVersion": 1]).errorCode == -32602)
    }

    @Test("a stateless request stands alone, before initialize and after it")
    func stateless() throws {
        for isOpen in [false, true] {
            let conversation = Conversation()
            if isOpen { conversation.open() }
            let found = try #require(conversation.statelessRequest("server/discover")["result"])
            #expect(found["resultType"] == "complete")
            #expect(found["supportedVersions"]?.elements?.first == "2026-07-28")
            #expect(found["supportedVersions"]?.elements?.count == 5)
            #expect(found["capabilities"]?["resources"] == [:])
            #expect(found["_meta"]?["io.modelcontextprotocol/serverInfo"]?["name"] == "suoyin")
            let tools = try #require(conversation.statelessRequest("tools/list")["result"])
            #expect(tools["ttlMs"]?.integer ?? 0 > 0)
            #expect(tools["cacheScope"] == "public")
            #expect(conversation.statelessRequest("ping").errorCode == -32601)
        }
    }

    @Test("a revision that is not spoken is refused with those that are")
    func unsupported() {
        let conversation = Conversation()
        for revision in ["1900-01-01", "2025-11-25", ""] {
            let reply = conversation.statelessRequest("tools/list", revision: revision)
            #expect(reply.errorCode == -32022)
            #expect(reply["error"]?["data"]?["requested"]?.string == revision)
            #expect(reply["error"]?["data"]?["supported"]?.elements?.contains("2026-07-28") == true)
        }
        let key = "io.modelcontextprotocol/protocolVersion"
        for meta in [[.init(key, "2026-07-28")], [.init(key, 1)]] as [[JSONValue.Member]] {
            #expect(conversation.request("tools/list", ["_meta": .object(meta)]).errorCode == -32602)
        }
    }

    @Test("older revisions are not told what they do not know")
    func olderTools() throws {
        let newer = ["title", "outputSchema", "annotations"]
        let known = ["2024-11-05": [], "2025-03-26": ["annotations"], "2025-06-18": newer, "2025-11-25": newer]
        for (revision, names) in known {
            let conversation = Conversation()
            conversation.open(revision)
            let tools = try #require(conversation.request("tools/list")["result"]?["tools"]?.elements)
            #expect(tools.compactMap { $0["name"]?.string } == ["search", "read", "articles", "status"])
            for tool in tools {
                #expect(newer.filter { tool[$0] != nil } == newer.filter(names.contains), "\(revision)")
                #expect(tool["inputSchema"]?["type"] == "object")
            }
            let template = conversation.request("resources/templates/list")["result"]?["resourceTemplates"]
            #expect(template?.elements?.first?["uriTemplate"] == "suoyin://article/{id}")
        }
    }

    @Test(
        "what is no message is an error with its id, where there is one to be told",
        arguments: [
            ("x", -32700, .null), ("{", -32700, .null), ("{}x", -32700, .null), ("\"\\ud8\"", -32700, .null),
            (String(repeating: "[", count: 600), -32700, .null), ("1", -32600, .null), ("null", -32600, .null),
            ("[]", -32600, .null), (#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, -32600, .null),
            ("{}", -32600, .null), (#"{"jsonrpc":"2.0"}"#, -32600, .null),
            (#"{"jsonrpc":"2.0","id":7}"#, -32600, 7),
            (#"{"jsonrpc":"1.0","id":7,"method":"ping"}"#, -32600, 7), (#"{"id":7,"method":"ping"}"#, -32600, 7),
            (#"{"jsonrpc":2.0,"id":"a","method":"ping"}"#, -32600, "a"),
            (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600, .null),
            (#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, -32600, .null),
            (#"{"jsonrpc":"2.0","id":[1],"method":"ping"}"#, -32600, .null),
            (#"{"jsonrpc":"2.0","id":true,"method":"ping"}"#, -32600, .null),
            (#"{"jsonrpc":"2.0","id":7,"method":1}"#, -32600, 7),
            (#"{"jsonrpc":"2.0","id":7,"id":8,"method":"ping"}"#, -32600, .null),
            (#"{"jsonrpc":"2.0","id":7,"method":"ping","method":"ping"}"#, -32600, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"ping","params":{"a":{"b":1,"b":2}}}"#, -32600, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"ping","params":[]}"#, -32602, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"ping","params":null}"#, -32602, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"ping","params":{"_meta":1}}"#, -32602, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"nonsense"}"#, -32601, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"logging/setLevel","params":{"level":"debug"}}"#, -32601, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"prompts/list"}"#, -32601, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"prompts/get","params":{"name":"a"}}"#, -32601, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"completion/complete","params":{}}"#, -32601, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"resources/subscribe","params":{"uri":"a"}}"#, -32601, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"resources/unsubscribe","params":{"uri":"a"}}"#, -32601, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"tasks/list"}"#, -32601, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"server/discover"}"#, -32601, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"notifications/initialized"}"#, -32601, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"cursor":"a"}}"#, -32602, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"tools/call"}"#, -32602, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":1}}"#, -32602, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"rm"}}"#, -32602, 7),
            (
                #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"search","arguments":[]}}"#,
                -32602, 7
            ),
            (#"{"jsonrpc":"2.0","id":7,"method":"resources/read"}"#, -32602, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"resources/list","params":{"cursor":"a"}}"#, -32602, 7),
        ] as [(String, Int, JSONValue)])
    func errors(line: String, code: Int, id: JSONValue) {
        let conversation = Conversation()
        conversation.open()
        let replies = conversation.send(line)
        #expect(replies.count == 1)
        #expect(replies.first?.errorCode == code, "\(replies)")
        #expect(replies.first?["id"] == id)
        #expect(replies.first?["jsonrpc"] == "2.0")
        #expect(replies.first?["error"]?["message"]?.string?.isEmpty == false)
        #expect(conversation.request("ping")["result"] == [:])
    }

    @Test("what is not UTF-8, or too long, is an error")
    func unreadable() {
        let conversation = Conversation()
        let line = Array(#"{"jsonrpc":"2.0","id":7,"method":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
        #expect(conversation.send(line).map(\.errorCode) == [-32700])
        _ = conversation.session.receive(.tooLong(limit: 10))
        #expect(conversation.workOff().map(\.errorCode) == [-32700])
    }

    @Test(
        "ids go back as they came",
        arguments: ["0", "-7", "123456789012345678901234567890", #""""#, #""团\n""#, #""1""#])
    func ids(id: String) throws {
        let replies = Conversation().send(#"{"jsonrpc":"2.0","id":\#(id),"method":"ping"}"#)
        #expect(replies.map { String(decoding: $0["id"]?.bytes ?? [], as: UTF8.self) } == [id])
    }

    @Test(
        "notifications, answers and blank lines are never replied to",
        arguments: [
            #"{"jsonrpc":"2.0","method":"ping"}"#, #"{"jsonrpc":"2.0","method":"nonsense","params":1}"#,
            #"{"jsonrpc":"2.0","method":"notifications/nonsense","params":{"a":[1]}}"#,
            #"{"jsonrpc":"2.0","method":"notifications/roots/list_changed"}"#,
            #"{"jsonrpc":"2.0","method":"notifications/cancelled"}"#,
            #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":[]}}"#,
            #"{"jsonrpc":"2.0","id":1,"result":{}}"#, #"{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}}"#,
            "",
            " \t\r",
        ])
    func silence(line: String) {
        let conversation = Conversation()
        conversation.open()
        #expect(conversation.send(line) == [])
    }

    @Test("batches, in the one revision that has them")
    func batches() {
        let conversation = Conversation()
        conversation.open("2025-03-26")
        let ping = Conversation.message("ping", id: 1)
        let other = Conversation.message("nonsense", id: "b")
        let notification = Conversation.message("notifications/initialized", id: nil)
        let replies = conversation.send(JSONValue.array([ping, notification, other, 5]).bytes)
        #expect(replies.count == 1)
        #expect(replies.first?.elements?.map { $0["id"] } == [1, "b", .null])
        #expect(replies.first?.elements?.map(\.errorCode) == [nil, -32601, -32600])
        #expect(conversation.send(JSONValue.array([notification]).bytes) == [])
        let empty = conversation.send("[]")
        #expect(empty.map(\.errorCode) == [-32600])
    }

    // MARK: Cancelling

    private func cancelling(_ id: JSONValue) -> [UInt8] {
        Conversation.message("notifications/cancelled", id: nil, ["requestId": id, "reason": "no longer"]).bytes
    }

    @Test("a request taken back while it waits is never begun, and the others are answered in order")
    func cancelWaiting() {
        let conversation = Conversation()
        conversation.open()
        for id in [1, "1", 2, 3] as [JSONValue] {
            let isTurn = conversation.session.receive(.complete(Conversation.message("ping", id: id).bytes))
            #expect(isTurn)
        }
        for id in [1, 3, 99] as [JSONValue] {
            let isTurn = conversation.session.receive(.complete(cancelling(id)))
            #expect(!isTurn)
        }
        #expect(conversation.workOff().map { $0["id"] } == ["1", 2])
        // The id may be used again, and what is done cannot be taken back.
        #expect(conversation.send(cancelling(1)) == [])
        #expect(conversation.send(Conversation.message("ping", id: 1).bytes).count == 1)
    }

    @Test("a request taken back while it is at work has no reply")
    func cancelRunning() throws {
        var session = Session(version: "")
        _ = session.receive(.complete(Conversation.message("ping", id: 1).bytes))
        let call = Conversation.message(
            "tools/call", id: 2,
            [
                "name": "status",
                "_meta": [
                    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                    "io.modelcontextprotocol/clientCapabilities": [:],
                ],
            ])
        _ = session.receive(.complete(call.bytes))
        _ = session.begin()
        session.finish()
        let next = session.begin()
        let turn = try #require(next)
        var calls = 0
        let reply = MCPServer.reply(to: turn, isCancelled: { session.isCancelled($0) }) { _ in
            calls += 1
            _ = session.receive(.complete(cancelling(2)))
            return .success("done")
        }
        #expect(calls == 1)
        #expect(reply == nil)
        session.finish()
        let isIdle = session.begin() == nil
        #expect(isIdle)
    }

    @Test("of a batch, what is taken back is left out")
    func cancelInBatch() {
        let conversation = Conversation()
        conversation.open("2025-03-26")
        let batch = JSONValue.array([Conversation.message("ping", id: 1), Conversation.message("ping", id: 2)])
        _ = conversation.session.receive(.complete(batch.bytes))
        _ = conversation.session.receive(.complete(batch.bytes))
        _ = conversation.session.receive(.complete(cancelling(2)))
        #expect(conversation.workOff().map { $0.elements?.map { $0["id"] } } == [[1], [1]])
    }

    @Test("initialize cannot be taken back")
    func cancelOpening() {
        let conversation = Conversation()
        let message = Conversation.message("initialize", id: 1, ["protocolVersion": "2025-11-25"])
        _ = conversation.session.receive(.complete(message.bytes))
        _ = conversation.session.receive(.complete(cancelling(1)))
        #expect(conversation.workOff().count == 1)
    }

    @Test("what waits can be dropped")
    func drop() {
        let conversation = Conversation()
        _ = conversation.session.receive(.complete(Conversation.message("ping", id: 1).bytes))
        conversation.session.drop()
        #expect(conversation.workOff() == [])
    }
}

/// What is declared, and what there is.
@Suite("MCP capabilities")
struct CapabilityTests {
    /// Methods of the protocol by the capability that they go with.
    private static let methods = [
        "tools": ["tools/list", "tools/call"],
        "resources": ["resources/list", "resources/read", "resources/templates/list"],
        "prompts": ["prompts/list", "prompts/get"], "completions": ["completion/complete"],
        "logging": ["logging/setLevel"], "tasks": ["tasks/list", "tasks/get", "tasks/result", "tasks/cancel"],
    ]

    @Test("exactly what is declared is there, in every revision")
    func declared() throws {
        for revision in ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"] {
            let conversation = Conversation()
            let isStateless = revision == "2026-07-28"
            let opening =
                isStateless
                ? conversation.statelessRequest("server/discover")["result"]
                : conversation.open(revision)["result"]
            let capabilities = try #require(opening?["capabilities"]?.members)
            // Neither changes of lists nor subscriptions.
            #expect(capabilities.allSatisfy { $0.value == [:] })
            for (capability, methods) in Self.methods {
                let isDeclared = capabilities.contains { $0.key == capability }
                for method in methods {
                    let reply =
                        isStateless ? conversation.statelessRequest(method) : conversation.request(method)
                    #expect((reply.errorCode != -32601) == isDeclared, "\(revision) \(method)")
                }
            }
        }
    }

    @Test("batches are refused in every revision but one, and before there is one")
    func batches() {
        for revision in [nil, "2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] {
            let conversation = Conversation()
            if let revision { conversation.open(revision) }
            let batch = JSONValue.array([Conversation.message("ping", id: 1), Conversation.message("ping", id: 2)])
            let replies = conversation.send(batch.bytes)
            if revision == "2025-03-26" {
                #expect(replies.first?.elements?.map { $0["result"] } == [[:], [:]])
            } else {
                #expect(replies.map(\.errorCode) == [-32600], "\(revision ?? "none")")
            }
        }
    }
}
