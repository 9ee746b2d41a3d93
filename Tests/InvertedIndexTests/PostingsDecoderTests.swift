import Bytes
import Model
import TestSupport
import Testing

@testable import InvertedIndex

/// A term's postings read at once are those that a cursor gives one by one.
@Suite("Postings decoder")
struct PostingsDecoderTests {
    private static let stepLimit = 1 << 20

    /// What is left of some postings when documents are deleted, under new numbers.
    private func renumbered(_ plain: PlainPostings, by map: DocumentMap) -> PostingList {
        var expected = PostingList()
        for (document, places) in zip(plain.documents, plain.positions) {
            guard let number = map[Int(document)] else { continue }
            expected.documents.append(UInt32(number))
            expected.frequencies.append(UInt32(places.count))
            var next: UInt32 = 0
            for place in places where plain.hasPositions {
                expected.steps.append(place - next)
                next = place + 1
            }
        }
        return expected
    }

    private func expectSame(_ list: PostingList, _ expected: PostingList) {
        #expect(list.documents == expected.documents)
        #expect(list.frequencies == expected.frequencies)
        #expect(list.steps == expected.steps)
    }

    @Test("all postings come, one list after the other", arguments: Seed.first(8))
    func whole(seed: Seed) throws {
        var generator = seed.generator()
        var decoder = PostingsDecoder()
        for count in [1, 2, 100, 127, 128, 129, 300, 5000] {
            var plain = PlainPostings(count: count, using: &generator)
            if generator.once(in: 2) { plain = plain.hosted(others: 3, using: &generator) }
            let map = DocumentMap(base: generator.below(1000), count: plain.documentLimit, deletions: nil)
            let before = PlainPostings(count: 3, using: &generator).list
            var list = before
            let filed = plain.entry(plain.encoded)
            try decoder.append(
                filed.entry, in: filed.files, documentLimit: plain.documentLimit, stepLimit: Self.stepLimit,
                renumberedBy: map, to: &list)
            let appended = renumbered(plain, by: map)
            expectSame(
                list,
                PostingList(
                    documents: before.documents + appended.documents,
                    frequencies: before.frequencies + appended.frequencies, steps: before.steps + appended.steps))
        }
    }

    @Test("deleted documents are left out, and the others close up", arguments: Seed.first(8))
    func deleted(seed: Seed) throws {
        var generator = seed.generator()
        var decoder = PostingsDecoder()
        for count in [1, 127, 128, 500] {
            // Deletions are a bit a document: not among billions.
            var plain = PlainPostings(count: count, using: &generator)
            while plain.documentLimit > 10_000_000 { plain = PlainPostings(count: count, using: &generator) }
            var deletions = LiveSet(articleCount: plain.documentLimit)
            for document in plain.documents where generator.once(in: 3) { deletions.delete(Int(document)) }
            let map = DocumentMap(base: 7, count: plain.documentLimit, deletions: deletions)
            var list = PostingList()
            let filed = plain.entry(plain.encoded)
            try decoder.append(
                filed.entry, in: filed.files, documentLimit: plain.documentLimit, stepLimit: Self.stepLimit,
                renumberedBy: map, to: &list)
            expectSame(list, renumbered(plain, by: map))
        }
    }

    @Test("damaged postings are an error, or documents of the segment", arguments: Seed.first(8))
    func damaged(seed: Seed) throws {
        var generator = seed.generator()
        var decoder = PostingsDecoder()
        for _ in 0..<300 {
            var plain = PlainPostings(count: generator.pick([1, 100, 128, 300]), using: &generator)
            if generator.once(in: 2) { plain = plain.hosted(others: 3, using: &generator) }
            let bytes = InvertedIndexTests.damaged(plain.encoded, using: &generator)
            let map = DocumentMap(base: 0, count: plain.documentLimit, deletions: nil)
            var list = PostingList()
            let filed = plain.entry(bytes)
            do {
                try decoder.append(
                    filed.entry, in: filed.files, documentLimit: plain.documentLimit, stepLimit: Self.stepLimit,
                    renumberedBy: map, to: &list)
            } catch {
                continue
            }
            #expect(list.documents.count == plain.documents.count)
            #expect(list.documents.allSatisfy { Int($0) < plain.documentLimit })
            #expect(list.frequencies.allSatisfy { $0 > 0 })
            let steps = plain.hasPositions ? list.frequencies.reduce(0) { $0 + Int($1) } : 0
            #expect(list.steps.count == steps)
        }
    }
}
