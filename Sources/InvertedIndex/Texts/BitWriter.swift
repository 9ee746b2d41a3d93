/// Writes integers of any width one after the other: each with its most significant bit first, into bytes that fill
/// from their most significant bit. The twin of ``BitReader``.
struct BitWriter {
    private(set) var bytes: [UInt8] = []
    /// The last `filled` bits are still to be written; fewer than 32.
    private var pending: UInt64 = 0
    private var filled = 0

    /// Bits so far.
    var count: Int { bytes.count * 8 + filled }

    /// Appends the low `width` bits of `value`, which has no others. At most 32.
    @inline(__always)
    mutating func append(_ value: UInt32, _ width: Int) {
        pending = pending << UInt64(width) | UInt64(value)
        filled += width
        guard filled >= 32 else { return }
        filled -= 32
        let word = UInt32(truncatingIfNeeded: pending >> UInt64(filled))
        bytes.append(UInt8(truncatingIfNeeded: word >> 24))
        bytes.append(UInt8(truncatingIfNeeded: word >> 16))
        bytes.append(UInt8(truncatingIfNeeded: word >> 8))
        bytes.append(UInt8(truncatingIfNeeded: word))
    }

    /// An integer below 2^63 in the exponential Golomb code of order `order`: `value >> order`, plus one, behind as
    /// many zeros as it has bits but one; then the low `order` bits.
    mutating func golomb(_ value: UInt64, order: Int) {
        let high = value >> UInt64(order) + 1
        let width = UInt64.bitWidth - high.leadingZeroBitCount
        long(0, width - 1)
        long(high, width)
        long(value & (1 << UInt64(order) - 1), order)
    }

    /// Bits that ``golomb(_:order:)`` takes.
    static func golombWidth(_ value: UInt64, order: Int) -> Int {
        let high = value >> UInt64(order) + 1
        return 2 * (UInt64.bitWidth - high.leadingZeroBitCount) - 1 + order
    }

    private mutating func long(_ value: UInt64, _ width: Int) {
        if width > 32 { append(UInt32(truncatingIfNeeded: value >> 32), width - 32) }
        append(UInt32(truncatingIfNeeded: value), min(width, 32))
    }

    /// Fills the last byte with zeros.
    mutating func align() {
        let padding = -filled & 7
        append(0, padding)
        while filled > 0 {
            filled -= 8
            bytes.append(UInt8(truncatingIfNeeded: pending >> UInt64(filled)))
        }
    }
}
