internal import Bytes

/// 128 numbers, most of them small: packed at a width that fits most, and the rest patched.
///
/// ```
/// width u8, its highest bit set when there are patches | where so: patches u8, bits of a patch u8
/// the lowest bits of all numbers, see BitPacking | where there are patches: the index of each, u8
/// for each what is above the width, in as many bits as said, filled up to a byte
/// ```
/// The width is that for which the whole takes the fewest bytes. (Zukowski, Héman, Nes and Boncz, "Super-scalar RAM-CPU
/// cache compression", 2006; of its kin this form is the one whose unpacking has no branch a number.)
struct PatchedBlock {
    private static let hasPatches: UInt8 = 0x80

    private let width: Int
    private let patches: Int
    private let patchWidth: Int
    /// Where the packed numbers begin.
    private let packed: Int
    /// Where the block ends.
    let end: Int

    /// Bits that the largest number can have.
    var largestWidth: Int { width + patchWidth }

    /// Reads the head of a block.
    ///
    /// - Parameter offset: of the block in `bytes`.
    /// - Returns: nil when the block does not fit, or makes no sense.
    init?(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        guard offset < bytes.count else { return nil }
        let head = unsafe bytes[offset]
        width = Int(head & ~Self.hasPatches)
        if head & Self.hasPatches != 0 {
            guard offset + 3 <= bytes.count else { return nil }
            patches = unsafe Int(bytes[offset + 1])
            patchWidth = unsafe Int(bytes[offset + 2])
            packed = offset + 3
        } else {
            (patches, patchWidth, packed) = (0, 0, offset + 1)
        }
        guard width <= 32, width + patchWidth <= 32, patches <= BitPacking.blockSize else { return nil }
        end = packed + BitPacking.packedSize(width: width) + patches + (patches * patchWidth + 7) / 8
        guard end <= bytes.count else { return nil }
    }

    /// Expands the block.
    ///
    /// - Parameters:
    ///   - bytes: those the head was read from.
    ///   - output: room for 128 numbers.
    func unpack(_ bytes: UnsafeRawBufferPointer, into output: UnsafeMutablePointer<UInt32>) {
        // SAFETY: the head has been checked to lie within `bytes` whole.
        unsafe BitPacking.unpack(bytes.baseAddress! + packed, width: width, into: output)
        unsafe patch(bytes, output)
    }

    /// Expands a block of gaps into the ascending numbers they make up.
    ///
    /// - Parameter previous: the number before the first.
    func unpackAscending(
        _ bytes: UnsafeRawBufferPointer, after previous: UInt32, into output: UnsafeMutablePointer<UInt32>
    ) {
        // SAFETY: the head has been checked to lie within `bytes` whole.
        let source = unsafe bytes.baseAddress! + packed
        if patches == 0 {
            unsafe BitPacking.unpackAscending(source, width: width, after: previous, into: output)
        } else {
            unsafe BitPacking.unpack(source, width: width, into: output)
            unsafe patch(bytes, output)
            unsafe BitPacking.sumGaps(output, after: previous)
        }
    }

    private func patch(_ bytes: UnsafeRawBufferPointer, _ output: UnsafeMutablePointer<UInt32>) {
        guard patches > 0 else { return }
        let indexes = packed + BitPacking.packedSize(width: width)
        var reader = unsafe BitReader(bytes, at: (indexes + patches) * 8)
        // SAFETY: the head has been checked to lie within `bytes` whole.
        let places = unsafe bytes.baseAddress! + indexes
        let shift = UInt64(truncatingIfNeeded: width)
        reader.forEach(patches, of: patchWidth) { patch, high in
            // A damaged index is made one of the 128.
            let index = unsafe Int(places.load(fromByteOffset: patch, as: UInt8.self)) & (BitPacking.blockSize - 1)
            unsafe output[index] |= UInt32(truncatingIfNeeded: UInt64(high) &<< shift)
        }
    }

    /// Appends a block of 128 numbers.
    ///
    /// - Parameter highs: room to write bits in.
    static func encode(_ values: Span<UInt32>, into writer: inout ByteWriter, _ highs: inout BitWriter) {
        precondition(values.count == BitPacking.blockSize)
        let (width, patches, patchWidth) = bestWidth(values)
        writer.append(UInt8(width) | (patches > 0 ? hasPatches : 0))
        if patches > 0 {
            writer.append(UInt8(patches))
            writer.append(UInt8(patchWidth))
        }
        // SAFETY: there are 128 values.
        unsafe values.withUnsafeBufferPointer {
            unsafe BitPacking.pack($0.baseAddress!, width: width, into: &writer)
        }
        guard patches > 0 else { return }
        highs.removeAll()
        for index in 0..<BitPacking.blockSize {
            let high = UInt32(truncatingIfNeeded: UInt64(values[index]) &>> UInt64(truncatingIfNeeded: width))
            guard high > 0 else { continue }
            writer.append(UInt8(index))
            highs.append(high, patchWidth)
        }
        highs.write(to: &writer)
        highs.removeAll()
    }

    /// The width for which a block takes the fewest bytes, the numbers that are wider, and by how many bits at most.
    private static func bestWidth(_ values: Span<UInt32>) -> (width: Int, patches: Int, patchWidth: Int) {
        var all: UInt32 = 0
        for index in 0..<BitPacking.blockSize { all |= values[index] }
        let widest = UInt32.bitWidth - all.leadingZeroBitCount
        var best = (width: widest, patches: 0, patchWidth: 0)
        var least = BitPacking.packedSize(width: widest)
        var width = widest
        while width > 0 {
            width -= 1
            // Counting over and over, four at a time, takes less than sorting the numbers by their widths once.
            let patches = unsafe values.withUnsafeBufferPointer {
                unsafe BitPacking.count($0.baseAddress!, widerThan: width)
            }
            // No narrower width can be worth more patches than this.
            if patches + 2 >= least { break }
            let patchWidth = widest - width
            let size = BitPacking.packedSize(width: width) + 2 + patches + (patches * patchWidth + 7) / 8
            if size < least { (least, best) = (size, (width, patches, patchWidth)) }
        }
        return best
    }
}
