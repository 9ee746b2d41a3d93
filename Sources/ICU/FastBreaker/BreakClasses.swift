/// How characters of the Basic Multilingual Plane behave at word boundaries, learnt from ICU's breaker itself.
///
/// For every class of characters that the fast breaker has a rule for there is an exemplar. A character belongs to
/// the class when the breaker puts the same boundaries into a set of probes with the character as with the exemplar;
/// what behaves like none, and what was not probed, is left to ICU.
struct BreakClasses {
    enum Class: UInt8 {
        /// Left to ICU, with everything it may stick to.
        case other = 0
        /// Han that ``ChineseDictionary`` covers.
        case han
        /// A boundary before it, whatever stands there, and after it.
        case single
        /// A boundary on both sides, but not beside everything that is left to ICU.
        case loose
        /// White space that stays together in a row.
        case space
        // From here on: what words of letters and digits are made of.
        case letter, digit, connector
        /// Joins two letters, two digits, or either.
        case midLetter, midNumber, midBoth
    }

    /// One class a character.
    let table: [UInt8]

    private static let exemplars: [(UInt16, Class)] = [
        (0x3002, .single), (0x22, .loose), (0x0A, .loose), (0x20, .space), (0x62, .letter), (0x32, .digit),
        (0x5F, .connector), (0xB7, .midLetter), (0x2C, .midNumber), (0x2E, .midBoth), (0x27, .midBoth),
    ]

    /// Where characters that Chinese text may hold beside Han behave like one of the exemplars.
    private static let candidates: [ClosedRange<UInt16>] = [
        0x09...0x0A, 0x20...0x7E, 0xA1...0x24F, 0x370...0x481, 0x48A...0x52F, 0x2010...0x2027, 0x2030...0x205E,
        0x20A0...0x20BF, 0x2190...0x22FF, 0x2500...0x25FF, 0x3001...0x3004, 0x3008...0x3020, 0x3030...0x3030,
        0xFFFD...0xFFFD,
    ]

    /// Asks `breaker` some thousand times; a few milliseconds.
    init(learntFrom breaker: WordBreaker, covering isCovered: [Bool]) throws(ICUError) {
        var table = [UInt8](repeating: Class.other.rawValue, count: 1 << 16)
        var known: [[UInt64]: Class] = [:]
        var boundaries: [Int32] = []
        for (exemplar, kind) in Self.exemplars {
            known[try Self.behaviour(of: exemplar, breaker, &boundaries)] = kind
        }
        for candidate in Self.candidates.joined() {
            table[Int(candidate)] =
                (known[try Self.behaviour(of: candidate, breaker, &boundaries)] ?? .other).rawValue
        }
        for (character, isCovered) in zip(ChineseDictionary.characters, isCovered) where isCovered {
            table[Int(character)] = Class.han.rawValue
        }
        self.table = table
    }

    /// The boundaries in texts around `unit`, as a set of bits.
    private static func behaviour(of unit: UInt16, _ breaker: WordBreaker, _ boundaries: inout [Int32])
        throws(ICUError) -> [UInt64]
    {
        // Nothing sticks to the line ends between the probes. ? stands for the character.
        let probes =
            "a?a\n1?1\na?1\n1?a\n??\na?\n?a\n1?\n?1\na.?\n?.a\n1.?\n?.1\n1,?\n?,1\n ?\n? \n_?\n?_\n?\u{301}\n\u{200D}?\n"
            + "א?א\nא\"?\nア?ア\n漢?漢\n가?가\n?\u{AD}?\nกก?กก\n\u{1F1E8}?\u{1F1F3}\n?'a\na'?\n.?.\n"
        let text = probes.utf16.map { $0 == 0x3F ? unit : $0 }
        try unsafe text.withUnsafeBufferPointer { (text) throws(ICUError) in
            try unsafe breaker.boundaries(of: text, into: &boundaries)
        }
        var bits = [UInt64](repeating: 0, count: text.count / 64 + 1)
        for boundary in boundaries { bits[Int(boundary) / 64] |= 1 << UInt64(boundary % 64) }
        return bits
    }
}
