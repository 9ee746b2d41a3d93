import InvertedIndex
import Model
import TestSupport
import Testing
import Tokenizer

@testable import Search

@Suite("Search after merging")
struct MergedSearchTests {
    @Test(
        "an index merged to one answers as a fresh one of the same articles", arguments: Seed.first(6),
        SearchMode.allCases)
    func equalsFresh(seed: Seed, mode: SearchMode) throws {
        var generator = seed.generator()
        let segments = RandomCorpus.segments(5, using: &generator)
        let deleted: Set<UInt32> = generator.once(in: 3) ? [] : [2, 5]
        let merged = try TestIndex(segments, deleted: deleted)
        let engine = try merged.engine()
        do {
            let writer = try IndexWriter(merged.storage, analyzer: Analyzer.fingerprint)
            #expect(try writer.mergeAll())
            try writer.commit()
        }
        let fresh = try TestIndex(merged.live)
        for _ in 0..<15 {
            let query = RandomCorpus.query(from: merged.articles, using: &generator)
            let limit = generator.pick([0, 1, 3, 10])
            let request = SearchRequest(query, mode: mode, limit: limit, isPlain: true)
            guard let expected = try? fresh.search(query, mode, limit: limit, isPlain: true) else { continue }
            let found = try merged.search(query, mode, limit: limit, isPlain: true)
            #expect(found.summary.agrees(with: expected.summary))
            #expect(found.hits.map(\.place) == expected.hits.map(\.place))
            #expect(found.hits.map(\.score) == expected.hits.map(\.score))
            #expect(found.hits.map(\.highlights) == expected.hits.map(\.highlights))
            #expect(found.hits.map(\.text) == expected.hits.map(\.text))

            // Opened before the merge: the same paragraphs, found where they were then.
            let before = try engine.run(request)
            #expect(before.summary.agrees(with: expected.summary))
            #expect(try engine.hits(before).count == expected.hits.count)
        }
    }
}
