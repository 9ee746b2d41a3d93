import Bytes
import InvertedIndex
import Model
import TestSupport
import Testing

@testable import Search

@Suite("Walking literal matches")
struct LiteralScorerTests {
    /// Passes over every block that it is asked about, and keeps what it is told of them.
    private struct Skipper: HitCollector {
        var added: [(ordinal: Int, score: Float)] = []
        var skipped: [(count: Int, range: ClosedRange<Int>, most: Float)] = []

        mutating func add(_ ordinal: Int, _ score: Float) { added.append((ordinal, score)) }

        mutating func passesOver(_ count: Int, in range: ClosedRange<Int>, atMost score: Float) -> Bool {
            skipped.append((count, range, score))
            return true
        }
    }

    @Test(
        "blocks that can be passed over hold as many as is said, and none that scores more",
        arguments: Seed.first(6))
    func blocks(seed: Seed) throws {
        var generator = seed.generator()
        let hasGlosses = generator.once(in: 2)
        let articles = (0..<1200).map { number in
            let words = (0..<1 + generator.below(12)).map { _ in generator.pick(["大学", "生活", "北京", "iPhone"]) }
            let gloss = hasGlosses && generator.once(in: 400) ? "大(da)学" : ""
            return TextArticle(id: "\(number)", paragraphs: [words.joined() + gloss])
        }
        let index = try TestIndex(articles)
        let engine = try index.engine()
        let segment = try #require(engine.snapshot.segments.first)
        let scorer = LiteralScorer(model: engine.model, segment: segment)
        var skipped = 0
        for query in ["大学", "活北", "大", "iphone"] {
            let plan = try QueryPlan(SearchRequest(query), analyzer: index.analyzer, narrow: nil) { _ in [] }
            func clauses() throws -> [LiteralScorer.Clause] {
                let clause = try LiteralClause(plan.keywords[0], heals: true, finder: engine.finder)
                let cursor = try #require(try LiteralCursor(clause, segment: 0, analyzer: index.analyzer))
                return [.init(cursor: cursor, weight: 7)]
            }
            var all = ScoredParagraphs()
            try scorer.collect(try clauses(), into: &all)
            var skipper = Skipper()
            try scorer.collect(try clauses(), into: &skipper)
            skipped += skipper.skipped.count
            for block in skipper.skipped {
                let inside = all.all.filter { block.range.contains($0.ordinal) }
                #expect(inside.count == block.count)
                #expect(inside.allSatisfy { $0.score <= block.most * 1.0001 })
            }
            let outside = all.all.filter { hit in !skipper.skipped.contains { $0.range.contains(hit.ordinal) } }
            #expect(skipper.added.map(\.ordinal) == outside.map(\.ordinal))
            #expect(skipper.added.map(\.score) == outside.map(\.score))
        }
        #expect(skipped > 3)
    }
}
