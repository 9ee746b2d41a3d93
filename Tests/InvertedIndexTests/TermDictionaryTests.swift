import Bytes
import Model
import Storage
import TestSupport
import Testing

@testable import InvertedIndex

@Suite("Term dictionary")
struct TermDictionaryTests {
    private static func open(_ storage: MemoryStorage, segment: UInt64 = 1) throws -> TermDictionary {
        let bodies = try [IndexFile.terms, .postings, .positions].map {
            try $0.open($0.name(segment), owner: segment, in: storage)
        }
        return try TermDictionary(terms: bodies[0], postings: bodies[1], positions: bodies[2])
    }

    /// All documents of these tests lie below the limit.
    private static let documentLimit = 1000
    private static let shape = SegmentShape(
        paragraphs: [UInt8](repeating: 9, count: documentLimit), bodyLength: 9 * UInt64(documentLimit),
        titles: [UInt8](repeating: 3, count: documentLimit), titleLength: 3 * UInt64(documentLimit))

    /// A dictionary file of `terms`, and the dictionary.
    private static func write(_ terms: [TermKey: PlainPostings]) throws -> TermDictionary {
        let storage = MemoryStorage()
        var writer = try TermDictionaryWriter(segment: 1, shape: shape, in: storage)
        for key in terms.keys.sorted(by: { $0.bytes.lexicographicallyPrecedes($1.bytes) }) {
            // Pairs come with their bigrams.
            guard TermDictionaryFormat.hostKey(of: key.bytes) == nil else { continue }
            try writer.add(key.bytes[...], PostingSlice(terms[key]!.list))
            guard TermKey.kind(first: key.bytes[0]) == .bigram else { continue }
            let pair = TermKey(bytes: TermDictionaryFormat.pairKey(of: key.bytes))
            if let plain = terms[pair] { try writer.add(pair.bytes[...], PostingSlice(plain.list)) }
        }
        let sizes = try writer.finish()
        let dictionary = try open(storage)
        #expect(
            try sizes
                == ["terms", "postings", "positions"].map { UInt64(try storage.open("segment-1.\($0)").count) })
        return dictionary
    }

    private static func randomKey(using generator: inout SplitMix64) -> TermKey {
        let field = generator.pick(Field.allCases)
        func word(_ length: Int, _ alphabet: Int) -> [UInt8] {
            (0..<length).map { _ in UInt8(generator.below(alphabet)) }
        }
        switch generator.below(5) {
        case 0:
            return TermKey(field: field, kind: .character, integer: UInt64(0x4E00 + generator.below(200)))
        case 1:
            let pair = (UInt64(0x4E00 + generator.below(40)), UInt64(0x3FFD8 + generator.below(40)))
            return TermKey(field: field, kind: .bigram, integer: pair.0 << TermBlock.scalarBits | pair.1)
        // Equal in the eight bytes of a fence, and more.
        case 2:
            let shared = Array("abcdefghijk".utf8.prefix(7 + generator.below(5)))
            return TermKey(field: field, kind: .word, word: shared + word(generator.below(4), 3))
        case 3:
            return TermKey(field: field, kind: .hanWord, word: word(generator.below(300), 2))
        // Short, with zeros, which a fence pads with.
        default:
            return TermKey(field: field, kind: .word, word: word(generator.below(5), 2))
        }
    }

    /// Postings within the limit, with positions where the key's kind has them.
    private static func postings(_ count: Int, _ key: TermKey, using generator: inout SplitMix64) -> PlainPostings {
        while true {
            var plain = PlainPostings(count: count, using: &generator)
            plain.hasPositions = key.hasPositions
            if plain.documentLimit <= documentLimit { return plain }
        }
    }

    private func expect(
        _ entry: TermEntry?, of dictionary: TermDictionary, is plain: PlainPostings, _ key: TermKey
    ) throws {
        let entry = try #require(entry, "\(key.bytes)")
        #expect(entry.documentCount == plain.documents.count)
        let cursor = try PostingsCursor(
            entry, in: dictionary.files, documentLimit: Self.documentLimit,
            positionLimit: FiledEntry.positionLimit)
        var positions: [UInt32] = []
        for (document, places) in zip(plain.documents, plain.positions) {
            #expect(try cursor.next() == document)
            #expect(cursor.frequency == UInt32(places.count))
            try cursor.positions(into: &positions)
            #expect(positions == (key.hasPositions ? places : []))
        }
        #expect(try cursor.next() == PostingsCursor.noMoreDocuments)
    }

    @Test("finds what is there, and nothing else", arguments: Seed.first(24))
    func find(seed: Seed) throws {
        var generator = seed.generator()
        var terms: [TermKey: PlainPostings] = [:]
        for _ in 0..<generator.pick([1, 31, 33, 64, 65, 700]) {
            // Mostly rare terms, which live in the dictionary itself.
            let count = 1 + generator.below(generator.pick([1, 2, 10, 200]))
            let key = Self.randomKey(using: &generator)
            terms[key] = Self.postings(count, key, using: &generator)
            if TermKey.kind(first: key.bytes[0]) == .bigram, generator.once(in: 2) {
                let pair = TermKey(bytes: TermDictionaryFormat.pairKey(of: key.bytes))
                terms[pair] = terms[key]!.some(using: &generator)
            }
        }
        let dictionary = try Self.write(terms)
        #expect(dictionary.termCount == terms.count)
        for (key, plain) in terms { try expect(try dictionary.find(key), of: dictionary, is: plain, key) }
        for _ in 0..<500 {
            let key = Self.randomKey(using: &generator)
            if let plain = terms[key] {
                try expect(try dictionary.find(key), of: dictionary, is: plain, key)
            } else {
                #expect(try dictionary.find(key) == nil)
            }
        }
        // Many at once are found as one by one.
        let keys = terms.keys.shuffled(using: &generator) + (0..<20).map { _ in Self.randomKey(using: &generator) }
        for (key, entry) in zip(keys, try dictionary.find(keys)) {
            #expect(entry?.documentCount == terms[key]?.documents.count)
            if let plain = terms[key] { try expect(entry, of: dictionary, is: plain, key) }
        }
        var walked: [[UInt8]] = []
        try dictionary.forEach { (key, _) throws(FormatError) in walked.append(key) }
        #expect(walked == terms.keys.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) })
    }

    @Test("many keys with one fence, over several blocks")
    func oneFence() throws {
        var generator = Seed(2).generator()
        let key = TermKey(field: .body, kind: .word, word: [])
        let one = Self.postings(1, key, using: &generator)
        var terms: [TermKey: PlainPostings] = [:]
        for number in 0..<200 {
            let word = Array("sameprefix".utf8) + Array("\(number * 2 + 1000)".utf8)
            terms[TermKey(field: .body, kind: .word, word: word)] = one
        }
        let dictionary = try Self.write(terms)
        for number in 0..<400 {
            let word = Array("sameprefix".utf8) + Array("\(number + 1000)".utf8)
            let found = try dictionary.find(TermKey(field: .body, kind: .word, word: word))
            #expect((found != nil) == (number % 2 == 0))
        }
        for word in ["", "sameprefi", "sameprefix", "sameprefix0", "sameprefix1", "sameprefix9", "z"] {
            #expect(try dictionary.find(TermKey(field: .body, kind: .word, word: word.utf8)) == nil)
        }
    }

    @Test("a dictionary of nothing finds nothing")
    func empty() throws {
        let dictionary = try Self.write([:])
        #expect(dictionary.termCount == 0)
        #expect(try dictionary.find(TermKey(field: .body, kind: .character, integer: 0x4E00)) == nil)
        try dictionary.forEach { (_, _) throws(FormatError) in Issue.record("there is no term") }
    }

    @Test("integer keys sort as numbers do, and fit a fence")
    func integerKeys() {
        var generator = Seed(4).generator()
        let limit = 1 << TermBlock.scalarBits
        let pairs = (0..<500).map { _ in
            UInt64(generator.below(limit)) << TermBlock.scalarBits | UInt64(generator.below(limit))
        }.sorted()
        let keys = pairs.map { TermKey(field: .body, kind: .bigram, integer: $0) }
        for (left, right) in zip(keys, keys.dropFirst()) where left != right {
            #expect(left.bytes.lexicographicallyPrecedes(right.bytes))
            #expect(left.bytes.count <= 8)
            #expect(TermDictionaryFormat.fence(left.bytes) < TermDictionaryFormat.fence(right.bytes))
        }
    }
}
