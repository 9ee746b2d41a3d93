import TestSupport
import Testing

@testable import ICU

@Suite("The dictionary of the fast word breaker")
struct BreakerDictionaryTests {
    private static let data = DictionaryData(named: "cjdict")

    /// Words and their values, or nil when the units are no trie.
    private func read(
        _ units: [UInt16], limit: Int = 20, accepting accepts: @escaping (UInt16) -> Bool = { _ in true }
    )
        -> [(String, Int)]?
    {
        var trie = DictionaryTrie(units, lengthLimit: limit, accepting: accepts)
        var found: [(String, Int)] = []
        do { try trie.forEach { found.append((String(decoding: $0, as: UTF16.self), $1)) } } catch { return nil }
        return found
    }

    @Test("is read from a trie of every kind of node")
    func example() throws {
        // A choice of two: a, a value of 7; b, on to a row of one unit, c, with a value of 3 before it, then 70000.
        let units: [UInt16] = [0x0001, 0x61, 0x8007, 0x62, 0x0030 | 4 << 6, 0x63, 0x8000 | 0x4001, 0x1170]
        let found = try #require(read(units))
        #expect(found.map(\.0) == ["a", "b", "bc"] && found.map(\.1) == [7, 3, 70000])
        #expect(read(units, limit: 1)?.map(\.0) == ["a", "b"])
        #expect(read(units) { $0 != 0x62 }?.map(\.0) == ["a"])
        for length in 0..<units.count { #expect(read(Array(units[..<length])) == nil) }
    }

    @Test("is not read from what is no trie, and reading ends", arguments: Seed.first(40))
    func anyUnits(seed: Seed) throws {
        var generator = seed.generator()
        for _ in 0..<50 {
            let small = generator.once(in: 2)
            let units = (0..<generator.below(200)).map { _ in
                UInt16(truncatingIfNeeded: generator.next()) & (small ? 0x803F : 0xFFFF)
            }
            _ = read(units)
        }
    }

    @Test("is read or refused where it is damaged", arguments: Seed.first(5))
    func damaged(seed: Seed) throws {
        var generator = seed.generator()
        var units = try #require(Self.data).trie
        for _ in 0..<20 { units[generator.below(units.count)] = UInt16(truncatingIfNeeded: generator.next()) }
        var trie = DictionaryTrie(units, lengthLimit: 20) { _ in true }
        var count = 0
        try? trie.forEach { _, _ in count += 1 }
        #expect(count < 1 << 24)
    }

    @Test("is missing when there is none of the name")
    func missing() { #expect(DictionaryData(named: "nodict") == nil) }

    @Test("is laid out with every word, and no other")
    func layout() throws {
        let data = try #require(Self.data)
        let words = try #require(DictionaryWords(data))
        let dictionary = try #require(ChineseDictionary(words))
        #expect(words.count > 100_000)
        let origin = Int(ChineseDictionary.characters.lowerBound)
        var singles = 0
        var wrong = 0
        for index in 0..<words.count {
            let word = words[index].map { Int($0) - origin }
            var entry = dictionary.heads[word[0]]
            for unit in word.dropFirst() {
                let base = entry.base
                entry = dictionary.entries[Int(base + dictionary.heads[unit].owner)]
                if base == 0 || entry.owner != base { wrong += 1 }
            }
            if entry.cost != words.costs[index] { wrong += 1 }
            if word.count == 1 { singles += 1 }
        }
        #expect(wrong == 0)
        let ends = dictionary.entries.count { $0.owner != 0 && $0.cost != ChineseDictionary.Entry.noCost }
        #expect(ends == words.count - singles)
        // Whatever a base leads to is within the array.
        let codes = dictionary.heads.map(\.owner).max()!
        let bases = (dictionary.heads + dictionary.entries).map(\.base).max()!
        #expect(Int(bases + codes) < dictionary.entries.count)
    }

    @Test("cuts its own words, whole and in pieces, as ICU does", arguments: Seed.first(6))
    func pieces(seed: Seed) throws {
        var generator = seed.generator()
        var pair = try BreakerPair()
        let words = Self.words
        #expect(words.contains { $0.count > 9 })
        for _ in 0..<400 {
            var text: [UInt16] = []
            let isLong = generator.once(in: 4)
            for _ in 0..<20 {
                var word = generator.pick(isLong ? Self.longWords : words)[...]
                if generator.once(in: 2) { word = word.dropFirst(generator.below(word.count)) }
                if generator.once(in: 2) { word = word.dropLast(generator.below(word.count)) }
                text += word
            }
            #expect(try pair.compare(text) != nil, pair.report(text))
        }
    }

    @Test("costs a character as ICU does that is no word", arguments: Seed.first(3))
    func unknown(seed: Seed) throws {
        var generator = seed.generator()
        var pair = try BreakerPair()
        let words = Set(Self.words)
        let pairs = Self.words.filter { $0.count == 2 }
        let byEnd = Dictionary(grouping: pairs) { $0[1] }
        let rare = pairs.filter { !words.contains([$0[1]]) && byEnd[$0[0]] != nil }
        #expect(rare.count > 100)
        for _ in 0..<500 {
            // AB and BC are words, C is none: A | BC or AB | C.
            let word = generator.pick(rare)
            let text = [generator.pick(byEnd[word[0]]!)[0]] + word
            #expect(try pair.compare(text) != nil, pair.report(text))
        }
    }

    /// All words of Han characters, however long.
    private static let words: [[UInt16]] = {
        guard let data else { return [] }
        var trie = DictionaryTrie(data.trie, lengthLimit: 64) { (0x4E00...0x9FFF).contains($0) }
        var found: [[UInt16]] = []
        try? trie.forEach { word, _ in found.append(word) }
        return found
    }()

    private static let longWords = words.filter { $0.count > 4 }
}
