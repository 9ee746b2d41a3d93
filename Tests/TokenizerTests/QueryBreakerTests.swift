import TestSupport
import Testing

@testable import ICU

@Suite("The word breaker for queries")
struct QueryBreakerTests {
    private static let data = DictionaryData(named: ChineseDictionary.name)
    /// The words of covered characters, and what each costs.
    private static let words = data.flatMap { DictionaryWords($0) }
    private static let costs: [[UInt16]: Int] = {
        guard let words else { return [:] }
        return Dictionary(uniqueKeysWithValues: (0..<words.count).map { (Array(words[$0]), Int(words.costs[$0])) })
    }()

    @Test("has a dictionary with the ICU of this system")
    func hasDictionary() {
        #expect(QueryWordBreaker(isCompared: true).hasDictionary)
        #expect(!QueryWordBreaker(isCompared: false).hasDictionary)
        #expect(QueryWordBreaker().hasDictionary == ICULibrary.version.hasPrefix("72."))
        for (version, isCompared) in [
            ("72.1", true), ("72.1.2", true), ("720.1", false), ("74.2", false), ("7.2", false),
        ] {
            #expect(QueryWordBreaker.isCompared(version) == isCompared, "\(version)")
        }
        // A trie of bytes.
        #expect(DictionaryData(named: "thaidict") == nil && DictionaryData(named: "nodict") == nil)
    }

    @Test(
        "reads values of any width, with more behind them or none",
        arguments: [
            // 甲乙, or 甲 and 甲乙: a match of two units, or of one, a value that goes on, and a match of one.
            ([0x31, 0x7532, 0x4E59, 0x8005], [[2, 5]]), ([0x31, 0x7532, 0x4E59, 0xBFFF], [[2, 0x3FFF]]),
            ([0x31, 0x7532, 0x4E59, 0xC000, 0x4000], [[2, 0x4000]]),
            ([0x31, 0x7532, 0x4E59, 0xC001, 0x2345], [[2, 0x12345]]),
            ([0x31, 0x7532, 0x4E59, 0xFFFF, 0x4000, 0x0001], [[2, 0x4000_0001]]),
            ([0x30, 0x7532, 0x0230, 0x4E59, 0x8005], [[1, 7], [2, 5]]),
            ([0x30, 0x7532, 0x40B0, 0x2345, 0x4E59, 0x8005], [[1, 0x12345], [2, 5]]),
            ([0x30, 0x7532, 0x7FF0, 0x4000, 0x0001, 0x4E59, 0x8005], [[1, 0x4000_0001], [2, 5]]),
            // Of two that may come, the one with its value, the other with what follows.
            ([0x01, 0x7532, 0x8003, 0x4E59, 0x8004], [[1, 3]]),
            ([0x01, 0x4E59, 0x8003, 0x7532, 0x8004], [[1, 4]]),
            ([0x30, 0x4E59, 0x8005], []), ([0x31, 0x7532, 0x4E59], []),
        ] as [([UInt16], [[Int]])])
    func values(units: [UInt16], expected: [[Int]]) {
        var found: [[Int]] = []
        unsafe units.withUnsafeBufferPointer { units in
            let text = Array("甲乙".utf16)
            try? unsafe DictionaryMatcher(units).forEachWord(text[...]) { found.append([$0, $1]) }
        }
        #expect(found == expected)
    }

    @Test("leaves to ICU what it does not cut, and cuts what comes after as before")
    func leaves() throws {
        let breaker = QueryWordBreaker(isCompared: true)
        let left = QueryWordBreaker(isCompared: false)
        let texts = ["", " ", "清华大学", "iPhone 手机 2024", "东京とカタカナ", "清华大学", "中。国", "👩\u{200D}💻人", "乒乓球拍卖完了"]
        for text in texts {
            let units = Array(text.utf16)
            let expected = try boundaries(of: units, by: left)
            #expect(try boundaries(of: units, by: breaker) == expected, "\(text)")
            #expect(expected.last ?? 0 == Int32(units.count))
        }
        #expect(try boundaries(of: Array("清华大学图书馆 abc1 ".utf16), by: breaker) == [4, 6, 7, 8, 12, 13])
    }

    @Test("finds the words of the dictionary that a text begins with, and no others", arguments: Seed.first(10))
    func matches(seed: Seed) throws {
        var generator = seed.generator()
        let data = try #require(Self.data)
        let words = try #require(Self.words)
        let costs = Self.costs
        let matcher = unsafe DictionaryMatcher(data.units)
        defer { withExtendedLifetime(data) {} }
        var found = 0
        for _ in 0..<2000 {
            let text = words[generator.below(words.count)] + words[generator.below(words.count)]
            let limit = generator.once(in: 2) ? 20 : generator.below(5)
            var matches: [[UInt16]: Int] = [:]
            var lengths: [Int] = []
            try matcher.forEachWord(ArraySlice(text).prefix(limit)) { length, cost in
                lengths.append(length)
                matches[Array(text.prefix(length))] = cost
            }
            let expected = (0...min(limit, text.count)).map { Array(text.prefix($0)) }.filter { costs[$0] != nil }
            #expect(lengths == expected.map(\.count))
            #expect(matches == Dictionary(uniqueKeysWithValues: expected.map { ($0, costs[$0]!) }))
            found += lengths.count
        }
        #expect(found > 2000)
    }

    @Test("ends whatever a trie is made of", arguments: Seed.first(40))
    func anyUnits(seed: Seed) throws {
        var generator = seed.generator()
        for _ in 0..<200 {
            let small = generator.once(in: 2)
            func unit() -> UInt16 { UInt16(truncatingIfNeeded: generator.next()) & (small ? 0x803F : 0xFFFF) }
            let units = (0..<generator.below(200)).map { _ in unit() }
            let text = (0..<generator.below(30)).map { _ in unit() }
            unsafe units.withUnsafeBufferPointer { units in
                var last = 0
                try? unsafe DictionaryMatcher(units).forEachWord(text[...]) { length, _ in
                    #expect(length >= last && length <= text.count)
                    last = length
                }
            }
        }
    }

    private func boundaries(of text: [UInt16], by breaker: QueryWordBreaker) throws -> [Int32] {
        var found: [Int32] = []
        try unsafe text.withUnsafeBufferPointer { try unsafe breaker.boundaries(of: $0, into: &found) }
        return found
    }
}
