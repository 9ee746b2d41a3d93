import Model
import TestSupport
import Testing
import Tokenizer

@testable import Search

@Suite("Literal search at narrower folds")
struct FoldSearchTests {
    private static let pieces = [
        "国", "國", "国", "峰", "峯", "台", "臺", "A", "a", "Ａ", "ａb", "ab", "Ab", "é", "e\u{301}", "①", "1", "ｶ", "カ",
        "，", ",", " ", "(guó)", "⼀", "一", "㈱", "Ki mi", "kimi", "ﬁ", "fi",
        "℃", "°", "c", "⒈", ".", "⑴", "㏂", "½", "5", "ｶﾞ", "ﾞ", "ガ", "…",
    ]

    private static func text(_ count: Int, _ generator: inout SplitMix64) -> String {
        (0..<count).map { _ in generator.pick(pieces) }.joined()
    }

    private static func search(_ index: TestIndex, _ query: String, _ fold: FoldLevel, _ mode: SearchMode) throws
        -> [Hit]?
    {
        let engine = try index.engine()
        do {
            let request = SearchRequest(query, mode: mode, limit: 0, isPlain: true, fold: fold)
            return try engine.hits(try engine.run(request))
        } catch SearchError.query(.nothingToFind) {
            return nil
        }
    }

    @Test(
        "each level finds what a scan at that level finds, and a hit knows the first that finds it",
        arguments: Seed.first(30))
    func scans(seed: Seed) throws {
        var generator = seed.generator()
        let articles = (0..<6).map { number in
            TextArticle(id: "\(number)", paragraphs: (0..<5).map { _ in Self.text(8, &generator) })
        }
        let index = try TestIndex(articles)
        let full = Oracle(analyzer: index.analyzer)
        for _ in 0..<25 {
            let query = Self.text(1 + generator.below(3), &generator)
            var narrowest: [String: FoldLevel] = [:]
            let anywhere = try full.matches(try full.keywords(query), in: articles)
            for level in FoldLevel.allCases {
                let oracle = Oracle(analyzer: try Analyzer(fold: level))
                let rows = try oracle.keywords(query)
                let expected = rows.isEmpty ? [] : try oracle.matches(rows, in: articles)
                #expect(expected.isSubset(of: anywhere), "\(query) at \(level)")
                let hits = try Self.search(index, query, level, .exact)
                #expect(Set((hits ?? []).map(\.place)) == expected, "\(query) at \(level)")
                // What holds all of it holds each of its words.
                let words = try Self.search(index, query, level, .all) ?? []
                #expect(expected.isSubset(of: words.map(\.place)), "\(query) at \(level), every word")
                for hit in hits ?? [] where narrowest[hit.place] == nil { narrowest[hit.place] = level }
                for hit in hits ?? [] {
                    #expect(hit.fold == narrowest[hit.place], "\(query) in \(hit.text) at \(level)")
                }
            }
        }
    }

    @Test("what is highlighted matches at the level asked for")
    func highlights() throws {
        let index = try TestIndex([TextArticle(id: "a", paragraphs: ["国家與國家，峯會与峰会"])])
        func found(_ query: String, _ level: FoldLevel) throws -> [Range<Int>] {
            try Self.search(index, query, level, .exact)?.first?.highlights ?? []
        }
        #expect(try found("国家", .none) == [0..<2])
        #expect(try found("国家", .icu) == [0..<2, 3..<5])
        #expect(try found("峰會", .none) == [])
        #expect(try found("峰會", .icu) == [9..<11])
        #expect(try found("峰會", .full) == [6..<8, 9..<11])
    }

    @Test("every word at the level asked for")
    func words() throws {
        let index = try TestIndex([TextArticle(id: "a", paragraphs: ["清華大学，人工智能", "清华大学的人工智能"])])
        #expect(try Self.search(index, "清华大学人工智能", .none, .all)?.map(\.place) == ["a#2"])
        #expect(try Self.search(index, "清华大学人工智能", .icu, .all)?.count == 2)
    }

    @Test("nothing falls back to best match, and best match is refused")
    func modes() throws {
        let index = try TestIndex([TextArticle(id: "a", paragraphs: ["清華大學"])])
        #expect(try Self.search(index, "清华", .none, .auto)?.isEmpty == true)
        #expect(try Self.search(index, "清华", .full, .auto)?.count == 1)
        #expect(throws: SearchError.query(.narrowedBestMatch)) { try Self.search(index, "清华", .icu, .any) }
    }

    @Test("partial matches name no level")
    func partial() throws {
        let index = try TestIndex([TextArticle(id: "a", paragraphs: ["清華大學"])])
        #expect(try Self.search(index, "清华北大", .full, .any)?.map(\.fold) == [nil])
    }
}
