internal import Model

// Pinyin readings that the plain reading leaves in: tone digits, no tone at all, several syllables.
extension NoiseFinder {
    /// Bytes that the letters of a gloss may take.
    private static let glossLimit = 64
    /// Han characters that one gloss may stand for.
    private static let characterLimit = 8

    /// The gloss whose bracket of `length` bytes opens at `index`: where it ends, and whether the plain reading leaves it
    /// out too; nil when there is none.
    ///
    /// After a Han character: syllables of which one has a tone mark or digit, or the plain letters of the very
    /// readings of the characters before. After a letter: one syllable with a tone mark or digit.
    func gloss(openedAt index: Int, length: Int) -> (end: Int, isPlain: Bool)? {
        guard let (letters, end, hasCapitals) = glossLetters(from: index + length) else { return nil }
        let isAfterHan = hanStart(endingAt: index) != nil
        guard isAfterHan || byte(index - 1).map(ASCII.isLetter) ?? false else { return nil }
        if !hasCapitals, PinyinGloss.isTonedSyllable(letters) { return (end, true) }
        let syllables = letters.split { $0 == 0x20 || $0 == 0x27 || $0 == 0x2019 || $0 == 0x2D }
        guard !syllables.isEmpty, syllables.allSatisfy(PinyinGloss.isSyllables) else { return nil }
        let hasTone = letters.contains { PinyinGloss.isToned($0) || Self.isToneDigit($0) }
        let isGloss =
            isAfterHan
            ? hasTone || isReading(Array(syllables.joined()), before: index)
            : hasTone && letters.count > 2 && PinyinGloss.isSyllable(letters.filter { !Self.isToneDigit($0) })
        return isGloss ? (end, false) : nil
    }

    private static func isToneDigit(_ scalar: UInt32) -> Bool { (0x31...0x35).contains(scalar) }

    /// The letters up to the closing bracket, in lower case, and where that ends.
    private func glossLetters(from start: Int) -> (letters: [UInt32], end: Int, hasCapitals: Bool)? {
        var letters: [UInt32] = []
        var hasCapitals = false
        var index = start
        while index - start < Self.glossLimit, unsafe index < text.count {
            let (scalar, length) = unsafe UTF8Decoder.scalar(text, at: index)
            index += length
            switch scalar {
            case 0x29, 0xFF09: return letters.isEmpty ? nil : (letters, index, hasCapitals)
            case 0x20, 0x27, 0x2019, 0x2D: letters.append(scalar)
            default:
                let lower = PinyinGloss.lowercased(scalar)
                guard PinyinGloss.isLetter(lower) || Self.isToneDigit(scalar) else { return nil }
                hasCapitals = hasCapitals || lower != scalar
                letters.append(lower)
            }
        }
        return nil
    }

    /// Whether `letters` without tones are how the characters right before `index` are read.
    private func isReading(_ letters: [UInt32], before index: Int) -> Bool {
        var rest = letters[...]
        var place = index
        for _ in 0..<Self.characterLimit {
            guard let start = hanStart(endingAt: place) else { return false }
            let reading = readings.letters(of: unsafe UTF8Decoder.scalar(text, at: start).scalar)
            guard !reading.isEmpty, rest.suffix(reading.count).elementsEqual(reading) else { return false }
            rest = rest.dropLast(reading.count)
            if rest.isEmpty { return true }
            place = start
        }
        return false
    }
}
