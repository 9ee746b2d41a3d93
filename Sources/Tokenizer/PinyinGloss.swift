/// Recognises a pinyin reading pasted into text in brackets: 團(tuán)隊, A（yù）I.
///
/// A gloss is one valid syllable in lower case with a tone mark, in ASCII or full-width brackets, right after a
/// letter or Han character.
enum PinyinGloss {
    /// Letters in a gloss, at most.
    static let maximumLength = 6

    /// Whether `letters` are one syllable of pinyin that carries a tone mark.
    static func isTonedSyllable(_ letters: some RandomAccessCollection<UInt32>) -> Bool {
        var rest = letters[...]
        let initial = consonant(rest)
        rest = rest.dropFirst(initial)
        let vowels = rest.prefix { isVowel($0) }
        guard (1...3).contains(vowels.count) else { return false }
        rest = rest.dropFirst(vowels.count)
        let coda = rest.map { $0 }
        guard coda.isEmpty || coda == [0x6E] || coda == [0x6E, 0x67] || coda == [0x72] else { return false }
        return vowels.contains { isToned($0) }
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

    /// Whether a scalar may stand in a gloss.
    static func isLetter(_ scalar: UInt32) -> Bool { (0x61...0x7A).contains(scalar) || isVowel(scalar) }
}
