import TestSupport
import Testing

@testable import InvertedIndex

@Suite("Postings")
struct PostingsTests {
    /// Around the edges of blocks, then anything.
    private static func postings(_ seed: Seed) -> [PlainPostings] {
        var generator = seed.generator()
        let blocks = [32 * 128, 32 * 128 + 1, 33 * 128, 64 * 128, 70 * 128 + 5]
        let counts =
            [1, 2, 127, 128, 129, 255, 256, 257, 384, generator.pick(blocks)]
            + (0..<6).map { _ in 1 + generator.below(2000) }
        return counts.flatMap { count in
            let plain = PlainPostings(count: count, using: &generator)
            return [plain, plain.hosted(others: generator.pick([0, 1, 2, 50]), using: &generator)]
        }
    }

    private func expectOn(_ cursor: PostingsCursor, _ plain: PlainPostings, _ index: Int) throws {
        guard index < plain.documents.count else {
            #expect(cursor.document == PostingsCursor.noMoreDocuments)
            return
        }
        var positions: [UInt32] = [99]
        #expect(cursor.document == plain.documents[index])
        #expect(cursor.frequency == plain.frequencies[index])
        guard plain.hasPositions else { return }
        try cursor.positions(into: &positions)
        #expect(positions == plain.positions[index])
    }

    @Test(
        "next gives every document, frequency and position, and the end again and again", arguments: Seed.first(8))
    func next(seed: Seed) throws {
        for plain in Self.postings(seed) {
            let cursor = try plain.cursor()
            #expect(cursor.documentCount == plain.documents.count)
            for index in plain.documents.indices {
                #expect(try cursor.next() == plain.documents[index])
                try expectOn(cursor, plain, index)
            }
            for _ in 0..<3 { #expect(try cursor.next() == PostingsCursor.noMoreDocuments) }
            #expect(try cursor.seek(0) == PostingsCursor.noMoreDocuments)
            #expect(try cursor.seek(.max) == PostingsCursor.noMoreDocuments)
            #expect(try cursor.next() == PostingsCursor.noMoreDocuments)
        }
    }

    @Test("seek and next, mixed, are a scan of the array", arguments: Seed.first(12))
    func seek(seed: Seed) throws {
        var generator = seed.generator()
        for plain in Self.postings(seed) {
            let cursor = try plain.cursor()
            var index = -1
            // Far and near targets, some of them behind the cursor.
            let reach = generator.pick([3, 200, plain.documentLimit + 2])
            while index < plain.documents.count {
                if generator.once(in: 3) {
                    index += 1
                    #expect(try cursor.next() == plain.document(index))
                } else {
                    let here = index < 0 ? 0 : Int(plain.document(index))
                    let target = UInt32(max(0, here - 2 + generator.below(reach)))
                    index = max(max(0, index), plain.index(notBefore: target))
                    #expect(try cursor.seek(target) == plain.document(index))
                    // Where it is already, it stays.
                    #expect(try cursor.seek(target) == plain.document(index))
                }
                if generator.once(in: 2) { try expectOn(cursor, plain, index) }
                // Reading positions twice gives them twice.
                if generator.once(in: 4) { try expectOn(cursor, plain, index) }
            }
            #expect(try cursor.next() == PostingsCursor.noMoreDocuments)
        }
    }

    @Test("seeking every document and every gap before it", arguments: [1, 127, 128, 129, 256, 300])
    func seekEverywhere(count: Int) throws {
        var generator = Seed(UInt64(count)).generator()
        for plain in [PlainPostings(count: count, using: &generator)].flatMap({
            [$0, $0.hosted(others: 2, using: &generator)]
        }) {
            try seekEverywhere(plain)
        }
    }

    private func seekEverywhere(_ plain: PlainPostings) throws {
        for index in plain.documents.indices {
            let document = plain.documents[index]
            let cursor = try plain.cursor()
            #expect(try cursor.seek(document) == document)
            try expectOn(cursor, plain, index)
            let other = try plain.cursor()
            #expect(try other.seek(document + 1) == plain.document(index + 1))
            if index + 1 < plain.documents.count { try expectOn(other, plain, index + 1) }
        }
    }

    @Test(
        "the postings of ranges are found, from one call to the next and from the front again",
        arguments: Seed.first(6))
    func ranges(seed: Seed) throws {
        var generator = seed.generator()
        for plain in Self.postings(seed) {
            let cursor = try plain.cursor()
            for _ in 0..<3 {
                var first = 0
                for _ in 0..<generator.below(4) {
                    var ranges: [Range<UInt32>] = []
                    for _ in 0..<generator.below(20) {
                        let end = plain.documentLimit
                        var start = min(end, first + generator.below(max(1, end / 20)))
                        // Here and there a document that is there, as most are not.
                        if generator.once(in: 2) {
                            start = min(end, Int(plain.document(plain.index(notBefore: UInt32(start)))))
                        }
                        first = min(end, start + generator.below(1 + end / 30))
                        ranges.append(UInt32(start)..<UInt32(first))
                    }
                    var found: [RangedPosting] = []
                    try cursor.find(in: ranges, into: &found)
                    var wanted: [RangedPosting] = []
                    for (number, range) in ranges.enumerated() {
                        var index = plain.index(notBefore: range.lowerBound)
                        while plain.document(index) < range.upperBound {
                            wanted.append(RangedPosting(number, plain.document(index), plain.frequencies[index]))
                            index += 1
                        }
                    }
                    #expect(found == wanted)
                }
                // Wherever it is left.
                switch generator.below(4) {
                case 0: try unsafe cursor.forEachBlock { _, _ in }
                case 1: try cursor.seek(UInt32(generator.below(plain.documentLimit + 2)))
                case 2: while try cursor.next() != PostingsCursor.noMoreDocuments {}
                default: break
                }
                cursor.restart()
            }
        }
    }

    @Test("positions are the same again after going back", arguments: Seed.first(8))
    func positionsAgain(seed: Seed) throws {
        var generator = seed.generator()
        for plain in Self.postings(seed) {
            let cursor = try plain.cursor()
            for _ in 0..<3 {
                var index = -1
                for _ in 0..<generator.below(12) {
                    index = min(
                        plain.documents.count - 1, index + 1 + generator.below(generator.pick([1, 5, 200])))
                    try cursor.seek(plain.documents[index])
                    try expectOn(cursor, plain, index)
                }
                cursor.restart()
            }
        }
    }

    @Test("frequencies are told of any documents that are asked for in order", arguments: Seed.first(6))
    func frequencies(seed: Seed) throws {
        var generator = seed.generator()
        for plain in Self.postings(seed) {
            let cursor = try plain.cursor()
            let reach = generator.pick([3, 200, plain.documentLimit + 2])
            var document = UInt32(generator.below(3))
            while Int(document) < plain.documentLimit {
                let index = plain.index(notBefore: document)
                let wanted = plain.document(index) == document ? plain.frequencies[index] : 0
                if let known = cursor.frequencyInBlock(document) { #expect(known == wanted) }
                for _ in 0..<2 { #expect(try cursor.frequency(in: document) == wanted) }
                // Most often one that is there.
                let next = min(Int(document) + 1 + generator.below(reach), plain.documentLimit)
                let after = plain.document(plain.index(notBefore: document + 1))
                document = generator.once(in: 3) ? UInt32(next) : after
            }
            #expect(try cursor.frequency(in: .max - 1) == 0)
            #expect(try cursor.frequency(in: .max - 1) == 0)
        }
    }

    @Test("blocks hand over everything, from the first, wherever the cursor was", arguments: Seed.first(4))
    func blocks(seed: Seed) throws {
        var generator = seed.generator()
        for plain in Self.postings(seed) {
            let cursor = try plain.cursor()
            if generator.once(in: 2) { try cursor.seek(UInt32(generator.below(plain.documentLimit))) }
            var documents: [UInt32] = []
            var frequencies: [UInt32] = []
            try unsafe cursor.forEachBlock { block, counts in
                #expect(block.count == counts.count && (1...PostingsFormat.blockSize).contains(block.count))
                documents += unsafe Array(block)
                frequencies += unsafe Array(counts)
            }
            #expect(documents == plain.documents)
            #expect(frequencies == plain.frequencies)
            #expect(cursor.document == PostingsCursor.noMoreDocuments)
            #expect(try cursor.next() == PostingsCursor.noMoreDocuments)
        }
    }

    @Test("impacts bound every posting of their block and group, tightly", arguments: Seed.first(12))
    func impacts(seed: Seed) throws {
        var generator = seed.generator()
        for plain in Self.postings(seed) where plain.documentLimit < 10_000_000 {
            let scale = ImpactScale(average: Float(1 + generator.below(2000)))
            let lengths = (0..<plain.documentLimit).map { _ in UInt8(generator.below(256)) }
            let bytes = encode(
                plain.list,
                PostingsContext(
                    documentLimit: plain.documentLimit, hasPositions: plain.hasPositions,
                    stepParameter: plain.stepParameter, lengths: lengths, scale: scale, host: plain.hostPlaces))
            let cursor = try plain.makeCursor(bytes)
            let slope = ImpactScale.k1 * ImpactScale.b / scale.average
            let shares = zip(plain.documents, plain.frequencies).map { document, frequency in
                let length = Float(LengthCode.decode(lengths[Int(document)]))
                return Float(frequency) / (Float(frequency) + ImpactScale.k1 * (1 - ImpactScale.b) + slope * length)
            }
            let blocks = plain.documents.count / 128
            for beyond in [blocks, blocks + 1, (blocks / 32 + 1) * 32] {
                #expect(try cursor.summary(ofBlock: beyond) == nil)
                #expect(try cursor.summary(ofGroupFrom: beyond) == nil)
            }
            let greatest = cursor.greatestImpact
            #expect(shares.allSatisfy { $0 <= scale.bound(greatest, average: scale.average) })
            for index in plain.documents.indices where generator.once(in: 20) {
                let target = plain.documents[index]
                let block = index / 128
                guard block < blocks else { continue }
                func check(_ summary: PostingsCursor.Summary?, _ blocks: Range<Int>) throws -> UInt8 {
                    let summary = try #require(summary)
                    let range = blocks.lowerBound * 128..<blocks.upperBound * 128
                    let first = range.lowerBound == 0 ? 0 : plain.documents[range.lowerBound - 1] + 1
                    #expect(summary.blocks == blocks.count && summary.count == range.count)
                    #expect(summary.range == first...plain.documents[range.upperBound - 1])
                    let best = shares[range].max()!
                    #expect(best <= scale.bound(summary.impact, average: scale.average))
                    #expect(Float(Int(summary.impact) - 1) / 255 < best)
                    return summary.impact
                }
                let impact = try check(try cursor.summary(ofBlock: block), block..<block + 1)
                #expect(impact <= greatest)
                let group = block / 32 * 32
                if group != block { #expect(try cursor.summary(ofGroupFrom: block) == nil) }
                if group + 32 < blocks {
                    let ofGroup = try check(try cursor.summary(ofGroupFrom: group), group..<group + 32)
                    #expect(impact <= ofGroup && ofGroup <= greatest)
                } else {
                    #expect(try cursor.summary(ofGroupFrom: group) == nil)
                }
                // Where lengths count less, shares grow, and the bound with them.
                let longer = scale.average * 1.7
                let other = ImpactScale.k1 * ImpactScale.b / longer
                let length = Float(LengthCode.decode(lengths[Int(target)]))
                let tf = Float(plain.frequencies[index])
                let share = tf / (tf + ImpactScale.k1 * (1 - ImpactScale.b) + other * length)
                #expect(share <= scale.bound(impact, average: longer))
            }
        }
    }

    @Test("codes of lengths ascend, are exact when small, and three percent off at most")
    func lengthCodes() {
        var previous: UInt8 = 0
        for length in Array(0..<5000) + stride(from: 5000, to: 1 << 19, by: 997) {
            let code = LengthCode.encode(length)
            #expect(code >= previous)
            previous = code
            let decoded = LengthCode.decode(code)
            #expect(LengthCode.encode(decoded) == code)
            #expect(length < 32 ? decoded == length : abs(Double(decoded - length)) <= Double(length) * 0.032)
        }
        #expect(LengthCode.encode((1 << 19) - 1) == 255)
        #expect(LengthCode.encode(.max) == 255)
    }

    @Test("the largest ordinal and the largest frequency come back")
    func extremes() throws {
        // Next to the end of the ordinals; no positions, so that the frequency costs no memory.
        let last = UInt32.max - 2
        for count in [1, 128, 129] {
            let documents = (0..<count).map { last - UInt32(count - 1 - $0) }
            let list = PostingList(
                documents: documents, frequencies: documents.map { _ in UInt32.max - 1 }, steps: [])
            let limit = Int(last) + 1
            let bytes = encode(
                list, PostingsContext(documentLimit: limit, hasPositions: false, stepParameter: 0))
            let cursor = try makeCursor(bytes, documentCount: count, documentLimit: limit, hasPositions: false)
            for document in documents {
                #expect(try cursor.next() == document)
                #expect(cursor.frequency == UInt32.max - 1)
            }
            #expect(try cursor.next() == PostingsCursor.noMoreDocuments)
        }
    }
}
