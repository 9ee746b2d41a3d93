/// Reads what ``BitWriter`` wrote, out of bytes that may be damaged.
///
/// Past the end all bits are zero: a reader need not look where it is at every step, as long as something else
/// bounds the number of steps and it asks ``isPastEnd`` before it believes what it read.
@safe struct BitReader {
    private let base: UnsafeRawPointer
    private let count: Int
    /// Bits read.
    private(set) var position = 0

    /// - Parameter bytes: stay valid and unchanged as long as the reader.
    init(_ bytes: UnsafeRawBufferPointer, at byte: Int) {
        let isWithin = byte < bytes.count
        unsafe base = isWithin ? bytes.baseAddress! + byte : UnsafeRawPointer(bitPattern: 8)!
        count = isWithin ? bytes.count - byte : 0
    }

    var isPastEnd: Bool { position > count * 8 }

    /// The next `width` bits, 1 to 32, without passing over them.
    @inline(__always)
    func peek(_ width: Int) -> UInt32 {
        let byte = position >> 3
        guard byte &+ 8 <= count else { return peekNearEnd(width) }
        // SAFETY: eight bytes from `byte` are there.
        let word = unsafe base.loadUnaligned(fromByteOffset: byte, as: UInt64.self).bigEndian
        return UInt32(truncatingIfNeeded: (word << UInt64(position & 7)) >> UInt64(64 &- width))
    }

    private func peekNearEnd(_ width: Int) -> UInt32 {
        var word: UInt64 = 0
        for byte in position >> 3..<position >> 3 + 8 {
            // SAFETY: `byte` is below `count`.
            word = word << 8 | (byte < count ? unsafe UInt64(base.load(fromByteOffset: byte, as: UInt8.self)) : 0)
        }
        return UInt32(truncatingIfNeeded: (word << UInt64(position & 7)) >> UInt64(64 - width))
    }

    @inline(__always)
    mutating func skip(_ width: Int) { position &+= width }

    /// The next `width` bits, 0 to 32.
    @inline(__always)
    mutating func bits(_ width: Int) -> Int {
        guard width > 0 else { return 0 }
        let value = peek(width)
        position &+= width
        return Int(value)
    }

    /// An integer in the exponential Golomb code of order `order`, below 32; nil for what no writer writes.
    mutating func golomb(order: Int) -> UInt64? {
        var zeros = 0
        while true {
            let window = peek(32)
            zeros += window.leadingZeroBitCount
            skip(window.leadingZeroBitCount)
            if window != 0 { break }
            if zeros > 62 { return nil }
        }
        guard zeros <= 62 else { return nil }
        let width = zeros + 1
        var high = width > 32 ? UInt64(bits(width - 32)) : 0
        high = high << UInt64(min(width, 32)) | UInt64(bits(min(width, 32)))
        return (high - 1) << UInt64(order) | UInt64(bits(order))
    }

    /// The byte that the next bits begin at, once the rest of this one is passed over.
    mutating func align() -> Int {
        position = (position + 7) & ~7
        return position >> 3
    }
}
