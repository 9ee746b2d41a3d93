import Bytes
import TestSupport
import Testing

@testable import InvertedIndex

/// Whatever the bytes say: documents ascend and stay below the limit, or the cursor throws. It never traps.
@Suite("Damaged postings")
struct DamagedPostingsTests {
    /// Walks a cursor at random until it ends or throws.
    private func walk(_ cursor: PostingsCursor, _ plain: PlainPostings, using generator: inout SplitMix64) {
        let limit = plain.documentLimit
        var previous = -1
        var positions: [UInt32] = []
        do {
            while true {
                let isSeek = generator.once(in: 3)
                let target = UInt32(max(0, previous) + generator.below(generator.pick([2, 50, limit + 1])))
                let document = isSeek ? try cursor.seek(target) : try cursor.next()
                if document == PostingsCursor.noMoreDocuments { break }
                #expect(Int(document) < limit)
                #expect(isSeek ? document >= target && Int(document) >= previous : Int(document) > previous)
                previous = Int(document)
                if generator.once(in: 4) {
                    try cursor.positions(into: &positions)
                    #expect(positions.count == (plain.hasPositions ? Int(cursor.frequency) : 0))
                    #expect(zip(positions, positions.dropFirst()).allSatisfy { $0 <= $1 })
                }
            }
            #expect(try cursor.next() == PostingsCursor.noMoreDocuments)
        } catch {
            // An error ends the walk, as it should.
        }
    }

    private func walkBlocks(_ cursor: PostingsCursor, limit: Int) {
        var documents: [UInt32] = []
        do {
            try unsafe cursor.forEachBlock { block, frequencies in
                documents += unsafe Array(block)
                #expect(block.count == frequencies.count)
            }
        } catch {
            // An error ends the walk, as it should.
        }
        #expect(zip(documents, documents.dropFirst()).allSatisfy { $0 < $1 })
        #expect(documents.allSatisfy { Int($0) < limit })
    }

    /// Walks two terms of the same postings a batch at a time.
    private func walkMatches(_ cursors: [PostingsCursor], limit: Int) {
        var documents: [UInt32] = []
        let parts = cursors.enumerated().compactMap { number, cursor in
            TermCursor([cursor]).map { SequenceCursor.Part($0, offset: UInt32(number)) }
        }
        let sequence = SequenceCursor(parts)
        do {
            while let (found, frequencies) = try unsafe sequence.matches() {
                documents += unsafe Array(found)
                #expect(found.count == frequencies.count)
            }
        } catch {
            // An error ends the walk, as it should.
        }
        #expect(zip(documents, documents.dropFirst()).allSatisfy { $0 < $1 })
        #expect(documents.allSatisfy { Int($0) < limit })
    }

    /// What is said of blocks and groups before they are unpacked goes up, and does not leave the segment.
    private func walkSummaries(_ cursor: PostingsCursor, limit: Int) {
        for isOfGroups in [false, true] {
            var number = 0
            var last = -1
            while let found = try? isOfGroups
                ? cursor.summary(ofGroupFrom: number) : cursor.summary(ofBlock: number)
            {
                #expect(Int(found.range.lowerBound) > last && Int(found.range.upperBound) < limit)
                #expect(found.range.count >= found.count && found.count == found.blocks * 128)
                last = Int(found.range.upperBound)
                number += found.blocks
            }
        }
    }

    @Test("what skips say of documents that there are not is an error")
    func forgedSkips() throws {
        var generator = Seed(5).generator()
        let plain = PlainPostings(count: 128 * 70, using: &generator)
        let groups =
            (plain.hasPositions ? 2 : 1)..<((plain.hasPositions ? 2 : 1) + 2 * PostingsFormat.groupEntrySize)
        var bytes = plain.encoded
        let good = try plain.makeCursor(bytes)
        #expect(try good.summary(ofGroupFrom: 32)?.blocks == 32)
        // The second group and its last block end beyond the segment.
        for place in [
            groups.lowerBound + PostingsFormat.groupEntrySize, groups.upperBound + 63 * PostingsFormat.skipSize,
        ] {
            bytes.postings.replaceSubrange(place..<place + 4, with: [0xFF, 0xFF, 0xFF, 0x7F])
        }
        let cursor = try plain.makeCursor(bytes)
        #expect(throws: FormatError.self) { try cursor.summary(ofGroupFrom: 32) }
        #expect(throws: FormatError.self) { try cursor.summary(ofBlock: 63) }
        #expect(try cursor.summary(ofBlock: 62) != nil)
        // The second block ends where it begins, or has too few documents to be one.
        for step in [0, 1, 126] as [UInt32] {
            bytes = plain.encoded
            let place = groups.upperBound + PostingsFormat.skipSize
            let last = plain.documents[127] + step
            bytes.postings.replaceSubrange(place..<place + 4, with: littleEndian(last))
            let cursor = try plain.makeCursor(bytes)
            #expect(try cursor.summary(ofBlock: 0) != nil)
            #expect(throws: FormatError.self) { try cursor.summary(ofBlock: 1) }
        }
    }

    /// A list of each second document, by its places among all: 128 of a block each, and ten more.
    private static func pairs() -> (plain: PlainPostings, bytes: EncodedPostings, skips: Int) {
        let documents = (0..<266).map { UInt32(2 * $0) }
        var generator = Seed(1).generator()
        var plain = PlainPostings(documents.map { ($0, [0]) }, documentLimit: 1000)
        plain = plain.hosted(others: 1, using: &generator)
        let bytes = plain.encoded
        // Behind the impact and the place before the rest, a varint.
        return (plain, bytes, bytes.postings[1] < 0x80 ? 2 : 3)
    }

    @Test("a pair's block or rest that begins before the last one ends is an error", arguments: [0, 1])
    func pairGoesBack(forged block: Int) throws {
        var (plain, bytes, skips) = Self.pairs()
        let index = 128 * (block + 1)
        let place = skips + block * PostingsFormat.skipSize
        #expect(
            bytes.postings[place..<place + 4].elementsEqual(littleEndian(plain.documents[index - 1])),
            "the skip of the block")
        for step in 0..<8 {
            let documents = plain.documents[index...]
            bytes.postings.replaceSubrange(
                place..<place + 4, with: littleEndian(documents[index] - 1 + UInt32(step)))
            let cursor = try plain.makeCursor(bytes)
            // The block before is passed over, and never compared with what its skip says.
            if step == 0 {
                #expect(try cursor.seek(documents[index + 6]) == documents[index + 6])
            } else {
                #expect(throws: FormatError.self, "\(step)") { try cursor.seek(documents[index + 6]) }
            }
        }
    }

    @Test("a block that ends before its last number is an error, whatever stands behind it")
    func shortBlock() throws {
        let (plain, good, skips) = Self.pairs()
        let place = skips + PostingsFormat.skipSize + 4
        let end = UInt16(good.postings[place]) | UInt16(good.postings[place + 1]) << 8
        for missing in 0...9 as ClosedRange<UInt16> {
            var bytes = good
            bytes.postings.replaceSubrange(place..<place + 2, with: littleEndian(end - missing))
            let cursor = try plain.makeCursor(bytes)
            #expect(try cursor.seek(plain.documents[127]) == plain.documents[127])
            if missing == 0 {
                #expect(try cursor.next() == plain.documents[128])
            } else {
                #expect(throws: FormatError.self, "\(missing)") { try cursor.next() }
            }
        }
    }

    private func littleEndian<T: FixedWidthInteger>(_ number: T) -> [UInt8] {
        (0..<T.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    @Test("a short list does not go on in what stands behind it", arguments: Seed.first(12))
    func cutShort(seed: Seed) throws {
        var generator = seed.generator()
        var plain = PlainPostings(count: 1 + generator.below(127), using: &generator)
        plain.hasPositions = false
        let bytes = plain.encoded.postings
        for missing in 0...min(9, bytes.count) {
            let entry = TermEntry(
                documentCount: plain.documents.count,
                postings: PostingsPlace(isInline: false, bytes: 0..<bytes.count - missing), positions: 0..<0,
                hasPositions: false)
            // What is missing is there all the same, and belongs to something else.
            let files = PostingsFiles(
                terms: ByteView([], file: "terms"), postings: ByteView(bytes, file: "postings"),
                positions: ByteView([], file: "positions"), stepParameter: 0)
            let cursor = try PostingsCursor(
                entry, in: files, documentLimit: plain.documentLimit, positionLimit: FiledEntry.positionLimit)
            if missing == 0 {
                #expect(try cursor.next() == plain.documents[0])
            } else {
                #expect(throws: FormatError.self, "\(missing)") { try cursor.next() }
            }
        }
    }

    @Test("mutated bytes give ascending documents or an error", arguments: Seed.first(150))
    func mutated(seed: Seed) throws {
        var generator = seed.generator()
        var plain = PlainPostings(count: 1 + generator.below(generator.pick([20, 140, 700])), using: &generator)
        if generator.once(in: 3) { plain = plain.hosted(others: 2, using: &generator) }
        let good = plain.encoded
        for _ in 0..<20 {
            let bytes = damaged(good, using: &generator)
            // A damaged dictionary gives wrong counts too.
            let count = generator.once(in: 4) ? generator.below(plain.documentLimit + 2) : plain.documents.count
            let limit = plain.documentLimit
            guard count > 0,
                let cursor = try? plain.makeCursor(bytes, documentCount: count),
                let other = try? plain.makeCursor(bytes, documentCount: count)
            else { continue }
            walk(cursor, plain, using: &generator)
            walkSummaries(other, limit: limit)
            walkBlocks(other, limit: limit)
            let both = (0..<2).compactMap { _ in try? plain.makeCursor(bytes, documentCount: count) }
            if plain.hasPositions, both.count == 2 { walkMatches(both, limit: limit) }
        }
    }

    @Test("a host whose blocks go back is an error, also where the block between them is passed over")
    func hostGoesBack() throws {
        let host = [1000..<1128, 1200..<1328, 2000..<2128].flatMap { $0.map { UInt32($0) } }
        // Half of the first block and half of the last.
        let documents = Array(host[0..<64] + host[256..<320])
        let ones = [UInt32](repeating: 1, count: 384)
        let context = PostingsContext(documentLimit: 3000, hasPositions: false, stepParameter: 0)
        var places = HostPlaces()
        let areFound = places.find(documents[...], in: host)
        #expect(areFound)
        let hosted = PostingsContext(documentLimit: 3000, hasPositions: false, stepParameter: 0, host: places)
        var pairBytes = encode(PostingList(documents: documents, frequencies: Array(ones[..<128])), hosted)
        var hostBytes = encode(PostingList(documents: host, frequencies: ones), context).postings
        func read() throws -> [UInt32] {
            let entry = FiledEntry(
                pairBytes, documentCount: 128, hasPositions: false, host: (postings: hostBytes, count: host.count))
            let cursor = try entry.cursor(documentLimit: 3000)
            var found: [UInt32] = []
            while try cursor.next() != PostingsCursor.noMoreDocuments { found.append(cursor.document) }
            return found
        }
        #expect(try read() == documents)
        /// Changes what a skip says of its block's last document. Skips follow the impact, and for a pair a varint.
        func forge(_ bytes: inout [UInt8], at offset: Int, from old: UInt32, to new: UInt32) {
            #expect(Array(bytes[offset..<offset + 4]) == littleEndian(old))
            bytes.replaceSubrange(offset..<offset + 4, with: littleEndian(new))
        }
        // The second block ends at 10, as its skip says, so that the third begins there.
        let skips = 1
        forge(&hostBytes, at: skips + PostingsFormat.skipSize, from: 1327, to: 10)
        forge(&hostBytes, at: skips + 2 * PostingsFormat.skipSize, from: 2127, to: 2127 - 1317)
        let last = try #require(documents.last)
        let ownSkips = pairBytes.postings.count > 3 && pairBytes.postings[1] < 0x80 ? 2 : 3
        forge(&pairBytes.postings, at: ownSkips, from: last, to: last - 1317)
        #expect(throws: FormatError.self) { try read() }
    }

    @Test("a gap of any size is an error", arguments: [1, 2, 3])
    func endlessGap(documentCount: Int) throws {
        // Zeros without end are the unary part of a number that does not end.
        for postings in [[], [UInt8](repeating: 0, count: 100), [UInt8](repeating: 0, count: 100) + [1, 1, 1]] {
            let cursor = try makeCursor((postings, []), documentCount: documentCount, documentLimit: 10)
            #expect(throws: FormatError.self) { while try cursor.next() != PostingsCursor.noMoreDocuments {} }
        }
    }

    @Test("a position beyond what a paragraph may have is an error")
    func endlessPosition() throws {
        // Adding an offset in a query to such a position must not leave the range of positions.
        for step in [UInt32.max, 1 << 26, (1 << 26) - 1] as [UInt32] {
            for count in [1, 128] {
                let list = PostingList(
                    documents: Array(0..<UInt32(count)), frequencies: [UInt32](repeating: 2, count: count),
                    steps: [UInt32](repeating: step, count: 2 * count))
                let bytes = encode(
                    list, PostingsContext(documentLimit: count, hasPositions: true, stepParameter: 3))
                let cursor = try makeCursor(bytes, documentCount: count, documentLimit: count, stepParameter: 3)
                #expect(try cursor.next() == 0)
                var found: [UInt32] = []
                #expect(throws: FormatError.self) { try cursor.positions(into: &found) }
            }
        }
    }

    @Test("so it is where the blocks of several terms are walked at once", arguments: [0, 1, 2])
    func endlessPositionInSequence(damaged: Int) throws {
        let (count, place) = (300, 200)
        let parts = try (0..<3).map { term in
            var steps = [UInt32](repeating: UInt32(term), count: count)
            if term == damaged { steps[place] = 1 << 26 }
            let list = PostingList(
                documents: Array(0..<UInt32(count)), frequencies: [UInt32](repeating: 1, count: count), steps: steps
            )
            let bytes = encode(list, PostingsContext(documentLimit: count, hasPositions: true, stepParameter: 3))
            let cursor = try makeCursor(bytes, documentCount: count, documentLimit: count, stepParameter: 3)
            return SequenceCursor.Part(try #require(TermCursor([cursor])), offset: UInt32(term))
        }
        let cursor = SequenceCursor(parts)
        var found: [UInt32] = []
        #expect(throws: FormatError.self) {
            while let (documents, _) = try unsafe cursor.matches() { found += unsafe Array(documents) }
        }
        #expect(found == Array(0..<UInt32(PostingsFormat.blockSize)))
    }

    @Test("a cursor of more documents than there are is an error")
    func tooMany() {
        #expect(throws: FormatError.self) { try makeCursor(([1, 1], []), documentCount: 2, documentLimit: 1) }
        // 128 documents and no room for their skip entry.
        #expect(throws: FormatError.self) { try makeCursor(([1, 1], []), documentCount: 128, documentLimit: 500) }
    }

    @Test("after an error, going on gives no document outside the segment")
    func afterError() throws {
        var generator = Seed(3).generator()
        let plain = PlainPostings(count: 300, using: &generator)
        var bytes = plain.encoded
        // The skip entry of the second block says another last document.
        bytes.postings[(plain.hasPositions ? 2 : 1) + PostingsFormat.skipSize] ^= 0x55
        let cursor = try plain.makeCursor(bytes)
        for _ in 0..<400 {
            guard let document = try? cursor.next() else { continue }
            #expect(document == PostingsCursor.noMoreDocuments || Int(document) < plain.documentLimit)
        }
    }
}
