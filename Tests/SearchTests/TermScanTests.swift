import InvertedIndex
import Model
import TestSupport
import Testing

@testable import Search

@Suite("Scans of a dictionary")
struct TermScanTests {
    @Test("a scan gives the terms of a prefix, as many as it may look at", arguments: Seed.first(10))
    func scan(seed: Seed) throws {
        var generator = seed.generator()
        let index = try TestIndex(RandomCorpus.segments(2, using: &generator))
        for segment in try index.engine().snapshot.segments {
            var all: [(key: [UInt8], count: Int)] = []
            try segment.forEachTerm { key, entry in all.append((key, entry.documentCount)) }
            for _ in 0..<20 {
                let key = all.isEmpty ? [1] : generator.pick(all).key
                let prefix =
                    Array(key.prefix(generator.below(key.count + 1))) + (generator.once(in: 5) ? [0x80] : [])
                let limit = generator.pick([0, 1, 3, .max])
                let expected = all.filter { $0.key.starts(with: prefix) }.prefix(limit)
                var found: [(key: [UInt8], count: Int)] = []
                let steps = try segment.scanTerms(prefix: prefix, limit: limit) { key, count in
                    found.append((key, count))
                    return true
                }
                #expect(steps == expected.count)
                #expect(found.map(\.key) == expected.map(\.key) && found.map(\.count) == expected.map(\.count))
                let stopped = try segment.scanTerms(prefix: prefix, limit: limit) { _, _ in false }
                #expect(stopped == min(1, expected.count))
            }
        }
    }
}
