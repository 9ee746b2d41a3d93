internal import Model

// Checksums and tokens stuck to text, as sites inject them against copying: `AI Lt4HYE7h…Fo=ab`.
extension NoiseFinder {
    /// Letters and digits that a hash has at least.
    private static let hashMinimum = 16
    /// And at most, so that a rule looks at no byte of a long line more than some hundred times.
    private static let hashMaximum = 256
    /// Lengths of common digests in base64, padding included, longest first: SHA-512, SHA-256, SHA-1,
    /// MD5.
    private static let base64Sizes: [(length: Int, padding: Int)] = [(88, 2), (44, 1), (28, 1), (24, 2)]
    /// And in hexadecimal.
    private static let hexadecimalSizes = [128, 64, 40, 32]

    /// The hash in or around the run of letters and digits at `run`; nil when there is none, or when nothing but marks
    /// and white space stands beside it: then it is somebody's text.
    mutating func hash(in run: Range<Int>) -> Range<Int>? {
        if run.upperBound > base64End {
            base64End = run.upperBound
            while let next = byte(base64End), ASCII.isAlphanumeric(next) || next == 0x2B || next == 0x2F {
                base64End += 1
            }
        }
        guard base64End - run.lowerBound >= Self.hashMinimum else { return nil }
        guard let range = base64(from: run, letters: base64End) ?? hexadecimal(in: run), isStuck(range) else {
            return nil
        }
        return range
    }

    /// A base64 digest that begins in `run`, whose letters end at `letters`, and that ends with its padding.
    private func base64(from run: Range<Int>, letters: Int) -> Range<Int>? {
        var end = letters
        while byte(end) == 0x3D, end - letters < 2 { end += 1 }
        let padding = end - letters
        let length = end - run.lowerBound
        guard padding > 0, length <= Self.hashMaximum, isMixed(run.lowerBound..<letters) else { return nil }
        if let size = Self.base64Sizes.first(where: { $0.padding == padding && $0.length <= length }) {
            return end - size.length..<end
        }
        return length % 4 == 0 ? run.lowerBound..<end : nil
    }

    /// Upper case, lower case and digits, as no word has.
    private func isMixed(_ range: Range<Int>) -> Bool {
        var upper = 0
        var lower = 0
        var digits = 0
        for index in range {
            guard let letter = byte(index) else { return false }
            if ASCII.isUpper(letter) {
                upper += 1
            } else if ASCII.isLower(letter) {
                lower += 1
            } else {
                digits += 1
            }
        }
        return upper > 1 && lower > 1 && digits > 1
    }

    /// A hexadecimal digest in `run`: all of it, or a part of a digest's length between other letters.
    private func hexadecimal(in run: Range<Int>) -> Range<Int>? {
        var start = run.lowerBound
        while start < run.upperBound {
            var end = start
            var digits = 0
            while end < run.upperBound, let letter = byte(end), ASCII.isHexadecimal(letter) {
                digits += ASCII.isDigit(letter) ? 1 : 0
                end += 1
            }
            let length = end - start
            if length >= Self.hashMinimum, digits > 1, digits < length - 1 {
                if start == run.lowerBound, end == run.upperBound { return run }
                if length <= Self.hashMaximum,
                    let size = Self.hexadecimalSizes.first(where: { $0 <= length })
                {
                    return start..<start + size
                }
            }
            start = max(end, start + 1)
        }
        return nil
    }

    /// Whether a letter, digit or Han character stands right beside `range`.
    private func isStuck(_ range: Range<Int>) -> Bool {
        if let before = byte(range.lowerBound - 1), ASCII.isAlphanumeric(before) { return true }
        if let after = byte(range.upperBound), ASCII.isAlphanumeric(after) { return true }
        return isHan(endingAt: range.lowerBound) || isHan(at: range.upperBound)
    }

    /// Whether a Han or kana character begins at `index`.
    func isHan(at index: Int) -> Bool {
        guard let first = byte(index), first >= 0xE3 else { return false }
        return CharacterTable.classify(unsafe UTF8Decoder.scalar(text, at: index).scalar) == .han
    }

    /// Whether a Han or kana character ends right before `index`.
    func isHan(endingAt index: Int) -> Bool { hanStart(endingAt: index) != nil }

    /// Where the Han or kana character begins that ends right before `index`.
    func hanStart(endingAt index: Int) -> Int? {
        guard let last = byte(index - 1), last & 0xC0 == 0x80 else { return nil }
        var start = index - 1
        while start > max(0, index - 4), let unit = byte(start), unit & 0xC0 == 0x80 { start -= 1 }
        guard isHan(at: start), unsafe UTF8Decoder.scalar(text, at: start).length == index - start else {
            return nil
        }
        return start
    }
}
