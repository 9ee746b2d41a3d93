import InvertedIndex
import Model
import TestSupport
import Testing
import Tokenizer

@testable import Search

/// Filters by title, which go by the terms of titles, against reading every title.
@Suite("Filters by title")
struct TitleFilterTests {
    /// The slow twin: the articles whose titles hold a text, by their numbers.
    private static func holders(
        of text: String, among articles: [TextArticle], analyzer: Analyzer, heals: Bool
    ) throws -> [Int]? {
        let analysis = try analyzer.analyze(text.utf8, words: false)
        guard let wanted = UnitSequence(analysis, analysis.units.indices) else { return nil }
        return try articles.indices.filter { number in
            let title = try AnalysedParagraph(Array(articles[number].title.utf8), analyzer: analyzer, heals: heals)
            return !wanted.occurrences(in: title.plain).isEmpty
                || title.healed.map { !wanted.occurrences(in: $0).isEmpty } ?? false
        }
    }

    /// What a filter lets pass: every article has the same paragraph.
    private static func passed(
        _ engine: QueryEngine, _ title: String, heals: Bool, fold: FoldLevel
    ) throws -> [Int]? {
        var filter = SearchFilter()
        filter.title = title
        let request = SearchRequest("共有", mode: .exact, limit: 0, heals: heals, fold: fold, filter: filter)
        let hits: [Hit]
        do throws(SearchError) {
            hits = try engine.hits(try engine.run(request))
        } catch {
            #expect(error == .query(.nothingInTitle))
            return nil
        }
        return hits.map { Int(String(decoding: $0.articleID, as: UTF8.self)) ?? -1 }.sorted()
    }

    @Test(
        "a filter lets pass what reading every title finds, at each fold, healed or not", arguments: Seed.first(12))
    func twin(seed: Seed) throws {
        var generator = seed.generator()
        let articles = (0..<120).map { number in
            TextArticle(
                id: "\(number)", title: generator.once(in: 8) ? "" : RandomCorpus.text(using: &generator),
                paragraphs: ["共有"])
        }
        let engine = try TestIndex([Array(articles[..<70]), Array(articles[70...])]).engine()
        var found = 0
        for _ in 0..<60 {
            let text = RandomCorpus.query(from: articles, using: &generator)
            for fold in FoldLevel.allCases {
                let analyzer = fold == .full ? engine.analyzer : try engine.levels.analyzer(fold)
                for heals in [true, false] {
                    let expected = try Self.holders(of: text, among: articles, analyzer: analyzer, heals: heals)
                    let passed = try Self.passed(engine, text, heals: heals, fold: fold)
                    #expect(passed == expected, "\(text) at \(fold)\(heals ? "" : ", not healed")")
                    found += expected?.count ?? 0
                }
            }
        }
        #expect(found > 100)
    }

    @Test("of the titles only those are read that may hold the text", arguments: [true, false])
    func candidates(isVerbatim: Bool) throws {
        let titles = [
            "清华大学", "大学清华", "清华，大学", "清大", "團(tuan2)隊", "gpt 清华", "", "北京", "&#28165;华", "&#x006E05;华",
            "2024 清 10000",
        ]
        let index = try TestIndex(
            titles.enumerated().map { TextArticle(id: "\($0)", title: $1, paragraphs: ["一"]) })
        let engine = try index.engine()
        func candidates(_ text: String) throws -> [Int]? {
            let analysis = try engine.analyzer.analyze(text.utf8, words: false)
            let sequence = try #require(UnitSequence(analysis, analysis.units.indices))
            let titles = try TitleCandidates(
                sequence, isVerbatim: isVerbatim, finder: engine.finder)
            guard let titles else { return nil }
            var found: Set<Int> = []
            try titles.forEach(inSegment: 0) { found.insert($0) }
            return found.sorted()
        }
        // Of a healed reading characters are known and references, of the plain one pairs, but not where they stand.
        #expect(try candidates("清华大学") == (isVerbatim ? [0, 1, 2] : [0, 1, 2, 8, 9, 10]))
        #expect(try candidates("大清") == (isVerbatim ? [] : [0, 1, 2, 3, 8, 9, 10]))
        #expect(try candidates("清华") == (isVerbatim ? [0, 1, 2, 5] : [0, 1, 2, 5, 8, 9, 10]))
        #expect(try candidates("团队") == (isVerbatim ? [] : [4, 8, 9, 10]))
        #expect(try candidates("gpt") == (isVerbatim ? [5] : nil))
    }

    @Test("among titles of many numbers references cannot be told, and every title is read")
    func manyNumbers() throws {
        let articles = (0..<5000).map { TextArticle(id: "\($0)", title: "\(10_000 + $0) 号", paragraphs: ["共有"]) }
        let engine = try TestIndex(articles + [TextArticle(id: "5000", title: "&#20013;国", paragraphs: ["共有"])])
            .engine()
        #expect(try Self.passed(engine, "中国", heals: true, fold: .full) == [5000])
        #expect(try Self.passed(engine, "中国", heals: false, fold: .full) == [])
        #expect(try Self.passed(engine, "号", heals: true, fold: .full)?.count == 5000)
    }
}
