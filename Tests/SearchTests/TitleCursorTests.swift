import InvertedIndex
import Model
import TestSupport
import Testing

@testable import Search

@Suite("Titles of literal hits")
struct TitleCursorTests {
    /// Titles of few words, articles without any, and articles without paragraphs.
    private func index(using generator: inout SplitMix64) throws -> TestIndex {
        let words = ["清华", "大学", "合作", "新闻", "大学大学"]
        func title() -> String { (0..<generator.below(3)).map { _ in generator.pick(words) }.joined() }
        return try TestIndex(
            (0..<3).map { segment in
                (0..<40 + generator.below(200)).map { number in
                    TextArticle(
                        id: "\(segment)-\(number)", title: title(),
                        paragraphs: (0..<generator.below(4)).map { _ in "清华大学" })
                }
            })
    }

    @Test("paragraphs earn what their title is worth, whichever of them are asked about", arguments: Seed.first(30))
    func scores(seed: Seed) throws {
        var generator = seed.generator()
        let index = try index(using: &generator)
        let engine = try index.engine()
        let query = generator.pick(["大学", "清华大学", "合作", "没有的词"])
        let plan = try QueryPlan(SearchRequest(query), analyzer: index.analyzer, narrow: nil) { _ in [] }
        let titles = try TitleScorer(plan.extraTerms(), finder: engine.finder, spans: engine.spans)
        var most: Float = 0
        for (segment, reader) in engine.snapshot.segments.enumerated() {
            // Of each paragraph by a cursor of its own.
            var single: [Float] = []
            for ordinal in 0..<reader.paragraphCount {
                var cursor = try titles.cursor(segment: segment)
                single.append(try cursor.score(of: ordinal))
            }
            for article in 0..<reader.articles.articleCount {
                let title = String(decoding: try reader.articles.record(article).title, as: UTF8.self)
                let paragraphs = try reader.articles.paragraphs(ofArticle: article)
                #expect(Set(single[paragraphs]).count <= 1)
                if query == "大学" { #expect(single[paragraphs].allSatisfy { ($0 > 0) == title.contains("大学") }) }
                if query == "没有的词" { #expect(single[paragraphs].allSatisfy { $0 == 0 }) }
            }
            most = max(most, single.max() ?? 0)
            var walk = try titles.cursor(segment: segment)
            for ordinal in 0..<reader.paragraphCount where generator.once(in: 3) {
                #expect(try walk.score(of: ordinal) == single[ordinal])
                if generator.once(in: 4) { #expect(try walk.score(of: ordinal) == single[ordinal]) }
                // No earlier paragraph is asked about after these.
                let others = ordinal...min(ordinal + generator.below(30), reader.paragraphCount - 1)
                if generator.once(in: 2), try walk.areUntitled(others) {
                    #expect(others.allSatisfy { single[$0] == 0 })
                }
                if ordinal < walk.firstTitled { #expect(single[ordinal] == 0) }
            }
        }
        #expect(most <= titles.most)
    }
}
