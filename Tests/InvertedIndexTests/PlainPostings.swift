import Bytes
import TestSupport

@testable import InvertedIndex

typealias EncodedPostings = (postings: [UInt8], positions: [UInt8])

func encode(_ list: PostingList, _ context: PostingsContext) -> EncodedPostings {
    var encoder = PostingsEncoder()
    encoder.encode(list, context)
    return (encoder.postings.bytes, encoder.positions.bytes)
}

/// A postings list as plain arrays, the slow twin of everything a cursor does.
struct PlainPostings {
    var documents: [UInt32] = []
    /// The positions of each document; as many as its frequency.
    var positions: [[UInt32]] = []
    var hasPositions = true
    var documentLimit = 0
    var stepParameter = 0

    private(set) var frequencies: [UInt32] = []

    /// `count` random documents, dense or sparse, with few or many occurrences.
    init(count: Int, using generator: inout SplitMix64) {
        hasPositions = generator.once(in: 2)
        stepParameter = generator.below(12)
        let gapLimit = min(generator.pick([1, 2, 10, 1000, 1_000_000]), 4_000_000_000 / (count + 1))
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
            frequencies.append(UInt32(places.count))
            document += 1 + generator.below(gapLimit)
        }
        documentLimit = Int(documents.last ?? 0) + 1 + generator.below(3)
    }

    var list: PostingList {
        var steps: [UInt32] = []
        for places in positions where hasPositions {
            var next: UInt32 = 0
            for place in places {
                steps.append(place - next)
                next = place + 1
            }
        }
        return PostingList(documents: documents, frequencies: frequencies, steps: steps)
    }

    /// The bytes of postings and positions.
    var encoded: EncodedPostings {
        encode(
            list,
            PostingsContext(documentLimit: documentLimit, hasPositions: hasPositions, stepParameter: stepParameter))
    }

    /// The index of the first document that is not before `target`.
    func index(notBefore target: UInt32) -> Int {
        var low = 0
        var high = documents.count
        while low < high {
            let middle = (low + high) / 2
            if documents[middle] < target { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func document(_ index: Int) -> UInt32 {
        index < documents.count ? documents[index] : PostingsCursor.noMoreDocuments
    }
}

/// A cursor over these bytes, sound or not.
func makeCursor(
    _ bytes: EncodedPostings, documentCount: Int, documentLimit: Int,
    hasPositions: Bool = true, stepParameter: Int = 0
) throws -> PostingsCursor {
    let entry = TermEntry(
        documentCount: documentCount, postings: ByteView(bytes.postings, file: "postings"),
        positions: ByteView(bytes.positions, file: "positions"), hasPositions: hasPositions,
        stepParameter: stepParameter)
    return try PostingsCursor(entry, documentLimit: documentLimit)
}

extension PlainPostings {
    func cursor() throws -> PostingsCursor {
        try makeCursor(encoded)
    }

    /// A cursor over bytes that may have been damaged since.
    func makeCursor(_ bytes: EncodedPostings, documentCount: Int? = nil) throws -> PostingsCursor {
        try InvertedIndexTests.makeCursor(
            bytes, documentCount: documentCount ?? documents.count, documentLimit: documentLimit,
            hasPositions: hasPositions, stepParameter: stepParameter)
    }
}
