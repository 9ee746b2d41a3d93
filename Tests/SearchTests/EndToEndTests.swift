import Model
import Suoyin
import TestSupport
import Testing

/// From files to hits through the library's front door.
@Suite("Indexer and searcher")
struct EndToEndTests {
    private let directory = TemporaryDirectory()
    private var index: Path { Path(directory.path(of: "Index")) }
    private var articles: Path { Path(directory.path(of: "articles")) }

    private func write(_ text: String, to name: String) { directory.write(text.utf8, to: "articles/" + name) }

    private func places(_ query: String, _ mode: SearchMode = .exact) throws -> [String] {
        try Searcher(index: index).search(SearchRequest(query, mode: mode, limit: 0)).hits.map {
            "\(String(decoding: $0.articleID, as: UTF8.self))#\($0.number)"
        }
    }

    @Test("hits point back to their files")
    func hits() async throws {
        write("第一段。\n\n清华大学的團(tuán)隊。\n", to: "one.txt")
        write(#"{"id":"j1","title":"题目","text":"甲\n清华大学","date":"2024-01-02"}"# + "\n", to: "two.jsonl")
        let report = try await Indexer(index: index).update([articles])
        #expect(report.isComplete && report.addedFiles == 2 && report.articles == 2 && report.paragraphs == 4)
        let (hits, summary) = try Searcher(index: index).search(SearchRequest("清华大学"))
        #expect(summary == SearchSummary(mode: .exact, hits: 2, relation: .equal, returned: 2))
        #expect(Set(hits.map { String(decoding: $0.articleID, as: UTF8.self) }) == ["one.txt", "j1"])
        let text = try #require(hits.first { $0.articleID == Array("one.txt".utf8) })
        #expect(text.number == 2 && text.source.line == 3 && text.source.bytes == 14..<45)
        #expect(text.text == "清华大学的團(tuán)隊。" && text.highlights == [0..<4])
        #expect(text.path == Path(directory.path(of: "articles/one.txt")))
        let line = try #require(hits.first { $0.articleID == Array("j1".utf8) })
        #expect(line.title == "题目" && line.date == "2024-01-02" && line.number == 2)
        #expect(try IndexVerification(index: index).problems.isEmpty)
    }

    @Test("a second run follows the files, and answers as an index built anew", arguments: Seed.first(3))
    func updates(seed: Seed) async throws {
        var generator = seed.generator()
        let fresh = Path(directory.path(of: "Fresh"))
        let characters = Array("中国清华大学")
        func text() -> String {
            (0..<1 + generator.below(4)).map { _ in
                String((0..<1 + generator.below(6)).map { _ in generator.pick(characters) })
            }.joined(separator: "\n\n")
        }
        for round in 0..<4 {
            for _ in 0..<4 {
                let name = "\(generator.below(8)).txt"
                if generator.once(in: 4) { write("", to: name) } else { write(text() + "\n", to: name) }
            }
            let report = try await Indexer(index: index).update([articles])
            #expect(report.isComplete)
            let anew = Path(fresh.lossyString + "\(round)")
            _ = try await Indexer(index: anew).update([articles])
            for query in ["中", "国清", "清华大学", "大学 中", "华"] {
                let request = SearchRequest(query, mode: .exact, limit: 0)
                let found = try Searcher(index: index).search(request)
                let expected = try Searcher(index: anew).search(request)
                #expect(found.summary == expected.summary)
                // Deleted paragraphs still count in scores, so only what is found is compared.
                func texts(_ hits: [Hit]) -> Set<String> {
                    Set(hits.map { "\(String(decoding: $0.articleID, as: UTF8.self))#\($0.number) \($0.text)" })
                }
                #expect(texts(found.hits) == texts(expected.hits))
            }
            #expect(try IndexVerification(index: index).problems.isEmpty)
        }
        let status = try IndexStatus(index: index)
        #expect(status.isCurrent && status.generation >= 1)
    }

    @Test("removing takes a directory out, and leaves the rest")
    func remove() async throws {
        write("清华\n", to: "a/1.txt")
        write("清华\n", to: "b/2.txt")
        _ = try await Indexer(index: index).update([articles])
        #expect(try places("清华") == ["a/1.txt#1", "b/2.txt#1"])
        #expect(try Indexer(index: index).remove([articles.appending(Array("a".utf8))]) == 1)
        #expect(try places("清华") == ["b/2.txt#1"])
        #expect(try Indexer(index: index).remove([articles]) == 1)
        #expect(try places("清华", .auto).isEmpty)
        #expect(try IndexVerification(index: index).problems.isEmpty)
    }

    @Test("a wrong query is an error of its own, and so is no index")
    func errors() async throws {
        #expect(throws: (any Error).self) { try Searcher(index: index) }
        #expect(throws: (any Error).self) { try Indexer(index: index).remove([articles]) }
        #expect(!directory.exists("Index"))
        write("清华\n", to: "a.txt")
        _ = try await Indexer(index: index).update([articles])
        #expect(throws: QueryError.nothingToFind) { try places("。") }
        #expect(throws: QueryError.unclosedQuote(at: 4)) { try places("清华 \"大") }
    }

    @Test("a title alone brings the first paragraph, in any only")
    func title() async throws {
        write(#"{"id":"t","title":"人工智能","text":"下雨\n天晴"}"# + "\n", to: "t.jsonl")
        _ = try await Indexer(index: index).update([articles])
        #expect(try places("人工智能", .any) == ["t#1"])
        #expect(try places("人工智能", .auto) == ["t#1"])
        for mode in [SearchMode.exact, .all] { #expect(try places("人工智能", mode).isEmpty) }
    }
}
