internal import Model

// Tags and character references that a converter left in plain text: `了。</p>`, `&nbsp;`, `&#20013;`.
extension NoiseFinder {
    /// Bytes that a tag may take. A longer one is more likely a stray `<`.
    private static let tagLimit = 500

    /// Where the tag or comment that opens at `index` ends; nil when none does.
    func tagEnd(at index: Int) -> Int? {
        if byte(index + 1) == 0x21 { return commentEnd(at: index) }
        var next = index + 1
        if byte(next) == 0x2F { next += 1 }
        var name: [UInt8] = []
        while let letter = byte(next), ASCII.isAlphanumeric(letter) || letter == 0x3A, name.count < 12 {
            name.append(letter | 0x20)
            next += 1
        }
        guard Self.isTagName(name), let after = byte(next), after == 0x3E || after == 0x2F || isSpace(after) else {
            return nil
        }
        var quote: UInt8 = 0
        while next - index < Self.tagLimit, let current = byte(next) {
            if quote != 0 {
                if current == quote { quote = 0 }
            } else if current == 0x3E {
                return next + 1
            } else if current == 0x3C {
                return nil
            } else if current == 0x22 || current == 0x27 {
                quote = current
            }
            next += 1
        }
        return nil
    }

    private func commentEnd(at index: Int) -> Int? {
        guard byte(index + 2) == 0x2D, byte(index + 3) == 0x2D else { return nil }
        var next = index + 4
        while next - index < Self.tagLimit, let current = byte(next) {
            if current == 0x2D, byte(next + 1) == 0x2D, byte(next + 2) == 0x3E { return next + 3 }
            next += 1
        }
        return nil
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    /// Elements that people find in scraped text. `<T>` and `<stdio.h>` are none of them.
    private static func isTagName(_ name: [UInt8]) -> Bool {
        // Office's own elements: <o:p>, <v:shape>, <st1:place>.
        if let colon = name.firstIndex(of: 0x3A) { return colon > 0 && colon + 1 < name.count }
        return !name.isEmpty && tagNames.contains(name)
    }

    private static let tagNames: Set<[UInt8]> = Set(
        """
        p br div span a b i u s em strong font img table tbody thead tr td th ul ol li dl dt dd h1 h2 h3 h4 h5 h6 hr pre \
        code sub sup small big center blockquote section article header footer main aside nav figure figcaption video \
        audio source iframe script style link meta html body head title ruby rt rp rb wbr nobr del ins mark label input \
        button form strike tt cite q abbr embed object param canvas svg
        """.split(separator: " ").map { Array($0.utf8) })

    /// The character reference at `index`. One to a letter or Han character reads as that character; others are
    /// barriers.
    func entity(at index: Int) -> Noise? {
        guard let first = byte(index + 1) else { return nil }
        if first == 0x23 { return numericEntity(at: index) }
        var next = index + 1
        while let letter = byte(next), ASCII.isAlphanumeric(letter), next - index <= 9 { next += 1 }
        let length = next - index - 1
        if byte(next) == 0x3B, length >= 2, ASCII.isLetter(first) {
            return Noise(.entity, index..<next + 1, replacement: Noise.barrier)
        }
        // Often seen without its semicolon.
        let bare = Array("nbsp".utf8)
        guard bare.indices.allSatisfy({ byte(index + 1 + $0) == bare[$0] }) else { return nil }
        return Noise(.entity, index..<index + 1 + bare.count, replacement: Noise.barrier)
    }

    private func numericEntity(at index: Int) -> Noise? {
        var next = index + 2
        let isHexadecimal = byte(next).map { $0 | 0x20 == 0x78 } ?? false
        if isHexadecimal { next += 1 }
        var value: UInt32 = 0
        let start = next
        while let digit = byte(next), isHexadecimal ? ASCII.isHexadecimal(digit) : ASCII.isDigit(digit),
            next - start < 7
        {
            let letter = digit | 0x20
            value = value * (isHexadecimal ? 16 : 10) + UInt32(ASCII.isDigit(digit) ? digit - 0x30 : letter - 0x57)
            next += 1
        }
        guard next > start, byte(next) == 0x3B else { return nil }
        return Noise(.entity, index..<next + 1, replacement: Self.readable(value) ?? Noise.barrier)
    }

    /// The value itself when a text is read by it: a letter, digit or Han character.
    private static func readable(_ value: UInt32) -> UInt32? {
        guard Unicode.Scalar(value) != nil else { return nil }
        switch CharacterTable.classify(value) {
        case .han, .letter: return value
        default: return nil
        }
    }
}
