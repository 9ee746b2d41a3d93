import JSON
import Model
import Suoyin
import TestSupport
import Testing

@testable import MCP

@Suite("MCP tools")
struct ToolTests {
    @Test("what tools give is as their schemas say, and their schemas close every object")
    func schemas() async throws {
        let fixture = try await LibraryFixture()
        let conversation = fixture.conversation()
        let calls: [(tool: String, arguments: JSONValue)] = [
            ("search", ["query": "清华大学"]), ("search", ["query": "绝无此语", "mode": "exact"]),
            ("search", ["query": "清华大学 不存在的词", "limit": 1]), ("search", ["query": "字节跳", "snippet": 2]),
            ("search", ["query": "人工智能", "mode": "all", "path": ["*.md", "notes/*"], "article": "notes/模型.md"]),
            ("search", ["query": "人工智能", "mode": "any", "since": "2023", "until": "2024-05", "title": .null]),
            (
                "search",
                [
                    "query": "清华大学", "group": true, "perArticle": 1, "collapse": true, "explain": true,
                    "context": 2,
                    "snippet": 3,
                ]
            ),
            ("search", ["query": "人工智能模型", "mode": "any", "explain": true, "group": true, "limit": 1]),
            ("search", ["query": "团队", "fold": "none"]), ("search", ["query": "團隊", "fold": "width"]),
            ("read", ["article": "大学.txt"]), ("read", ["article": "n1", "paragraph": 2, "before": 0, "after": 50]),
            ("articles", [:]), ("articles", ["limit": 2, "path": "*.jsonl"]), ("articles", ["title": "快讯"]),
            ("status", [:]),
        ]
        for (name, arguments) in calls {
            let tool = try #require(Toolbox.tool(name))
            #expect(SchemaCheck.complaints(arguments, tool.inputSchema).allSatisfy { $0.contains("title") })
            let result = conversation.call(name, arguments)
            #expect(result["isError"] == false, "\(name) \(arguments): \(result)")
            #expect(result.text?.isEmpty == false)
            #expect(
                SchemaCheck.complaints(result["structuredContent"] ?? .null, tool.outputSchema) == [], "\(name)")
        }
    }

    @Test("search: hits with their places, a page at a time, in the order of the library")
    func search() async throws {
        let fixture = try await LibraryFixture()
        let conversation = fixture.conversation()
        let (all, summary) = try Searcher(index: fixture.index).search(SearchRequest("清华大学", limit: 0))
        var found: [JSONValue] = []
        var offset: Int? = 0
        while let next = offset {
            let result = conversation.call("search", ["query": "清华大学", "limit": 2, "offset": .number(next)])
            let page = try #require(result["structuredContent"])
            #expect(page["hits"]?.integer == summary.hits)
            found += page["results"]?.elements ?? []
            offset = page["nextOffset"]?.integer
            #expect(result.text?.contains("more with offset") == (offset != nil))
        }
        #expect(all.count == 4)
        #expect(found.map { $0["rank"]?.integer } == Array(1...4))
        #expect(
            found.map { $0["article"]?["id"]?.string }
                == all.map { String(decoding: $0.articleID, as: UTF8.self) })
        #expect(found.map { $0["paragraph"]?["number"]?.integer } == all.map(\.number))
        #expect(found.map { $0["paragraph"]?["text"]?.string } == all.map(\.text))
        let text = try #require(conversation.call("search", ["query": "字节跳动招聘"]).text)
        #expect(text.contains("快讯 (articles/短讯.jsonl:1, n1#1)\n字节跳动招聘。\n"), "\(text)")
    }

    @Test("search: what no paragraph has is said, with what there is instead")
    func fallback() async throws {
        let conversation = try await LibraryFixture().conversation()
        let nothing = conversation.call("search", ["query": "绝无此语", "mode": "exact"])
        #expect(nothing["structuredContent"]?["hits"] == 0)
        #expect(nothing.text?.hasPrefix("nothing found") == true)
        let fallback = conversation.call("search", ["query": "字节跳懂"])
        #expect(fallback["structuredContent"]?["mode"] == "any")
        #expect(fallback["structuredContent"]?["suggestions"]?.elements?.contains("字节跳动") == true)
        #expect(fallback.text?.contains("no paragraph has every keyword literally") == true)
        #expect(fallback.text?.contains("did you mean: 字节跳动") == true)
        let beyond = conversation.call("search", ["query": "清华大学", "offset": 100])
        #expect(beyond["structuredContent"]?["results"] == [])
        #expect(beyond["structuredContent"]?["nextOffset"] == nil)
    }

    @Test("search: a long paragraph is cut around what matched, unless all of it is wanted")
    func snippets() async throws {
        let long = String(repeating: "前言不搭后语。", count: 200) + "字节跳动" + String(repeating: "后语不搭前言。", count: 200)
        let conversation = try await LibraryFixture([("长.txt", long + "\n")]).conversation()
        func paragraph(_ arguments: JSONValue) -> JSONValue? {
            conversation.call("search", arguments)["structuredContent"]?["results"]?.elements?.first?["paragraph"]
        }
        let cut = paragraph(["query": "字节跳动", "snippet": 50])
        #expect(cut?["isCut"] == true)
        #expect(cut?["text"]?.string?.contains("字节跳动") == true)
        #expect((cut?["text"]?.string?.unicodeScalars.count ?? 0) <= 52)
        let whole = paragraph(["query": "字节跳动", "snippet": 0])
        #expect(whole?["isCut"] == false)
        #expect(whole?["text"]?.string == long)
    }

    @Test("read: a paragraph with those around it, as far as there are any")
    func read() async throws {
        let conversation = try await LibraryFixture().conversation()
        func numbers(_ arguments: JSONValue) -> [Int?]? {
            conversation.call("read", arguments)["structuredContent"]?["paragraphs"]?.elements?
                .map { $0["number"]?.integer }
        }
        #expect(numbers(["article": "大学.txt"]) == [1, 2, 3])
        #expect(numbers(["article": "大学.txt", "after": 1]) == [1, 2])
        #expect(numbers(["article": "大学.txt", "paragraph": 2, "before": 0, "after": 0]) == [2])
        #expect(numbers(["article": "suoyin://article/%E5%A4%A7%E5%AD%A6.txt", "paragraph": 3]) == [1, 2, 3])
        let text = try #require(conversation.call("read", ["article": "n1", "paragraph": 2]).text)
        #expect(text.contains("快讯, 2024-05-01, 1 to 2 of 2 paragraphs\n"))
        #expect(text.contains("\n> (articles/短讯.jsonl:1, n1#2)\n清华大学开学。\n"), "\(text)")
    }

    @Test("read: an id of several files is told apart by path")
    func sharedIDs() async throws {
        let conversation = try await LibraryFixture().conversation()
        let unclear = conversation.call("read", ["article": "n2"])
        #expect(
            unclear.problem?.contains("articles/别处.jsonl, articles/短讯.jsonl") == true
                || unclear.problem?.contains("articles/短讯.jsonl, articles/别处.jsonl") == true, "\(unclear)")
        let clear = conversation.call("read", ["article": "n2", "path": "articles/别处.jsonl"])
        #expect(clear.text?.contains("另一篇") == true)
        #expect(conversation.call("read", ["article": "n2", "path": "/etc/passwd"]).problem != nil)
    }

    @Test("articles: every one once, by id, whatever the page, and those that a filter lets pass")
    func articles() async throws {
        let conversation = try await LibraryFixture().conversation()
        func ids(_ arguments: [JSONValue.Member]) -> [String] {
            var found: [String] = []
            var cursor: JSONValue?
            repeat {
                let page = conversation.call(
                    "articles", .object(arguments + (cursor.map { [.init("cursor", $0)] } ?? [])))[
                        "structuredContent"]
                found += page?["articles"]?.elements?.compactMap { $0["id"]?.string } ?? []
                cursor = page?["nextCursor"]
            } while cursor != nil
            return found
        }
        let all = ["../secret", "n1", "n2", "n2", "n3", "notes/模型.md", "大学.txt"]
        for limit in [1, 2, 3, 7, 200] { #expect(ids([.init("limit", .number(limit))]) == all, "\(limit)") }
        #expect(ids([.init("limit", 1), .init("path", "短讯.jsonl")]) == ["../secret", "n1", "n2"])
        #expect(ids([.init("limit", 1), .init("since", "2023"), .init("until", "2023")]) == ["n2"])
        #expect(ids([.init("title", "大 模 型")]) == ["notes/模型.md"])
        #expect(ids([.init("title", "绝无")]) == [])
    }

    @Test(
        "what is wrong with arguments is told to the model",
        arguments: [
            ("search", [:], "query is missing"), ("search", ["query": 5], "query is a string, not a number"),
            ("search", ["query": "。。"], "no letter, digit or Han character"),
            (
                "search", ["query": "\"a"],
                "the quotation mark at character 1 of the query is never closed; close it, or use plain: true"
            ),
            ("search", ["query": "a OR b", "mode": "any"], "mode: exact"),
            ("search", ["query": "a NOT"], "NOT at character 3"),
            ("search", ["query": "a", "limit": 0], "limit is a whole number from 1 to 50"),
            ("search", ["query": "a", "limit": .number("1.5")], "limit is a whole number"),
            ("search", ["query": "a", "limit": "5"], "limit is a whole number"),
            ("search", ["query": "a", "offset": -1], "offset is a whole number from 0"),
            ("search", ["query": "a", "mode": "fuzzy"], "mode is one of auto, exact, all, any, not fuzzy"),
            ("search", ["query": "a", "plain": "yes"], "plain is true or false"),
            ("search", ["query": "a", "fold": "wide"], "fold is one of none, width, icu, full, not wide"),
            ("search", ["query": "a", "fold": "icu", "mode": "any"], "leave fold out"),
            ("search", ["query": "a", "context": 11], "context is a whole number from 0 to 10"),
            ("search", ["query": "a", "group": 1], "group is true or false"),
            (
                "search", ["query": "a", "group": true, "perArticle": 0],
                "perArticle is a whole number from 1 to 20"
            ),
            ("search", ["query": "a", "collapse": true, "offset": 201], "with collapse, offset is 200 at most"),
            ("search", ["query": "a", "perArticle": 2], "perArticle goes with group: true"),
            ("search", ["query": "a", "since": "May"], "since is a date"),
            ("search", ["query": "a", "since": "2024", "until": "2023"], "until is before since"),
            ("search", ["query": "a", "path": [1]], "path is an array of strings"),
            ("search", ["query": "a", "path": ""], "path is a pattern"),
            ("search", ["query": "a", "title": "。"], "the text for titles"),
            ("search", ["query": "a", "colour": "red"], "no argument \"colour\"; there are query, limit"),
            ("search", ["query": .string(String(repeating: "团", count: 2001))], "2000 characters at most"),
            ("read", [:], "article is missing"), ("read", ["article": "nobody"], "no article \"nobody\""),
            ("read", ["article": "大学.txt", "paragraph": 4], "has paragraphs 1 to 3, and no 4"),
            ("read", ["article": "n3"], "has no paragraphs"),
            ("read", ["article": "n1", "before": 51], "from 0 to 50"),
            ("articles", ["cursor": "x"], "cursor is nextCursor"), ("articles", ["limit": 201], "from 1 to 200"),
            ("status", ["a": 1], "there are none at all"),
        ] as [(String, JSONValue, String)])
    func badArguments(tool: String, arguments: JSONValue, message: String) async throws {
        let fixture = try await Self.fixture.value
        let result = fixture.conversation().call(tool, arguments)
        #expect(result.problem?.contains(message) == true, "\(result)")
        #expect(result["structuredContent"] == nil)
    }

    private static let fixture = Task { try await LibraryFixture() }

    @Test("without an index tools say how to make one, and see it once it is there")
    func noIndex() async throws {
        let directory = TemporaryDirectory()
        let index = directory.path(of: "Index")
        let conversation = Conversation(index: index, directory: directory.path)
        conversation.open()
        for (tool, arguments) in [
            ("search", ["query": "a"]), ("read", ["article": "a"]), ("articles", [:]), ("status", [:]),
        ] as [(String, JSONValue)] {
            #expect(
                conversation.call(tool, arguments).problem?.contains("suoyin index PATH --index \(index)") == true)
        }
        for (method, parameters) in [
            ("resources/list", [:]), ("resources/read", ["uri": "suoyin://article/a"]),
        ] as [(String, JSONValue)] {
            #expect(conversation.request(method, parameters).errorCode == -32603)
        }
        directory.write("清华大学\n".utf8, to: "articles/a.txt")
        _ = try await Indexer(index: Path(index)).update([Path(directory.path(of: "articles"))])
        #expect(conversation.call("search", ["query": "清华"])["structuredContent"]?["hits"] == 1)
    }

    @Test("new commits are seen, and another index in the place of the first")
    func newCommits() async throws {
        let fixture = try await LibraryFixture([("a.txt", "清华大学\n")])
        let conversation = fixture.conversation()
        func texts() -> [String?]? {
            conversation.call("search", ["query": "大学", "snippet": 0])["structuredContent"]?["results"]?.elements?
                .map { $0["paragraph"]?["text"]?.string }
        }
        #expect(texts() == ["清华大学"])
        fixture.directory.write("北京大学\n".utf8, to: "articles/a.txt")
        try await fixture.update()
        #expect(texts() == ["北京大学"])
        // As many bytes, and the number of the first commit again.
        fixture.directory.remove("Index")
        #expect(conversation.call("search", ["query": "大学"]).problem != nil)
        fixture.directory.write("南京大学\n".utf8, to: "articles/a.txt")
        try await fixture.update()
        #expect(texts() == ["南京大学"])
    }
}
