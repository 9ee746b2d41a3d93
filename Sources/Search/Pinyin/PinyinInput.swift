internal import Tokenizer

/// Pinyin as people type it, cut into syllables in every way that it can be.
///
/// Syllables may follow each other without a mark or be kept apart by white space, apostrophes or hyphens, carry tones as marks
/// or digits 1 to 5, which are passed over, and write ü as `ü`, `v`, or, since many do, `u`. Where the letters are not all of
/// syllables, some are read as initials, as few as will do: `zjtd`, `zijietd`. The initials zh, ch and sh count as one or as
/// two.
struct PinyinInput {
    /// What one character may be read as.
    struct Part {
        /// Where it ends among the letters.
        var end: Int
        /// The syllables, by their numbers in ``PinyinTable``.
        var syllables: [Int]
        var isInitial: Bool
    }

    /// The characters of the input that count.
    let letterCount: Int
    /// For each place among the letters, the parts that may begin there; those only that are of some reading of the whole.
    let parts: [[Part]]
    /// Whether any reading needs initials.
    let hasInitials: Bool

    /// Letters at most.
    static let limit = 60

    /// Nil when the text is not pinyin.
    init?(_ text: String, table: PinyinTable = .shared) {
        guard let (letters, ends) = Self.letters(of: text), !letters.isEmpty, letters.count <= Self.limit else {
            return nil
        }
        let all = letters.indices.map { Self.parts(of: letters, from: $0, ends: ends, table) }
        // The least letters read as initials from each place to the end, and from the beginning to it.
        let never = Int.max / 2
        var after = [Int](repeating: never, count: letters.count) + [0]
        for start in letters.indices.reversed() {
            for part in all[start] { after[start] = min(after[start], Self.cost(part, start) + after[part.end]) }
        }
        guard after[0] < never else { return nil }
        var before = [0] + [Int](repeating: never, count: letters.count)
        for start in letters.indices {
            for part in all[start] {
                before[part.end] = min(before[part.end], before[start] + Self.cost(part, start))
            }
        }
        letterCount = letters.count
        hasInitials = after[0] > 0
        parts = letters.indices.map { start in
            all[start].filter { before[start] + Self.cost($0, start) + after[$0.end] == after[0] }
        }
    }

    private static func cost(_ part: Part, _ start: Int) -> Int { part.isInitial ? part.end - start : 0 }

    /// Letters in lower case without tones, ü as v, and the places at which a syllable must end.
    private static func letters(of text: String) -> (letters: [UInt8], ends: Set<Int>)? {
        var letters: [UInt8] = []
        var ends: Set<Int> = []
        for scalar in text.lowercased().unicodeScalars {
            switch scalar {
            case "a"..."z": letters.append(UInt8(scalar.value))
            case "1"..."5" where !letters.isEmpty && !ends.contains(letters.count): ends.insert(letters.count)
            // Tones are marks that combine: grave, acute, macron, caron.
            case "\u{300}", "\u{301}", "\u{304}", "\u{30C}": break
            case "\u{308}" where letters.last == UInt8(ascii: "u"): letters[letters.count - 1] = UInt8(ascii: "v")
            case "'", "’", "-", "·": ends.insert(letters.count)
            default:
                if let letter = withoutTone(scalar) {
                    letters.append(letter)
                } else if scalar.properties.isWhitespace {
                    ends.insert(letters.count)
                } else {
                    return nil
                }
            }
        }
        return (letters, ends)
    }

    /// The letter of a vowel with a tone mark or two dots, or of a consonant that is a syllable.
    private static func withoutTone(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar {
        case "ā", "á", "ǎ", "à": UInt8(ascii: "a")
        case "ē", "é", "ě", "è", "ê": UInt8(ascii: "e")
        case "ī", "í", "ǐ", "ì": UInt8(ascii: "i")
        case "ō", "ó", "ǒ", "ò": UInt8(ascii: "o")
        case "ū", "ú", "ǔ", "ù": UInt8(ascii: "u")
        case "ü", "ǖ", "ǘ", "ǚ", "ǜ": UInt8(ascii: "v")
        case "ń", "ň", "ǹ": UInt8(ascii: "n")
        default: nil
        }
    }

    private static func parts(of letters: [UInt8], from start: Int, ends: Set<Int>, _ table: PinyinTable) -> [Part]
    {
        var parts: [Part] = []
        var spelling = ""
        for end in start + 1...min(letters.count, start + 6) {
            spelling.unicodeScalars.append(Unicode.Scalar(letters[end - 1]))
            let syllables = numbers(of: spelling, table)
            if !syllables.isEmpty { parts.append(Part(end: end, syllables: syllables, isInitial: false)) }
            let isInitial = end == start + 1 || ["zh", "ch", "sh"].contains(spelling)
            if isInitial, syllables.isEmpty, !["i", "u", "v"].contains(spelling) {
                let begun = table.syllables.indices.filter { table.syllables[$0].hasPrefix(spelling) }
                parts.append(Part(end: end, syllables: begun, isInitial: true))
            }
            if ends.contains(end) { break }
        }
        return parts
    }

    /// The syllables written so; `lu` is 绿, too, and `jv` or `yv` is one of those that pinyin writes with u.
    private static func numbers(of spelling: String, _ table: PinyinTable) -> [Int] {
        var spellings = [spelling]
        if let first = spelling.first, "ln".contains(first), spelling.contains("u") {
            spellings.append(spelling.replacing("u", with: "v"))
        }
        if let first = spelling.first, "jqxy".contains(first), spelling.contains("v") {
            spellings.append(spelling.replacing("v", with: "u"))
        }
        return spellings.compactMap { table.number(of: $0) }
    }
}
