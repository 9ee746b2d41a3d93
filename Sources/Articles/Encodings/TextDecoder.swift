internal import ICU
internal import Model

/// Decodes bytes of one encoding to UTF-8, and keeps the way back. Reused from line to line.
///
/// What means nothing in the encoding becomes U+FFFD, one for each sequence that ICU's converter rejects.
struct TextDecoder {
    /// Bytes given to the converter at a time.
    private static let pieceSize = 1 << 14

    private let converter: Converter
    private let encoding: EncodingName
    private var units = [UInt16](repeating: 0, count: 2 * pieceSize + 16)
    private var offsets = [Int32](repeating: 0, count: 2 * pieceSize + 16)
    /// What the last call gave.
    private(set) var text: [UInt8] = []
    private(set) var map = OffsetMap()
    private(set) var replaced: [Range<Int>] = []

    private init(_ encoding: EncodingName) throws(ICUError) {
        self.encoding = encoding
        converter = try Converter(encoding.converter)
    }

    static func open(_ encoding: EncodingName, for path: Path) throws(ArticlesError) -> TextDecoder {
        do { return try TextDecoder(encoding) } catch { throw .noConverter(path, encoding) }
    }

    /// Decodes `bytes`, whole characters, into ``text``, ``map`` and ``replaced``. O(bytes).
    ///
    /// - Parameter base: the file's offset of the first byte; a byte order mark at 0 is left out.
    mutating func decode(_ bytes: ArraySlice<UInt8>, at base: Int, path: Path) throws(ArticlesError) {
        text = []
        text.reserveCapacity(bytes.count + bytes.count / 2 + 16)
        map = OffsetMap(identityFrom: base)
        replaced = []
        converter.reset()
        do {
            try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(ICUError) in
                try unsafe decode(buffer, base)
            }
        } catch { throw .noConverter(path, encoding) }
        map.finish(text: text.count, file: base + bytes.count)
    }

    private mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ base: Int) throws(ICUError) {
        var position = 0
        while position < bytes.count {
            let limit = min(bytes.count, position + Self.pieceSize)
            let isEnd = limit == bytes.count
            let step = try unsafe units.withUnsafeMutableBufferPointer { (units) throws(ICUError) in
                try unsafe offsets.withUnsafeMutableBufferPointer { (offsets) throws(ICUError) in
                    // SAFETY: `position < limit <= bytes.count`.
                    try unsafe converter.decode(
                        UnsafeBufferPointer(rebasing: bytes[position..<limit]), isEnd: isEnd, into: units,
                        offsets: offsets)
                }
            }
            // A character cut by the end of the piece is begun again with the next.
            let pending = isEnd || step.invalid > 0 ? 0 : converter.pendingBytes
            let end = position + step.consumed - pending
            append(step.units, from: base + position, to: base + end - step.invalid)
            if step.invalid > 0 { appendReplacement(base + end - step.invalid..<base + end) }
            if !isEnd, step.invalid == 0 { converter.reset() }
            // Nothing consumed cannot be, but a loop without end would be worse than bytes left out.
            guard end > position else { return }
            position = end
        }
    }

    /// Appends the characters of the first `count` units, which stand in the file from `start` to `end`.
    private mutating func append(_ count: Int, from start: Int, to end: Int) {
        guard count > 0 else { return }
        // Taken out, not copied: a copy a piece would make long texts quadratic.
        var map = OffsetMap()
        swap(&map, &self.map)
        var lone: [(place: Int, length: Int)] = []
        let base = text.count
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count * 3) { output in
            unsafe units.withUnsafeBufferPointer { units in
                unsafe offsets.withUnsafeBufferPointer { offsets in
                    // SAFETY: `index` stays below `count`, and a unit writes at most three bytes.
                    var index = 0
                    var written = 0
                    while index < count {
                        var scalar = unsafe UInt32(units[index])
                        let place = unsafe start &+ Int(offsets[index])
                        index &+= 1
                        if scalar & 0xF800 == 0xD800 {
                            if scalar < 0xDC00, index < count, unsafe units[index] & 0xFC00 == 0xDC00 {
                                scalar = unsafe 0x10000 &+ (scalar & 0x3FF) << 10 &+ UInt32(units[index] & 0x3FF)
                                index &+= 1
                            } else {
                                scalar = 0xFFFD
                                lone.append((place, index))
                            }
                        }
                        let next = unsafe index < count ? start &+ Int(offsets[index]) : end
                        if scalar == 0xFEFF, place == 0 { continue }
                        let length = unsafe UTF8Writer.write(scalar, to: output, at: written)
                        map.append(
                            textStart: base &+ written, start: place,
                            widths: OffsetMap.widths(text: length, file: max(0, next &- place)))
                        written &+= length
                    }
                    unsafe text.append(contentsOf: UnsafeBufferPointer(rebasing: output[..<written]))
                }
            }
        }
        swap(&map, &self.map)
        for (place, next) in lone {
            note(place..<max(place, next < count ? start + Int(offsets[next]) : end))
        }
    }

    private mutating func appendReplacement(_ range: Range<Int>) {
        map.append(
            textStart: text.count, start: range.lowerBound,
            widths: OffsetMap.widths(text: 3, file: range.count))
        text.append(contentsOf: [0xEF, 0xBF, 0xBD])
        note(range)
    }

    private mutating func note(_ range: Range<Int>) {
        if let last = replaced.last, last.upperBound == range.lowerBound {
            replaced[replaced.count - 1] = last.lowerBound..<range.upperBound
        } else {
            replaced.append(range)
        }
    }
}

/// Writes scalars as UTF-8.
private enum UTF8Writer {
    /// Gives the bytes written, 1 to 4.
    @inline(__always)
    static func write(_ scalar: UInt32, to output: UnsafeMutableBufferPointer<UInt8>, at index: Int) -> Int {
        // SAFETY: the caller has room for three bytes a UTF-16 unit.
        if scalar < 0x80 {
            unsafe output[index] = UInt8(truncatingIfNeeded: scalar)
            return 1
        }
        if scalar < 0x800 {
            unsafe output[index] = UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6)
            unsafe output[index &+ 1] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
            return 2
        }
        if scalar < 0x10000 {
            unsafe output[index] = UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
            unsafe output[index &+ 1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
            unsafe output[index &+ 2] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
            return 3
        }
        unsafe output[index] = UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18)
        unsafe output[index &+ 1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F)
        unsafe output[index &+ 2] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
        unsafe output[index &+ 3] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
        return 4
    }
}
