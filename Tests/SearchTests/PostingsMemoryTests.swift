import Model
import TestSupport
import Testing

@testable import InvertedIndex
@testable import Search

@Suite("Postings in memory")
struct PostingsMemoryTests {
    @Test("give those of ranges, from one call to the next", arguments: Seed.first(12))
    func ranges(seed: Seed) throws {
        var generator = seed.generator()
        let memory = PostingsMemory()
        var lists: [(postings: [(document: UInt32, frequency: UInt32)], kept: PostingsMemory.List)] = []
        for _ in 0..<generator.pick([1, 3]) {
            let gap = generator.pick([1, 3, 300])
            var document: UInt32 = 0
            var postings: [(document: UInt32, frequency: UInt32)] = []
            for _ in 0..<generator.pick([0, 1, 7, 900]) {
                document += UInt32(1 + generator.below(gap))
                postings.append((document, UInt32(1 + generator.below(9))))
            }
            var kept = try #require(memory.begin(postings.count))
            // Some as a block, the others as they were found.
            let blocks = generator.below(postings.count + 1)
            let (documents, frequencies) = (postings.map(\.document), postings.map(\.frequency))
            _ = try unsafe kept.append(blocks) { kept, keptFrequencies in
                for index in 0..<blocks {
                    unsafe kept[index] = documents[index]
                    unsafe keptFrequencies[index] = frequencies[index]
                }
            }
            kept.append(postings[blocks...].map { RangedPosting(0, $0.document, $0.frequency) })
            lists.append((postings, kept))
        }
        for (postings, list) in lists {
            var kept = list
            for _ in 0..<2 {
                var first: UInt32 = 0
                for _ in 0..<5 {
                    var ranges: [Range<UInt32>] = []
                    for _ in 0..<generator.below(6) {
                        let start = first + UInt32(generator.below(400))
                        first = start + UInt32(generator.below(100))
                        ranges.append(start..<first)
                    }
                    var found: [RangedPosting] = []
                    kept.find(in: ranges, into: &found)
                    var wanted: [RangedPosting] = []
                    for (number, range) in ranges.enumerated() {
                        for posting in postings where range.contains(posting.document) {
                            wanted.append(RangedPosting(number, posting.document, posting.frequency))
                        }
                    }
                    #expect(found == wanted)
                }
                kept.restart()
            }
        }
    }

    @Test(
        "are handed over up to one document after the other, a block's worth at a time", arguments: Seed.first(12))
    func blocks(seed: Seed) throws {
        var generator = seed.generator()
        let memory = PostingsMemory()
        let count: Int = generator.pick([0, 1, 128, 129, 900])
        var postings: [RangedPosting] = []
        for number in 0..<count {
            postings.append(RangedPosting(0, UInt32(3 * number), UInt32(1 + generator.below(9))))
        }
        var list = try #require(memory.begin(postings.count))
        list.append(postings)
        var found: [RangedPosting] = []
        var limit: UInt32 = 0
        while limit < 3 * 900 {
            let step: UInt32 = generator.pick([0, 1, 2, 3, 100, 381, 384, 387, 3000])
            limit += step
            unsafe list.forEachBlock(before: limit) { documents, frequencies in
                #expect((1...128).contains(documents.count) && frequencies.count == documents.count)
                for index in documents.indices {
                    unsafe found.append(RangedPosting(0, documents[index], frequencies[index]))
                }
            }
            #expect(found == postings.filter { $0.document < limit })
        }
    }

    @Test("are kept as long as there is room")
    func room() throws {
        let memory = PostingsMemory()
        #expect(memory.begin(1 << 30) == nil)
        var lists = 0
        while var list = memory.begin(1000) {
            list.append((0..<1000).map { RangedPosting(0, UInt32($0), 1) })
            lists += 1
        }
        #expect(lists > 100)
        memory.removeAll()
        #expect(memory.begin(1000) != nil)
    }

    @Test("of a bigram give the documents of its pair")
    func pairs() throws {
        // 京 ends a word in some, and runs across two words in the others.
        let articles = (0..<1500).map { number in
            TextArticle(
                id: "\(number)", paragraphs: [number % 3 == 0 ? "他去了南京大学。" : number % 7 == 0 ? "没有" : "住在南京。南京"])
        }
        let segment = try #require(try TestIndex(articles).opened().segments.first)
        let (first, second) = (UInt64(("南" as Unicode.Scalar).value), UInt64(("京" as Unicode.Scalar).value))
        func entry(_ kind: TermKind) throws -> TermEntry {
            let key = TermKey(field: .body, kind: kind, integer: first << TermBlock.scalarBits | second)
            return try #require(try segment.find(key))
        }
        func read(_ cursor: PostingsCursor) throws -> [[UInt32]] {
            var found: [[UInt32]] = []
            while try cursor.next() != PostingsCursor.noMoreDocuments {
                found.append([cursor.document, cursor.frequency])
            }
            return found
        }
        let memory = PostingsMemory()
        let (bigram, pair) = (try entry(.bigram), try entry(.pair))
        #expect(pair.documentCount > 2 * 128)
        var list = try #require(memory.begin(bigram.documentCount))
        try unsafe segment.unpack(bigram, field: .body, into: &list)
        let wanted = try read(try segment.cursor(pair, field: .body))
        #expect(wanted.count == pair.documentCount)
        #expect(try read(try segment.cursor(pair, field: .body, of: list)) == wanted)
        // A list of some of them, as best match keeps it of candidates, is not taken for the whole.
        var part = try #require(memory.begin(1))
        part.append([RangedPosting(0, 0, 1)])
        #expect(try read(try segment.cursor(pair, field: .body, of: part)) == wanted)
    }
}
