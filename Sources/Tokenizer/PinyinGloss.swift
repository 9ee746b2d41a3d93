/// Recognises a pinyin reading pasted into text in brackets: 團(tuán)隊, A（yù）I.
///
/// A gloss is one valid syllable in lower case with a tone mark, in ASCII or full-width brackets, right after a
/// letter or Han character.
enum PinyinGloss {
    /// Letters in a gloss, at most.
    static let maximumLength = 6

    /// Whether `letters` are one syllable of pinyin that carries a tone mark.
    static func isTonedSyllable(_ letters: some RandomAccessCollection<UInt32>) -> Bool {
        isSyllable(letters) && letters.contains { isToned($0) }
    }

    /// Whether `letters` have the shape of one syllable of pinyin, with or without a tone mark.
    static func isSyllable(_ letters: some RandomAccessCollection<UInt32>) -> Bool {
        let rest = letters.dropFirst(consonant(letters[...]))
        let vowels = rest.prefix { isVowel($0) }
        guard (1...3).contains(vowels.count) else { return false }
        let coda = Array(rest.dropFirst(vowels.count))
        return coda.isEmpty || coda == [0x6E] || coda == [0x6E, 0x67] || coda == [0x72]
    }

    /// Whether `letters` are syllables of pinyin one after the other, each with a tone mark, a tone digit or neither.
    /// O(letters), which are few.
    static func isSyllables(_ letters: some RandomAccessCollection<UInt32>) -> Bool {
        let letters = Array(letters)
        // reachable[i]: the first i letters are whole syllables.
        var reachable = [true] + [Bool](repeating: false, count: letters.count)
        for start in letters.indices where reachable[start] {
            for end in start + 1...min(letters.count, start + maximumLength) where isSyllable(letters[start..<end])
            {
                reachable[end] = true
                if end < letters.count, (0x31...0x35).contains(letters[end]) { reachable[end + 1] = true }
            }
        }
        return reachable[letters.count] && !letters.isEmpty
    }

    /// Letters that the leading consonant takes: zh, ch, sh, or one.
    private static func consonant(_ letters: some RandomAccessCollection<UInt32>) -> Int {
        guard let first = letters.first else { return 0 }
        if letters.count > 1, letters[letters.index(after: letters.startIndex)] == 0x68,
            [0x7A, 0x63, 0x73].contains(first)
        {
            return 2
        }
        return "bpmfdtnlgkhjqxrzcsyw".unicodeScalars.contains { $0.value == first } ? 1 : 0
    }

    static func isVowel(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x61, 0x65, 0x69, 0x6F, 0x75, 0xFC, 0xEA: true  // a e i o u ü ê
        default: isToned(scalar)
        }
    }

    /// Vowels with one of the four tone marks, precomposed.
    static func isToned(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x101, 0xE1, 0x1CE, 0xE0: true  // ā á ǎ à
        case 0x113, 0xE9, 0x11B, 0xE8: true  // ē é ě è
        case 0x12B, 0xED, 0x1D0, 0xEC: true  // ī í ǐ ì
        case 0x14D, 0xF3, 0x1D2, 0xF2: true  // ō ó ǒ ò
        case 0x16B, 0xFA, 0x1D4, 0xF9: true  // ū ú ǔ ù
        case 0x1D6, 0x1D8, 0x1DA, 0x1DC: true  // ǖ ǘ ǚ ǜ
        default: false
        }
    }

    /// A letter of pinyin in lower case.
    static func lowercased(_ scalar: UInt32) -> UInt32 {
        switch scalar {
        case 0x41...0x5A, 0xC0...0xDE: scalar + 0x20
        // Capitals stand before their small letters: Ā ā, Ǎ ǎ.
        case 0x100...0x17F where scalar & 1 == 0, 0x1CD...0x1DB where scalar & 1 == 1: scalar + 1
        default: scalar
        }
    }

    /// The plain letter of a vowel with or without a tone mark, ü as u; other scalars as they are.
    static func withoutTone(_ scalar: UInt32) -> UInt32 {
        switch scalar {
        case 0x101, 0xE1, 0x1CE, 0xE0: 0x61
        case 0x113, 0xE9, 0x11B, 0xE8, 0xEA: 0x65
        case 0x12B, 0xED, 0x1D0, 0xEC: 0x69
        case 0x14D, 0xF3, 0x1D2, 0xF2: 0x6F
        case 0x16B, 0xFA, 0x1D4, 0xF9, 0xFC, 0x1D6, 0x1D8, 0x1DA, 0x1DC: 0x75
        default: scalar
        }
    }

    /// Whether a scalar may stand in a gloss.
    static func isLetter(_ scalar: UInt32) -> Bool { (0x61...0x7A).contains(scalar) || isVowel(scalar) }
}
