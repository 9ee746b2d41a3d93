import JSON
import Model
import Output
import Suoyin
import TestSupport
import Testing

@testable import MCP

/// What becomes of hits: groups, neighbours, copies, explanations.
@Suite("MCP search results")
struct SearchResultTests {
    private static let articles: [(String, String)] =
        [
            ("连.txt", "清华大学一。\n清华大学二在清华园。\n别的。\n清华大学三，及清华大学四。\n"),
            ("断.txt", "清华大学五。\n\n# 完\n"),
            ("原.txt", "前言。\n清华大学的校园里种着许多银杏树，秋天一到满地金黄，来看的人很多。\n后语。\n"),
            ("转.txt", "清华大学的校园里种着许多银杏树，秋天一到满地金黄，来看的人很多！\n"),
            ("繁.txt", "清華大學的團隊。\n"),
        ] + (1...5).map { ("多\($0).txt", "清华大学第\($0)篇。\n清华大学又一段。\n") }

    private static let fixture = Task { try await LibraryFixture(articles) }

    /// Hits as `jsonl` has them.
    private func lines(_ request: SearchRequest, _ fixture: LibraryFixture) throws -> [JSONValue] {
        let (hits, _) = try Searcher(index: fixture.index).search(request)
        return try ResultFormatter(.jsonl).bytes(hits, query: "").split(separator: 0x0A)
            .map { try JSONDocument(Array($0)).value }
    }

    @Test("members that lines of jsonl have, too, are equal to theirs")
    func sameAsLines() async throws {
        let fixture = try await Self.fixture.value
        let conversation = fixture.conversation()
        for (query, mode) in [("清华大学", SearchMode.exact), ("清华大学的银杏", .any), ("團隊", .auto)] {
            let folds = mode == .any ? [FoldLevel.full] : FoldLevel.allCases
            for fold in folds {
                var request = SearchRequest(query, mode: mode, limit: 20, fold: fold)
                request.results.perArticle = 2
                request.results.collapses = true
                request.results.explains = true
                request.results.context = 1
                let expected = try lines(request, fixture)
                let page = conversation.call(
                    "search",
                    [
                        "query": .string(query), "mode": .string(mode.rawValue), "fold": .string(fold.rawValue),
                        "limit": 20, "group": true, "perArticle": 2, "collapse": true, "explain": true,
                        "context": 1,
                        "snippet": 0,
                    ])["structuredContent"]
                let found = page?["results"]?.elements ?? []
                #expect(found.count == expected.count && !found.isEmpty)
                for (hit, line) in zip(found, expected) {
                    for name in ["rank", "score", "match", "healed", "fold", "group", "duplicates", "explanation"] {
                        #expect(hit[name] == line[name], "\(query) \(name)")
                    }
                    for name in ["before", "after"] {
                        let sides = [hit, line].map { side in
                            side["context"]?[name]?.elements?.map { [$0["number"], $0["text"], $0["line"]] }
                        }
                        #expect(sides[0] != nil && sides[0] == sides[1], "\(query) \(name)")
                    }
                }
            }
        }
    }

    @Test("grouped: a page at a time, each article once, and hits under it in order", arguments: [false, true])
    func groupedPages(collapses: Bool) async throws {
        let fixture = try await Self.fixture.value
        let conversation = fixture.conversation()
        func page(_ limit: Int, _ offset: Int) -> JSONValue? {
            conversation.call(
                "search",
                [
                    "query": "清华大学", "group": true, "limit": .number(limit), "offset": .number(offset),
                    "collapse": .bool(collapses),
                ])["structuredContent"]
        }
        let whole = page(50, 0)?["results"]?.elements ?? []
        #expect(whole.count == (collapses ? 12 : 17))
        #expect(Set(whole.compactMap { $0["article"]?["id"]?.string }).count == (collapses ? 9 : 10))
        for limit in 1...4 {
            var found: [JSONValue] = []
            var offset: Int? = 0
            while let next = offset {
                let page = page(limit, next)
                found += page?["results"]?.elements ?? []
                offset = page?["nextOffset"]?.integer
                #expect(page?["groups"]?.integer == limit || offset == nil)
            }
            #expect(found.map { $0["rank"] } == whole.map { $0["rank"] }, "\(limit)")
            #expect(found.map { $0["citation"] } == whole.map { $0["citation"] }, "\(limit)")
        }
    }

    @Test("as text: the article once, neighbours by their numbers, copies counted, the score in a table")
    func text() async throws {
        let fixture = try await Self.fixture.value
        let conversation = fixture.conversation()
        func text(_ arguments: [JSONValue.Member]) -> String? {
            conversation.call("search", .object([.init("query", "清华大学")] + arguments)).text
        }
        let grouped = text([
            .init("group", true), .init("context", 1), .init("snippet", 6), .init("article", "连.txt"),
        ])
        #expect(
            grouped == """
                1 to 3 in 1 article of 3 paragraphs (exact)

                清华大学一。

                1. (articles/连.txt:4, 连.txt#4)
                #3- 别的。
                清华大学三，…

                2. (articles/连.txt:1, 连.txt#1)
                清华大学一。
                #2- 清华大学二在…

                3. (articles/连.txt:2, 连.txt#2)
                #1- 清华大学一。
                清华大学二在…
                #3- 别的。

                """)
        let collapsed = text([.init("collapse", true), .init("limit", 50)])
        #expect(collapsed?.matches(of: #/[原转]\.txt#\d\), and 1 like it\n/#).count == 1)
        let explained = text([.init("explain", true), .init("article", "断.txt")])
        #expect(
            explained?.contains("清华大学五。\n  keyword    idf  paragraphs  here  adds\n  清华大学") == true,
            "\(explained ?? "")")
    }
}
