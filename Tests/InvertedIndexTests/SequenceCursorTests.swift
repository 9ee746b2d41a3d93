import TestSupport
import Testing

@testable import InvertedIndex

@Suite("Sequences of terms")
struct SequenceCursorTests {
    /// A term of a sequence, and where it stands in each document.
    private struct Term {
        let offset: UInt32?
        let places: [UInt32: [UInt32]]
    }

    private static func terms(using generator: inout SplitMix64) -> (terms: [Term], documentLimit: Int) {
        let documentLimit = generator.pick([40, 700])
        // Texts of a few places, in which most places are taken, and long ones.
        let length = generator.pick([3, 30, 400])
        let terms = (0..<1 + generator.below(5)).map { number in
            let (rarity, sparsity) = (generator.pick([1, 2, 10]), generator.pick([1, 2, 6]))
            var places: [UInt32: [UInt32]] = [:]
            for document in 0..<UInt32(documentLimit) where generator.once(in: rarity) {
                let positions = (0..<UInt32(length)).filter { _ in generator.once(in: sparsity) }
                if !positions.isEmpty { places[document] = positions }
            }
            if places.isEmpty { places[0] = [0] }
            let offset = generator.once(in: 6) ? nil : UInt32(number + generator.below(3))
            return Term(offset: offset, places: places)
        }
        return (terms, documentLimit)
    }

    /// Where the sequence begins in a document; nil where it has not all terms there.
    private static func starts(_ terms: [Term], _ document: UInt32) -> [UInt32]? {
        guard terms.allSatisfy({ $0.places[document] != nil }) else { return nil }
        let placed = terms.filter { $0.offset != nil }
        guard let first = placed.first, let offset = first.offset else { return [] }
        return first.places[document]?.filter { $0 >= offset }.map { $0 - offset }.filter { start in
            placed.allSatisfy { $0.places[document]?.contains(start + ($0.offset ?? 0)) ?? false }
        }
    }

    private static func cursor(_ places: [UInt32: [UInt32]], _ documentLimit: Int) throws -> PostingsCursor {
        let ordered = places.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return try PlainPostings(ordered, documentLimit: documentLimit).cursor()
    }

    /// - Parameter unites: whether a term with a number is made of two, of which either has some of its places.
    private static func cursor(_ terms: [Term], _ documentLimit: Int, unites: (Int) -> Bool = { _ in false }) throws
        -> SequenceCursor
    {
        SequenceCursor(
            try terms.enumerated().map { number, term in
                let odd = term.places.mapValues { $0.filter { $0 % 2 == 1 } }.filter { !$0.value.isEmpty }
                let even = term.places.mapValues { $0.filter { $0 % 2 == 0 } }.filter { !$0.value.isEmpty }
                let places = unites(number) && !odd.isEmpty && !even.isEmpty ? [odd, even] : [term.places]
                let cursors = try places.map { try cursor($0, documentLimit) }
                return SequenceCursor.Part(try #require(TermCursor(cursors)), offset: term.offset)
            })
    }

    @Test("in batches are those one by one", arguments: Seed.first(150))
    func batches(seed: Seed) throws {
        var generator = seed.generator()
        let (terms, documentLimit) = Self.terms(using: &generator)
        let united = (0..<terms.count).filter { _ in generator.once(in: 5) }
        let single = try Self.cursor(terms, documentLimit) { united.contains($0) }
        let cursor = try Self.cursor(terms, documentLimit) { united.contains($0) }
        var wanted: [[UInt32]] = []
        while try single.next() != PostingsCursor.noMoreDocuments {
            wanted.append([single.document, single.frequency])
        }
        var found: [[UInt32]] = []
        while true {
            // Either goes on where the other stopped.
            if generator.once(in: 4) {
                if try cursor.next() == PostingsCursor.noMoreDocuments { break }
                found.append([cursor.document, cursor.frequency])
                // Places that have been asked for are not reckoned twice.
                if generator.once(in: 2) { _ = try cursor.possibleStarts() }
            } else if let (documents, frequencies) = try unsafe cursor.matches() {
                #expect((1...PostingsFormat.blockSize).contains(documents.count))
                found += unsafe zip(documents, frequencies).map { [$0, $1] }
            } else {
                break
            }
        }
        #expect(found == wanted)
        #expect(try unsafe cursor.matches() == nil)
    }

    @Test(
        "documents, occurrences and beginnings are those of a scan, by next and by seek", arguments: Seed.first(150)
    )
    func scan(seed: Seed) throws {
        var generator = seed.generator()
        let (terms, documentLimit) = Self.terms(using: &generator)
        let cursor = try Self.cursor(terms, documentLimit)
        let placed = terms.count { $0.offset != nil }
        let rarest = terms.map(\.places.count).min() ?? 0
        #expect(cursor.candidateCount == rarest)
        var next: UInt32 = 0
        while next != PostingsCursor.noMoreDocuments {
            let found = try generator.once(in: 2) ? cursor.next() : cursor.seek(next)
            let wanted = (next..<UInt32(documentLimit)).first { document in
                guard let starts = Self.starts(terms, document) else { return false }
                return placed < 2 || !starts.isEmpty
            }
            guard let wanted else {
                #expect(found == PostingsCursor.noMoreDocuments)
                break
            }
            try #require(found == wanted && cursor.document == wanted)
            let starts = Self.starts(terms, wanted) ?? []
            if placed < 2 {
                let frequencies = terms.filter { $0.places.count == rarest }.map { $0.places[wanted]?.count }
                #expect(frequencies.contains(Int(cursor.frequency)))
            } else {
                #expect(Int(cursor.frequency) == starts.count)
            }
            #expect(try cursor.possibleStarts() == (placed > 0 ? starts : nil))
            next = wanted + 1
        }
    }
}
