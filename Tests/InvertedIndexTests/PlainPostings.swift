import Bytes
import TestSupport

@testable import InvertedIndex

typealias EncodedPostings = (postings: [UInt8], positions: [UInt8])

func encode(_ list: PostingList, _ context: PostingsContext) -> EncodedPostings {
    var encoder = PostingsEncoder()
    encoder.encode(PostingSlice(list), context)
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
    /// Documents that these are written by the places of; nil for none.
    private(set) var host: [UInt32]?

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

    /// These documents, with these positions.
    init(_ places: [(document: UInt32, positions: [UInt32])], documentLimit: Int) {
        documents = places.map(\.document)
        positions = places.map(\.positions)
        frequencies = positions.map { UInt32($0.count) }
        self.documentLimit = documentLimit
    }

    /// The same documents, to be written by their places among these and others in between.
    ///
    /// - Parameter others: how many others there may be before each.
    func hosted(others: Int, using generator: inout SplitMix64) -> PlainPostings {
        var hosted = self
        hosted.hasPositions = false
        var host: [UInt32] = []
        var next: UInt32 = 0
        for document in documents {
            for _ in 0..<min(generator.below(others + 1), Int(document - next)) {
                let room = Int(document - next)
                guard room > 0 else { break }
                let other = next + UInt32(generator.below(room))
                host.append(other)
                next = other + 1
            }
            host.append(document)
            next = document + 1
        }
        hosted.host = host
        return hosted
    }

    /// Some of the postings, one at least, without positions: what a pair can have of its bigram's.
    func some(using generator: inout SplitMix64) -> PlainPostings {
        var some = self
        some.hasPositions = false
        let kept = documents.indices.filter { $0 == 0 || generator.once(in: 2) }
        some.documents = kept.map { documents[$0] }
        some.positions = kept.map { positions[$0] }
        some.frequencies = kept.map { frequencies[$0] }
        return some
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
            PostingsContext(
                documentLimit: documentLimit, hasPositions: hasPositions, stepParameter: stepParameter,
                host: hostPlaces))
    }

    /// Where the documents are in the host.
    var hostPlaces: HostPlaces? {
        host.map { host in
            var places = HostPlaces()
            precondition(places.find(documents[...], in: host))
            return places
        }
    }

    /// The bytes of the host's postings.
    private var encodedHost: [UInt8] {
        guard let host else { return [] }
        let list = PostingList(documents: host, frequencies: [UInt32](repeating: 1, count: host.count))
        let context = PostingsContext(documentLimit: documentLimit, hasPositions: false, stepParameter: 0)
        return InvertedIndexTests.encode(list, context).postings
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

/// An entry of a dictionary with the files that it points into.
struct FiledEntry {
    /// Positions that all texts have at most.
    static let positionLimit = 1 << 20

    let entry: TermEntry
    let files: PostingsFiles

    /// What a dictionary would say of these bytes, sound or not.
    ///
    /// - Parameter host: the postings of the host, and its documents.
    init(
        _ bytes: EncodedPostings, documentCount: Int, hasPositions: Bool = true, stepParameter: Int = 0,
        host: (postings: [UInt8], count: Int)? = nil
    ) {
        func entry(_ count: Int, _ postings: Range<Int>, hasPositions: Bool) -> TermEntry {
            TermEntry(
                documentCount: count, postings: PostingsPlace(isInline: false, bytes: postings),
                positions: hasPositions ? bytes.positions.indices : 0..<0, hasPositions: hasPositions)
        }
        let all = bytes.postings + (host?.postings ?? [])
        var own = entry(documentCount, bytes.postings.indices, hasPositions: hasPositions)
        if let host {
            own.host = HostEntry(entry(host.count, bytes.postings.count..<all.count, hasPositions: false))
        }
        self.entry = own
        files = PostingsFiles(
            terms: ByteView([], file: "terms"), postings: ByteView(all, file: "postings"),
            positions: ByteView(bytes.positions, file: "positions"), stepParameter: stepParameter)
    }

    func cursor(documentLimit: Int) throws -> PostingsCursor {
        try PostingsCursor(entry, in: files, documentLimit: documentLimit, positionLimit: Self.positionLimit)
    }
}

/// A cursor over these bytes, sound or not.
func makeCursor(
    _ bytes: EncodedPostings, documentCount: Int, documentLimit: Int,
    hasPositions: Bool = true, stepParameter: Int = 0
) throws -> PostingsCursor {
    try FiledEntry(bytes, documentCount: documentCount, hasPositions: hasPositions, stepParameter: stepParameter)
        .cursor(documentLimit: documentLimit)
}

extension PlainPostings {
    func cursor() throws -> PostingsCursor {
        try makeCursor(encoded)
    }

    /// An entry of bytes that may have been damaged since.
    func entry(_ bytes: EncodedPostings, documentCount: Int? = nil) -> FiledEntry {
        FiledEntry(
            bytes, documentCount: documentCount ?? documents.count, hasPositions: hasPositions,
            stepParameter: stepParameter, host: host.map { (encodedHost, $0.count) })
    }

    /// A cursor over bytes that may have been damaged since.
    func makeCursor(_ bytes: EncodedPostings, documentCount: Int? = nil) throws -> PostingsCursor {
        try entry(bytes, documentCount: documentCount).cursor(documentLimit: documentLimit)
    }
}

/// The bytes with some of them changed, or cut off.
func damaged(_ good: EncodedPostings, using generator: inout SplitMix64) -> EncodedPostings {
    var bytes = good
    func damage(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        for _ in 0...generator.below(3) where !bytes.isEmpty {
            let place =
                generator.once(in: 2) ? generator.below(min(bytes.count, 40)) : generator.below(bytes.count)
            switch generator.below(5) {
            case 0: bytes[place] = 0xFF
            case 1: bytes[place] ^= 1 << UInt8(generator.below(8))
            case 2: bytes.removeSubrange(place...)
            case 3: for index in place..<min(bytes.count, place + 12) { bytes[index] = 0xFF }
            default: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
            }
        }
    }
    damage(&bytes.postings)
    if generator.once(in: 3) { damage(&bytes.positions) }
    return bytes
}
