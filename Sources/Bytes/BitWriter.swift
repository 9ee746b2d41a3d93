/// Builds a stream of bits, least significant first. The twin of ``BitReader``.
public struct BitWriter: Sendable {
    private var writer = ByteWriter()
    private var pending: UInt64 = 0
    private var filled = 0

    public init() {}

    /// The bytes so far; of a last one begun the rest is zero.
    public var bytes: [UInt8] {
        var copy = writer
        for shift in stride(from: 0, to: filled, by: 8) {
            copy.append(UInt8(truncatingIfNeeded: pending >> UInt64(shift)))
        }
        return copy.bytes
    }

    /// Bytes that ``bytes`` has.
    public var count: Int { writer.count + (filled + 7) / 8 }

    public mutating func removeAll() {
        writer.removeAll()
        pending = 0
        filled = 0
    }

    /// Appends the lowest `width` bits of `value`, of which no other may be set.
    ///
    /// - Parameter width: at most 32.
    @inlinable
    public mutating func bits(_ value: UInt32, _ width: Int) { append(UInt64(value), width) }

    /// Appends a number as Rice's code does: what is above `parameter` bits in unary, then these bits.
    ///
    /// Least for numbers that fall off geometrically with a mean near `2 ^ parameter`. (Rice and Plaunt, "Adaptive
    /// variable-length coding", 1971.)
    public mutating func rice(_ value: UInt32, _ parameter: Int) {
        unary(Int(value >> UInt32(parameter)))
        append(UInt64(value) & (1 << UInt64(parameter) - 1), parameter)
    }

    /// Appends a number in an exponential Golomb code: the length of what is above `parameter` bits in unary, then these
    /// bits and the number's others. With a parameter of 0 it is Elias's gamma code of the number's successor.
    ///
    /// Fits numbers that fall off slowly; none takes more than 65 bits. (Teuhola, "A compression method for clustered
    /// bit-vectors", 1978.)
    public mutating func golomb(_ value: UInt32, _ parameter: Int) {
        let head = UInt64(value) >> UInt64(parameter) + 1
        let length = UInt64.bitWidth - 1 - head.leadingZeroBitCount
        unary(length)
        append(head & (1 << UInt64(length) - 1), length)
        append(UInt64(value) & (1 << UInt64(parameter) - 1), parameter)
    }

    /// `count` zeros and a one.
    private mutating func unary(_ count: Int) {
        var left = count
        while left >= 32 {
            append(0, 32)
            left -= 32
        }
        append(1 << UInt64(left), left + 1)
    }

    @usableFromInline
    mutating func append(_ value: UInt64, _ width: Int) {
        // At most 31 bits are pending and 33 are added.
        pending |= value << UInt64(filled)
        filled += width
        if filled >= 32 {
            writer.integer(UInt32(truncatingIfNeeded: pending))
            pending >>= 32
            filled -= 32
        }
    }
}
