/// Packs blocks of 128 integers into the fewest whole bits that hold the largest of them.
///
/// Value `i` takes the bits `i * width ..< (i + 1) * width` of the block, counted from the least significant
/// bit of its first byte. A block of width `w` is exactly `16 * w` bytes.
public enum BitPacking {
    /// Integers a block.
    public static let blockSize = 128

    /// Bits that hold every value: 0 when all are zero.
    public static func width(of values: UnsafeBufferPointer<UInt32>) -> Int {
        var all: UInt32 = 0
        for index in values.indices { all |= unsafe values[index] }
        return 32 - all.leadingZeroBitCount
    }

    public static func packedSize(width: Int) -> Int { width * (blockSize / 8) }

    /// Appends a block of 128 values, each below `1 << width`.
    public static func pack(_ values: UnsafeBufferPointer<UInt32>, width: Int, into writer: inout ByteWriter) {
        precondition(values.count == blockSize && (0...32).contains(width))
        guard width > 0 else { return }
        var pending: UInt64 = 0
        var filled = 0
        for index in values.indices {
            pending |= unsafe UInt64(values[index]) << UInt64(filled)
            filled += width
            if filled >= 32 {
                writer.integer(UInt32(truncatingIfNeeded: pending))
                pending >>= 32
                filled -= 32
            }
        }
    }

    /// Expands a block of 128 values of `width` bits.
    ///
    /// - Parameters:
    ///   - source: at least ``packedSize(width:)`` readable bytes.
    ///   - output: room for 128 values.
    @inlinable
    public static func unpack(_ source: UnsafeRawPointer, width: Int, into output: UnsafeMutablePointer<UInt32>) {
        guard width > 0 else {
            unsafe output.update(repeating: 0, count: blockSize)
            return
        }
        let mask = UInt64(UInt32.max) >> UInt64(32 &- width)
        var pending: UInt64 = 0
        var filled = 0
        var word = 0
        var index = 0
        // SAFETY: 128 values of `width` bits end with the last bit of word `4 * width - 1`, the last one loaded.
        while index < blockSize {
            if filled < width {
                let next = unsafe source.loadUnaligned(fromByteOffset: word &* 4, as: UInt32.self).littleEndian
                pending |= UInt64(next) << UInt64(truncatingIfNeeded: filled)
                word &+= 1
                filled &+= 32
            }
            unsafe output[index] = UInt32(truncatingIfNeeded: pending & mask)
            pending >>= UInt64(truncatingIfNeeded: width)
            filled &-= width
            index &+= 1
        }
    }
}
