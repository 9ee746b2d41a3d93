import TestSupport
import Testing

@testable import InvertedIndex

@Suite("Postings")
struct PostingsTests {
    /// Around the edges of blocks, then anything.
    private static func postings(_ seed: Seed) -> [PlainPostings] {
        var generator = seed.generator()
        let counts = [1, 2, 127, 128, 129, 255, 256, 257, 384] + (0..<6).map { _ in 1 + generator.below(2000) }
        return counts.map { PlainPostings(count: $0, using: &generator) }
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
        let plain = PlainPostings(count: count, using: &generator)
        for index in plain.documents.indices {
            let document = plain.documents[index]
            let cursor = try plain.cursor()
            #expect(try cursor.seek(document) == document)
            try expectOn(cursor, plain, index)
            let other = try plain.cursor()
            #expect(try other.seek(document + 1) == plain.document(index + 1))
            if index + 1 < count { try expectOn(other, plain, index + 1) }
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

    @Test("the largest ordinal and the largest frequency come back")
    func extremes() throws {
        // Next to the end of the ordinals; no positions, so that the frequency costs no memory.
        let last = UInt32.max - 2
        for count in [1, 128, 129] {
            let documents = (0..<count).map { last - UInt32(count - 1 - $0) }
            let list = PostingList(
                documents: documents, frequencies: documents.map { _ in UInt32.max - 1 }, positions: [])
            var postings = ByteWriterPair()
            PostingsFormat.encode(list, postings: &postings.postings, positions: &postings.positions)
            let cursor = try makeCursor(postings.bytes, documentCount: count, documentLimit: Int(last) + 1)
            for document in documents {
                #expect(try cursor.next() == document)
                #expect(cursor.frequency == UInt32.max - 1)
            }
            #expect(try cursor.next() == PostingsCursor.noMoreDocuments)
        }
    }
}
