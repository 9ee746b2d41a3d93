import Bytes
import InvertedIndex
import Model
import TestSupport
import Testing

@testable import Search

@Suite("Walking literal matches")
struct LiteralScorerTests {
    /// Passes over all blocks that it is asked about, and keeps what it is told of them.
    private struct Skipper: HitCollector {
        var added = ScoredParagraphs()
        var skipped: [(count: Int, range: ClosedRange<Int>, most: Float)] = []
        /// Whether to pass over so many.
        let isWanted: (Int) -> Bool

        mutating func add(_ ordinal: Int, _ score: Float) { added.add(ordinal, score) }

        mutating func passesOver(_ count: Int, in range: ClosedRange<Int>, atMost score: Float) -> Bool {
            if isWanted(count) { skipped.append((count, range, score)) }
            return isWanted(count)
        }
    }

    /// Counts what a ranking passes over.
    private struct Counter: HitCollector {
        var ranking: LiteralRanking
        /// Whether what comes at once is handed on at once.
        var isWhole = true
        var blocks = 0
        var groups = 0

        mutating func add(_ ordinal: Int, _ score: Float) throws(FormatError) { try ranking.add(ordinal, score) }

        mutating func add(_ ordinals: UnsafeBufferPointer<UInt32>, _ scores: UnsafePointer<Float>)
            throws(FormatError)
        {
            if isWhole { return try unsafe ranking.add(ordinals, scores) }
            for index in ordinals.indices { try unsafe ranking.add(Int(ordinals[index]), scores[index]) }
        }

        mutating func passesOver(_ count: Int, in range: ClosedRange<Int>, atMost score: Float) throws(FormatError)
            -> Bool
        {
            guard try ranking.passesOver(count, in: range, atMost: score) else { return false }
            if count == 128 { blocks += 1 } else { groups += 1 }
            return true
        }
    }

    /// Some 10,000 paragraphs most of which hold each of some words, so that lists have two groups of blocks and more; the best are
    /// near the beginning.
    private func index(hasGlosses: Bool = false, using generator: inout SplitMix64) throws -> TestIndex {
        try TestIndex(
            (0..<4400).map { number in
                let texts = (0..<1 + generator.below(4)).map { _ in
                    let words = ["大学", "生活", "iPhone"].filter { _ in !generator.once(in: 20) }
                    let text = number < 100 ? generator.pick(["大学", "生活", "iPhone"]) : words.joined() + "这里还有许多别的话"
                    return text + (hasGlosses && generator.once(in: 4000) ? "大(da)学" : "")
                }
                return TextArticle(
                    id: "\(number)", title: generator.once(in: 2000) ? "大学" : "", paragraphs: texts)
            })
    }

    private func clause(_ query: String, _ engine: QueryEngine) throws -> (QueryPlan, LiteralScorer.Clause) {
        let plan = try QueryPlan(SearchRequest(query), analyzer: engine.analyzer, narrow: nil) { _ in [] }
        let clause = try LiteralClause(plan.keywords[0], heals: true, finder: engine.finder)
        let cursor = try #require(try LiteralCursor(clause, segment: 0, analyzer: engine.analyzer))
        return (plan, .init(cursor: cursor, weight: engine.model.weight(documents: clause.documentCount)))
    }

    @Test("blocks and groups hold as many as is said, and none that scores more", arguments: Seed.first(2))
    func blocks(seed: Seed) throws {
        var generator = seed.generator()
        let engine = try index(hasGlosses: generator.once(in: 2), using: &generator).engine()
        let scorer = LiteralScorer(model: engine.model, segment: try #require(engine.snapshot.segments.first))
        for query in ["大学", "学生", "大", "iphone"] {
            var all = ScoredParagraphs()
            try scorer.collect([try clause(query, engine).1], into: &all)
            for isWanted in [{ _ in true }, { $0 == 128 }, { $0 > 128 }] as [(Int) -> Bool] {
                var skipper = Skipper(isWanted: isWanted)
                try scorer.collect([try clause(query, engine).1], into: &skipper)
                for blocks in skipper.skipped {
                    let inside = all.all.filter { blocks.range.contains($0.ordinal) }
                    #expect(inside.count == blocks.count)
                    #expect(inside.allSatisfy { $0.score <= blocks.most * 1.0001 })
                }
                let outside = all.all.filter { hit in
                    !skipper.skipped.contains { $0.range.contains(hit.ordinal) }
                }
                #expect(skipper.added.all.map(\.ordinal) == outside.map(\.ordinal))
                #expect(skipper.added.all.map(\.score) == outside.map(\.score))
                if query == "大", isWanted(128) { #expect(skipper.skipped.contains { $0.count == 128 }) }
            }
        }
    }

    @Test("what cannot be among the best is passed over by blocks and by groups", arguments: Seed.first(2))
    func passesOver(seed: Seed) throws {
        var generator = seed.generator()
        let engine = try index(using: &generator).engine()
        let scorer = LiteralScorer(model: engine.model, segment: try #require(engine.snapshot.segments.first))
        var (blocks, groups) = (0, 0)
        for query in ["大学", "生活", "大", "iphone", "学生活", "大学生活iphone"] {
            func ranking(_ plan: QueryPlan, _ clause: LiteralScorer.Clause, limit: Int) throws -> LiteralRanking {
                let extras = try LiteralExtras(
                    plan, model: engine.model, finder: engine.finder, spans: engine.spans)
                return try extras.ranking(
                    onlyTermOf: clause.cursor.isOneTerm ? clause.weight : nil, segment: 0, live: engine.live[0],
                    top: TopHits(limit: limit))
            }
            let (plan, some) = try clause(query, engine)
            var counter = Counter(ranking: try ranking(plan, some, limit: 10))
            try scorer.collect([some], into: &counter)
            let (_, same) = try clause(query, engine)
            var single = Counter(ranking: try ranking(plan, same, limit: 10), isWhole: false)
            try scorer.collect([same], into: &single)
            let (_, every) = try clause(query, engine)
            var all = try ranking(plan, every, limit: 0)
            try scorer.collect([every], into: &all)
            let best = try counter.ranking.top.ranked { (_) throws(FormatError) in }
            let scores = try all.top.ranked { (_) throws(FormatError) in }.prefix(10).map(\.score)
            #expect(best.map(\.score) == Array(scores))
            #expect(try single.ranking.top.ranked { (_) throws(FormatError) in } == best)
            #expect(single.ranking.top.count == all.top.count)
            #expect(counter.ranking.top.count == all.top.count)
            blocks += counter.blocks
            groups += counter.groups
        }
        #expect(blocks > 0 && groups > 0)
    }
}
