internal import Model

/// Given a text, finds the noise that its healed reading leaves out.
///
/// One pass over the bytes, which Han text mostly skips three at a time; what looks like noise is then looked at
/// closely, kind by kind in the extensions. Every rule is local: what a paragraph reads as depends on nothing but the
/// paragraph.
///
/// The price of a wrong guess is small: the plain reading stays searchable beside the healed one, so a rule may take
/// for noise what once in a thousand texts is not, as long as what it makes of it is no other word.
@safe struct NoiseFinder {
    let text: UnsafeBufferPointer<UInt8>
    private(set) var found: [Noise] = []
    let readings: HanReadings
    /// Runs of letters and digits with white space between them, the last chain met.
    var pieces: [Piece] = []
    /// Where the last run of letters and digits ends, and where that of base64 around it does.
    var runEnd = 0
    var base64End = 0

    /// - Parameter text: valid while the finder is used.
    init(_ text: UnsafeBufferPointer<UInt8>, readings: HanReadings) {
        unsafe self.text = unsafe text
        self.readings = readings
    }

    /// All noise, ascending and apart. O(text.count).
    mutating func find() -> [Noise] {
        let count = unsafe text.count
        var index = 0
        while index < count {
            let byte = unsafe text[index]
            switch byte {
            case 0xE4...0xEE, 0xE1:
                index += 3
            case 0x61...0x7A, 0x41...0x5A, 0x30...0x39:
                index = chain(at: index)
            case 0x28, 0xEF, 0xC2, 0x26, 0x3C, 0..<0x20, 0x7F:
                index = mark(byte, at: index)
            default:
                index += 1
            }
        }
        return found
    }

    /// Looks at what a mark may begin; gives where to go on.
    private mutating func mark(_ byte: UInt8, at index: Int) -> Int {
        switch byte {
        case 0x28:
            return bracket(at: index, length: 1)
        case 0xEF:
            if self.byte(index + 1) == 0xBC, self.byte(index + 2) == 0x88 { return bracket(at: index, length: 3) }
            if self.byte(index + 1) == 0xBF, let third = self.byte(index + 2), (0xB9...0xBB).contains(third) {
                // U+FFF9 to U+FFFB: interlinear annotation.
                return add(.control, index..<index + 3)
            }
            return index + 3
        case 0xC2:
            // C1 control characters but for U+0085, a line end.
            if let next = self.byte(index + 1), (0x80...0x9F).contains(next), next != 0x85 {
                return add(.control, index..<index + 2)
            }
        case 0x26:
            if let entity = entity(at: index) { return add(entity) }
        case 0x0A, 0x0D:
            let end = quoteEnd(at: index + 1)
            if end > index + 1 { return add(.wrap, index + 1..<end) }
        case 0x3C:
            if let end = tagEnd(at: index) { return add(.tag, index..<end, replacement: Noise.barrier) }
        default:
            if !WhiteSpace.contains(UInt32(byte)) { return add(.control, index..<index + 1) }
        }
        return index + 1
    }

    /// Where the marks of a quoted line end, `> ` or `>> `, that begin at `start`; `start` when there are none.
    private func quoteEnd(at start: Int) -> Int {
        var end = start
        var last = start
        while let mark = byte(last), mark == 0x3E || mark == 0x20 {
            last += 1
            if mark == 0x3E { end = last }
        }
        return end
    }

    /// Looks at a bracket. A gloss that the plain reading leaves out as well is passed over.
    private mutating func bracket(at index: Int, length: Int) -> Int {
        guard let (end, isPlain) = gloss(openedAt: index, length: length) else { return index + length }
        return isPlain ? end : add(.gloss, index..<end)
    }

    /// The byte at `index`, or nil outside the text.
    @inline(__always)
    func byte(_ index: Int) -> UInt8? {
        unsafe index >= 0 && index < text.count ? unsafe text[index] : nil
    }

    @discardableResult
    mutating func add(_ noise: Noise) -> Int {
        found.append(noise)
        return noise.bytes.upperBound
    }

    @discardableResult
    mutating func add(_ kind: Noise.Kind, _ bytes: Range<Int>, replacement: UInt32? = nil) -> Int {
        add(Noise(kind, bytes, replacement: replacement))
    }
}

/// Classes of ASCII that the rules share.
enum ASCII {
    @inline(__always)
    static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    @inline(__always)
    static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { isLower(byte | 0x20) }
    @inline(__always)
    static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
    static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte | 0x20) }
}
