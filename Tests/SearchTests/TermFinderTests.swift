import InvertedIndex
import Model
import TestSupport
import Testing

@testable import Search

@Suite("Looking terms up")
struct TermFinderTests {
    @Test(
        "gives what the dictionaries have, the first time and later, whatever fields were asked for",
        arguments: Seed.first(6))
    func finding(seed: Seed) throws {
        var generator = seed.generator()
        let segments = try TestIndex(RandomCorpus.segments(3, using: &generator)).opened().segments
        var known: [TermKey] = []
        for segment in segments {
            try segment.forEachTerm { bytes, _ in known.append(TermKey(bytes: bytes).inField(.body)) }
        }
        known.append(TermKey(field: .body, kind: .word, word: Array("absent".utf8)))
        let finder = TermFinder(segments)
        for _ in 0..<60 {
            let keys = (0..<generator.below(20)).map { _ in generator.pick(known) }
            let fields = Field.allCases.filter { _ in generator.below(2) == 0 }
            let found = try finder.find(keys, in: fields)
            #expect(found.count == keys.count)
            for (key, entries) in zip(keys, found) {
                for field in fields {
                    let wanted = try segments.map { try $0.find(key.inField(field))?.documentCount }
                    #expect(try #require(entries[field]).map { $0?.documentCount } == wanted)
                }
            }
        }
    }

    @Test("keeps terms that are asked for again, and so many at most")
    func shelf() {
        let segments = 1 << 12
        let shelf = TermShelf(segments: segments)
        func key(_ number: Int) -> TermKey { TermKey(field: .body, kind: .character, integer: UInt64(number)) }
        func isKnown(_ key: TermKey) -> Bool { shelf.term(key)[.body] != nil }
        func learn(_ key: TermKey) { shelf.term(key)[.body] = [] }
        learn(key(0))
        for number in 1..<1000 {
            learn(key(number))
            #expect(isKnown(key(number)))
            #expect(isKnown(key(0)), "asked for all the time")
        }
        #expect(isKnown(key(999)))
        #expect(!isKnown(key(1)))
        let kept = (0..<1000).reversed().count { isKnown(key($0)) }
        #expect((2...200).contains(kept))
        let long = TermKey(field: .body, kind: .word, word: [UInt8](repeating: UInt8(ascii: "a"), count: 1000))
        learn(long)
        #expect(!isKnown(long))
    }
}
