/// Builds a stream of bits: integers of any width, each with its most significant bit first, in bytes that fill from
/// their most significant bit. The twin of ``BitReader``.
public struct BitWriter: Sendable {
    /// Whole words, each with its bytes in the order of the stream.
    @usableFromInline var whole: [UInt32] = []
    /// The last `filled` bits are still to be written; fewer than 32.
    @usableFromInline var pending: UInt64 = 0
    @usableFromInline var filled = 0

    public init() {}

    /// Bits so far.
    var bitCount: Int { whole.count * 32 + filled }

    /// Appends the bytes so far, the last one filled up with zeros.
    public func write(to bytes: inout ByteWriter) {
        unsafe whole.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        let padded = pending << UInt64(32 - filled)
        for index in 0..<(filled + 7) / 8 {
            bytes.append(UInt8(truncatingIfNeeded: padded >> UInt64(24 - 8 * index)))
        }
    }

    /// The bytes so far, the last one filled up with zeros.
    public var bytes: [UInt8] {
        var writer = ByteWriter()
        write(to: &writer)
        return writer.bytes
    }

    public mutating func removeAll() {
        whole.removeAll(keepingCapacity: true)
        pending = 0
        filled = 0
    }

    /// Appends the lowest `width` bits of `value`, of which no other may be set.
    ///
    /// - Parameter width: at most 32.
    @inlinable @inline(__always)
    public mutating func append(_ value: UInt32, _ width: Int) {
        pending = pending &<< UInt64(truncatingIfNeeded: width) | UInt64(value)
        filled &+= width
        if filled >= 32 { endWord() }
    }

    @usableFromInline
    mutating func endWord() {
        filled &-= 32
        whole.append(UInt32(truncatingIfNeeded: pending &>> UInt64(truncatingIfNeeded: filled)).bigEndian)
    }

    /// Appends a number as Rice's code does: what is above `parameter` bits as so many zeros and a one, then these bits.
    ///
    /// Least for numbers that fall off geometrically with a mean near `2 ^ parameter`. (Rice and Plaunt, "Adaptive
    /// variable-length coding", 1971.)
    @inlinable @inline(__always)
    public mutating func rice(_ value: UInt32, _ parameter: Int) {
        let zeros = Int(truncatingIfNeeded: value &>> UInt32(truncatingIfNeeded: parameter))
        let low = value & (1 &<< UInt32(truncatingIfNeeded: parameter) &- 1)
        if zeros &+ parameter < 32 {
            append(1 &<< UInt32(truncatingIfNeeded: parameter) | low, zeros &+ 1 &+ parameter)
        } else {
            longRice(zeros, low, parameter)
        }
    }

    @usableFromInline
    mutating func longRice(_ count: Int, _ low: UInt32, _ parameter: Int) {
        var zeros = count
        while zeros >= 32 {
            append(0, 32)
            zeros -= 32
        }
        append(0, zeros)
        append(1, 1)
        append(low, parameter)
    }

    /// Appends a number below 2^63 in the exponential Golomb code: `value >> parameter`, plus one, behind as many zeros
    /// as it has bits but one; then the low `parameter` bits. With a parameter of 0 it is Elias's gamma code of the
    /// number's successor. (Teuhola, "A compression method for clustered bit-vectors", 1978.)
    @inlinable @inline(__always)
    public mutating func golomb(_ value: UInt64, _ parameter: Int) {
        let head = value &>> UInt64(truncatingIfNeeded: parameter) &+ 1
        let width = UInt64.bitWidth &- head.leadingZeroBitCount
        let low = UInt32(truncatingIfNeeded: value & (1 &<< UInt64(truncatingIfNeeded: parameter) &- 1))
        let size = 2 &* width &- 1 &+ parameter
        if size <= 32 {
            // All in one: most numbers by far.
            append(UInt32(truncatingIfNeeded: head) &<< UInt32(truncatingIfNeeded: parameter) | low, size)
        } else {
            long(0, width - 1)
            long(head, width)
            append(low, parameter)
        }
    }

    /// Bits that ``golomb(_:_:)`` takes.
    public static func golombWidth(_ value: UInt64, _ parameter: Int) -> Int {
        let head = value >> UInt64(parameter) + 1
        return 2 * (UInt64.bitWidth - head.leadingZeroBitCount) - 1 + parameter
    }

    @usableFromInline
    mutating func long(_ value: UInt64, _ width: Int) {
        if width > 32 { append(UInt32(truncatingIfNeeded: value >> 32), width - 32) }
        append(UInt32(truncatingIfNeeded: value), min(width, 32))
    }
}
