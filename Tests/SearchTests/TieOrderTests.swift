import InvertedIndex
import Model
import TestSupport
import Testing

@testable import Search

@Suite("Order of equal scores")
struct TieOrderTests {
    /// Articles that all say the same, some of the same id, and some of which are deleted.
    private func index(using generator: inout SplitMix64) throws -> TestIndex {
        let segments = (0..<4).map { _ in
            (0..<1 + generator.below(30)).map { _ in
                TextArticle(
                    // Where it is empty, it is that of a file, of which the index knows nothing.
                    id: generator.once(in: 9) ? "" : generator.pick(["", "甲"]) + "\(generator.below(40))",
                    paragraphs: (0..<1 + generator.below(3)).map { _ in "清华大学" },
                    source: UInt32(1 + generator.below(4)))
            }
        }
        return try TestIndex(segments, deleted: [2])
    }

    @Test(
        "ids are compared as bytes, whether they are read one by one or their order is known",
        arguments: Seed.first(20)
    )
    func ids(seed: Seed) throws {
        var generator = seed.generator()
        let engine = try index(using: &generator).engine()
        for limit in [0, 1, 5, 20] {
            for mode in [SearchMode.exact, .any] {
                func ranked() throws -> [RankedParagraph] {
                    try engine.run(SearchRequest("大学", mode: mode, limit: limit)).ranked
                }
                (engine.order, engine.idLookUps) = (nil, -1_000_000)
                let byID = try ranked()
                #expect(engine.order == nil)
                engine.idLookUps = engine.snapshot.articleCount
                let byRank = try ranked()
                #expect(byRank == byID)
                #expect(engine.order != nil || byID.count < 2)
                try expectOrder(byID, engine)
            }
        }
    }

    private func expectOrder(_ ranked: [RankedParagraph], _ engine: QueryEngine) throws {
        for (left, right) in zip(ranked, ranked.dropFirst()) where left.score == right.score {
            let keys = try [left, right].map { hit in
                let articles = engine.snapshot.segments[hit.segment].articles
                let article = try articles.article(ofParagraph: hit.ordinal)
                let id = try engine.snapshot.articleID(article, ofSegment: hit.segment)
                return (id: id, number: hit.ordinal - (try articles.paragraphs(ofArticle: article).lowerBound))
            }
            if keys[0].id == keys[1].id {
                #expect(
                    (keys[0].number, left.segment, left.ordinal) < (keys[1].number, right.segment, right.ordinal))
            } else {
                #expect(keys[0].id.lexicographicallyPrecedes(keys[1].id))
            }
        }
    }
}
