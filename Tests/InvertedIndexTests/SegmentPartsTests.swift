import Model
import TestSupport
import Testing

@testable import InvertedIndex

@Suite("Sorting and counting in memory")
struct SegmentPartsTests {
    @Test("sorting by high bits is a stable sort", arguments: Seed.first(60))
    func radixSort(seed: Seed) {
        var generator = seed.generator()
        let lowestBit = generator.pick([0, 1, 9, 26, 40])
        let highestBit = lowestBit + generator.below(64 - lowestBit + 1)
        let mask = highestBit == 64 ? UInt64.max : 1 << UInt64(highestBit) - 1
        var keys = (0..<generator.below(generator.pick([3, 100, 3000]))).map { _ in generator.next() & mask }
        if generator.once(in: 4), let first = keys.first { keys = keys.map { _ in first } }
        // Stability shows in the order of the low bits.
        let expected = keys.enumerated().sorted {
            ($0.element >> UInt64(lowestBit), $0.offset) < ($1.element >> UInt64(lowestBit), $1.offset)
        }.map(\.element)
        var scratch = generator.once(in: 2) ? [] : [UInt64](repeating: 7, count: generator.below(4000))
        RadixSort.sort(&keys, scratch: &scratch, lowestBit: lowestBit)
        #expect(keys == expected)
    }

    @Test("keys made in the order of their low bits come out sorted whole")
    func wholeKeys() {
        var generator = Seed(1).generator()
        var keys = (0..<5000).map { UInt64(generator.below(300)) << TermBlock.positionBits | UInt64($0) }
        let expected = keys.sorted()
        var scratch: [UInt64] = []
        RadixSort.sort(&keys, scratch: &scratch, lowestBit: Int(TermBlock.positionBits))
        #expect(keys == expected)
    }

    @Test("the interner is a dictionary", arguments: Seed.first(6))
    func interner(seed: Seed) {
        struct Key: Hashable {
            var kind: TermKind
            var word: [UInt8]
        }
        var generator = seed.generator()
        var interner = WordInterner()
        var known: [Key: Int] = [:]
        var keys: [Key] = []
        // More distinct words than the first table has room for, and the empty one among them.
        let alphabet = generator.pick([2, 5, 256])
        for _ in 0..<9000 {
            let word = (0..<generator.below(8)).map { _ in UInt8(generator.below(alphabet)) }
            let key = Key(kind: generator.pick([.hanWord, .word]), word: word)
            let id = interner.intern(key.kind, word[...])
            if let expected = known[key] {
                #expect(id == expected)
            } else {
                #expect(id == keys.count)
                known[key] = id
                keys.append(key)
            }
        }
        #expect(interner.count == keys.count)
        for (id, key) in keys.enumerated() {
            #expect(interner.word(id).elementsEqual(key.word))
            #expect(interner.kind(id) == key.kind)
        }
        let sorted = keys.indices.sorted { left, right in
            let (left, right) = (keys[left], keys[right])
            return left.kind == right.kind
                ? left.word.lexicographicallyPrecedes(right.word) : left.kind.rawValue < right.kind.rawValue
        }
        #expect(interner.sortedIDs() == sorted)
    }

    @Test("every place knows its document", arguments: Seed.first(30))
    func placeMap(seed: Seed) {
        var generator = seed.generator()
        var document = UInt32(generator.below(1000))
        var map = PlaceMap()
        var expected: [(document: UInt32, start: Int, end: Int)] = []
        let limit = generator.pick([1, 2, 70, 500])
        for number in 0..<generator.below(300) {
            let length = generator.once(in: 5) ? 0 : generator.below(limit)
            // Not every document has something to add.
            document += UInt32(1 + generator.below(3))
            let start = map.add(document, length: length)
            #expect(start == expected.count)
            for _ in 0..<max(1, length) { expected.append((document, start, start + max(1, length))) }
            #expect(map.documentCount == number + 1)
        }
        #expect(map.count == expected.count)
        for (place, document) in expected.enumerated() {
            let found = map.document(at: place)
            #expect(found == document)
        }
    }
}
