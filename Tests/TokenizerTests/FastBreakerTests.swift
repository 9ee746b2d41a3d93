import TestSupport
import Testing
import Tokenizer

@testable import ICU

/// The fast breaker, the one for queries, and the one whose boundaries they have to give.
struct BreakerPair {
    private let fast: FastWordBreaker
    private let query = QueryWordBreaker(isCompared: true)
    private let reference: WordBreaker
    private var found: [Int32] = []
    private var expected: [Int32] = []

    init(patience: Int = 0) throws {
        // Otherwise it would be ICU that is compared with ICU.
        try #require(FastWordBreaker.isAvailable)
        fast = try FastWordBreaker(patience: patience)
        reference = try WordBreaker()
    }

    /// The number of boundaries, or nil when two differ.
    mutating func compare(_ text: [UInt16]) throws -> Int? {
        // What the breaker for queries would leave to ICU because of what stands beside it.
        for piece in text.split(whereSeparator: { !QueryWordBreaker.cuts($0) })
        where piece.count > 1 && piece.count < text.count {
            guard try compare(Array(piece), fast: false) != nil else { return nil }
        }
        guard try compare(text, fast: false) != nil else { return nil }
        return try compare(text, fast: true)
    }

    private mutating func compare(_ text: [UInt16], fast isFast: Bool) throws -> Int? {
        try unsafe text.withUnsafeBufferPointer { text in
            if isFast {
                try unsafe fast.boundaries(of: text, into: &found)
            } else {
                try unsafe query.boundaries(of: text, into: &found)
            }
            try unsafe reference.boundaries(of: text, into: &expected)
        }
        return found == expected ? expected.count : nil
    }

    /// What a failure shows.
    func report(_ text: [UInt16]) -> Comment {
        "\(String(decoding: text, as: UTF16.self).debugDescription) found \(found) ICU \(expected)"
    }
}

@Suite("The fast word breaker")
struct FastBreakerTests {
    @Test("does not turn itself off with the ICU of this system")
    func isAvailable() { #expect(FastWordBreaker.isAvailable) }

    /// Each alphabet mixes what may stick together; Han stands in all, since runs of it are what is cut anew.
    private static let alphabets: [[UInt16]] = [
        "一二三人民中国大学生命的研究了和尚未上海市长江水北京天气不好",
        "中国人a1 ,.'\"_:;·@-",
        "中国人。，、；：“”‘’《》（）…—～",
        "中国のカタカナひらがなー々〇〻ヽゞ・゠ﾊﾟ",
        "中a\u{301}\u{308}\u{3099}\u{200D}\u{FE0F}\u{FE00}\u{AD}\u{200B}\u{2060}1。 ",
        "中国𠮷𠀀𪚥人😀👩\u{200D}💻🇨🇳🇯🇵\u{E0100}",
        "中가각나ᄀ\u{1161}\u{11A8}กขไทยខ្មែរမြန်မာ",
        "中אבגد\u{64B}ы\u{300}жαβ\"'.,1_",
        "中 \u{3000}\u{A0}\t\n\r\u{85}\u{2028}\u{1680}\u{2003}a",
        "龘靐㐀䶿\u{9FFF}\u{9FEF}豈﨎⺀⼀〆〒〡〸\u{302A}\u{3190}㈱①中",
        "©®™☎★☆→〰〽中❤\u{FE0F}\u{200D}a1",
    ].map { Array($0.utf16) }

    @Test("gives ICU's boundaries for texts out of what sticks together", arguments: Seed.first(60))
    func alphabets(seed: Seed) throws {
        var generator = seed.generator()
        var pair = try BreakerPair()
        for _ in 0..<60 {
            var alphabet = generator.pick(Self.alphabets)
            if generator.once(in: 2) { alphabet += generator.pick(Self.alphabets) }
            // Runs of one alphabet, so that the fast way is left and taken again. Pairs of surrogates break apart too.
            var text: [UInt16] = []
            for _ in 0..<1 + generator.below(4) {
                let part = generator.once(in: 3) ? Self.alphabets[0] : alphabet
                for _ in 0..<generator.below(40) { text.append(generator.pick(part)) }
            }
            #expect(try pair.compare(text) != nil, pair.report(text))
        }
    }

    @Test("gives ICU's boundaries for any text, folded or not", arguments: Seed.first(40))
    func anyText(seed: Seed) throws {
        var generator = seed.generator()
        var pair = try BreakerPair()
        let analyzer = try Analyzer()
        for _ in 0..<40 {
            let text = RandomText.text(upTo: 60, using: &generator)
            let folded = try analyzer.analyze(text.utf8, words: false).folded
            for units in [Array(text.utf16), folded] { #expect(try pair.compare(units) != nil, pair.report(units)) }
        }
    }

    @Test("gives ICU's boundaries beside every character of the Basic Multilingual Plane")
    func everyCharacter() throws {
        var pair = try BreakerPair()
        let sides = Array("a1_ ,.'\"·。中\u{301}\u{200D}かアא\n".utf16)
        for first in 0..<1024 {
            // 64 characters in a row, each between two that tell classes apart, a calm stretch between them or not.
            var text: [UInt16] = []
            for unit in first * 64..<first * 64 + 64 {
                let unit = UInt16(unit)
                text += [sides[Int(unit) * 7 % sides.count], unit, sides[Int(unit) * 11 % sides.count], unit]
                for side in sides[..<12] { text += [side, unit] }
                if unit % 8 == 0 { text += Array("。他们在图书馆读书，天气很好，我们去公园散步。大家都来了！".utf16) }
            }
            guard try pair.compare(text) != nil else {
                // Singled out, so that the failure says which.
                for unit in first * 64..<first * 64 + 64 {
                    for left in sides {
                        for right in sides {
                            let text = [left, UInt16(unit), right]
                            #expect(try pair.compare(text) != nil, pair.report(text))
                        }
                    }
                }
                Issue.record("characters from \(String(first * 64, radix: 16))")
                continue
            }
        }
    }

    @Test("gives ICU's boundaries in long runs and long texts", arguments: Seed.first(3))
    func longTexts(seed: Seed) throws {
        var generator = seed.generator()
        var pair = try BreakerPair()
        for length in [1, 2, 19, 20, 21, 1000, 100_000] {
            let run = (0..<length).map { _ in generator.pick(Self.alphabets[0]) }
            #expect(try pair.compare(run) != nil)
            let rare = (0..<length).map { _ in UInt16(0x4E00 + generator.below(0x5200)) }
            #expect(try pair.compare(rare) != nil)
            let kana = (0..<length).map { _ in generator.pick(Self.alphabets[3]) }
            #expect(try pair.compare(kana) != nil)
        }
    }

    @Test("has no boundaries in an empty text")
    func empty() throws {
        var pair = try BreakerPair()
        #expect(try pair.compare([]) == 0)
    }

    @Test("gives the same before and after it takes the fast way")
    func patience() throws {
        var pair = try BreakerPair(patience: 100)
        let text = Array("信息流产品的研究生命起源，清华大学2024年。".utf16)
        for _ in 0..<10 { #expect(try pair.compare(text) != nil, pair.report(text)) }
    }

    @Test("leaves an analysis as it is", arguments: Seed.first(20))
    func analysis(seed: Seed) throws {
        var generator = seed.generator()
        let (reference, fast) = (try Analyzer(), try Analyzer(breaker: .fast, patience: 100))
        for _ in 0..<20 {
            let text = RandomText.text(upTo: 40, using: &generator) + "信息流产品"
            let (expected, found) = (try reference.analyze(text.utf8), try fast.analyze(text.utf8))
            #expect(
                found.words == expected.words && found.units == expected.units && found.folded == expected.folded)
        }
    }
}
