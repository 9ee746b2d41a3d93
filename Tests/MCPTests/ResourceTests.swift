import JSON
import Model
import TestSupport
import Testing

@testable import MCP

@Suite("MCP resources")
struct ResourceTests {
    @Test("any id has an address, which leads back to it", arguments: Seed.first(100))
    func addresses(seed: Seed) {
        var random = seed.generator()
        let id = [UInt8(truncatingIfNeeded: random.next())] + RandomBytes.noise(upTo: 30, using: &random)
        let uri = ArticleURI.string(id)
        #expect(ArticleURI.id(uri) == id)
        #expect(
            uri.utf8.dropFirst("suoyin://article/".utf8.count).allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2F })
        let place = ArticlePlace(id: id, source: UInt32(truncatingIfNeeded: random.next()))
        #expect(ArticleCursor.place(ArticleCursor.string(place)) == place)
    }

    @Test(
        "what is no address",
        arguments: [
            "", "a", "suoyin://article/", "file:///etc/passwd", "suoyin://article/%4", "suoyin://article/%zz",
        ])
    func noAddress(uri: String) { #expect(ArticleURI.id(uri) == nil) }

    @Test("what is no cursor", arguments: ["", "a", "1", ".a", "1.%", "-1.a", "4294967296.a"])
    func noCursor(text: String) { #expect(ArticleCursor.place(text) == nil) }

    @Test("all articles are listed, and each can be read")
    func listAndRead() async throws {
        let conversation = try await LibraryFixture().conversation()
        let resources = try #require(conversation.request("resources/list")["result"]?["resources"]?.elements)
        #expect(resources.count == 7)
        for resource in resources {
            let uri = try #require(resource["uri"])
            let contents = conversation.request("resources/read", ["uri": uri])["result"]?["contents"]?.elements
            #expect(contents?.count == (resource["name"] == "n2" ? 2 : 1))
            #expect(contents?.allSatisfy { $0["uri"] == uri && $0["text"]?.string != nil } == true)
        }
        let text = conversation.request("resources/read", ["uri": "suoyin://article/n1"])["result"]?["contents"]?
            .elements?.first?["text"]
        #expect(text == "字节跳动招聘。\n\n清华大学开学。")
    }

    @Test("a list goes on where it was, whatever has been indexed since")
    func pages() async throws {
        let lines = (0..<250).map { #"{"id":"a\#(1000 + $0)","text":"文"}"# }
        let fixture = try await LibraryFixture([("a.jsonl", lines.joined(separator: "\n"))])
        let conversation = fixture.conversation()
        let first = try #require(conversation.request("resources/list")["result"])
        #expect(first["resources"]?.elements?.count == 100)
        // The last one listed goes, and two come, before it and behind it.
        let later =
            lines.filter { !$0.contains("a1099") } + [#"{"id":"a0","text":"文"}"#, #"{"id":"a1099x","text":"文"}"#]
        fixture.directory.write(later.joined(separator: "\n").utf8, to: "articles/a.jsonl")
        try await fixture.update()
        var names: [String] = []
        var cursor = first["nextCursor"]
        while let next = cursor {
            let page = try #require(conversation.request("resources/list", ["cursor": next])["result"])
            names += page["resources"]?.elements?.compactMap { $0["name"]?.string } ?? []
            cursor = page["nextCursor"]
        }
        #expect(names == ["a1099x"] + (100..<250).map { "a\(1000 + $0)" })
    }

    @Test(
        "nothing but the index is read",
        arguments: [
            "file:///etc/passwd", "suoyin://article/%2Fetc%2Fpasswd", "suoyin://article//etc/passwd",
            "suoyin://article/..%2FIndex%2Fmanifest", "suoyin://article/articles/%E5%A4%A7%E5%AD%A6.txt",
            "suoyin://article/Index/manifest", "/etc/passwd", "",
        ])
    func outside(uri: String) async throws {
        let fixture = try await LibraryFixture()
        // There are such files, but no such articles.
        let conversation = fixture.conversation()
        let reply = conversation.request("resources/read", ["uri": .string(uri)])
        #expect(reply.errorCode == -32002)
        #expect(reply["error"]?["data"]?["uri"]?.string == uri)
        #expect(conversation.statelessRequest("resources/read", ["uri": .string(uri)]).errorCode == -32602)
        #expect(
            conversation.call("read", ["article": .string(uri)]).problem?.contains("the index has no article")
                == true)
        // An id may look like a path, and still is an id.
        let secret = conversation.statelessRequest("resources/read", ["uri": "suoyin://article/..%2Fsecret"])[
            "result"]
        #expect(secret?["contents"]?.elements?.first?["text"] == "秘密")
        #expect(secret?["ttlMs"] == 0)
        #expect(secret?["cacheScope"] == "private")
    }
}
