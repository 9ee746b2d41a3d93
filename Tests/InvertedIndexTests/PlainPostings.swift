import Bytes
import TestSupport

@testable import InvertedIndex

/// A postings list as plain arrays, the slow twin of everything a cursor does.
struct PlainPostings {
    var documents: [UInt32] = []
    /// The positions of each document; as many as its frequency.
    var positions: [[UInt32]] = []
    var hasPositions = true
    var documentLimit = 0

    var frequencies: [UInt32] { positions.map { UInt32($0.count) } }

    /// `count` random documents, dense or sparse, with few or many occurrences.
    init(count: Int, using generator: inout SplitMix64) {
        hasPositions = generator.once(in: 2)
        let gapLimit = generator.pick([1, 2, 10, 1000, 1_000_000])
        let frequencyLimit = generator.pick([1, 2, 5, 40])
        let stepLimit = generator.pick([1, 3, 200, 20_000])
        var document = generator.below(gapLimit)
        for _ in 0..<count {
            documents.append(UInt32(document))
            var position = generator.below(stepLimit)
            var places: [UInt32] = []
            for _ in 0...generator.below(frequencyLimit) {
                places.append(UInt32(position))
                position += 1 + generator.below(stepLimit)
            }
            positions.append(places)
            document += 1 + generator.below(gapLimit)
        }
        documentLimit = Int(documents.last ?? 0) + 1 + generator.below(3)
    }

    var list: PostingList {
        var encoded = ByteWriter()
        for places in positions where hasPositions {
            var previous: UInt32 = 0
            for place in places {
                encoded.varint(place - previous)
                previous = place
            }
        }
        return PostingList(documents: documents, frequencies: frequencies, positions: encoded.bytes)
    }

    /// The bytes of postings and positions.
    var encoded: (postings: [UInt8], positions: [UInt8]) {
        var postings = ByteWriter()
        var positions = ByteWriter()
        PostingsFormat.encode(list, postings: &postings, positions: &positions)
        return (postings.bytes, positions.bytes)
    }

    /// The index of the first document that is not before `target`.
    func index(notBefore target: UInt32) -> Int { documents.firstIndex { $0 >= target } ?? documents.count }

    func document(_ index: Int) -> UInt32 {
        index < documents.count ? documents[index] : PostingsCursor.noMoreDocuments
    }
}

/// A cursor over these bytes, sound or not.
func makeCursor(
    _ bytes: (postings: [UInt8], positions: [UInt8]), documentCount: Int, totalFrequency: UInt64 = 0,
    documentLimit: Int
) throws -> PostingsCursor {
    let entry = TermEntry(
        documentCount: documentCount, totalFrequency: totalFrequency,
        postings: ByteView(bytes.postings, file: "postings"),
        positions: ByteView(bytes.positions, file: "positions"))
    return try PostingsCursor(entry, documentLimit: documentLimit)
}

extension PlainPostings {
    func cursor() throws -> PostingsCursor {
        try makeCursor(encoded, documentCount: documents.count, documentLimit: documentLimit)
    }
}
