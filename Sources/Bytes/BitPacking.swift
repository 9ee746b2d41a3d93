/// Packs blocks of 128 integers into the same number of bits each.
///
/// Values stand in rows of four, one a lane; each lane fills its own 32-bit words, of which four follow each other,
/// one a lane. So a vector of four unpacks four values at once, with one shift for all. A block of width `w` is exactly
/// `16 * w` bytes. (Lemire and Boytsov, "Decoding billions of integers per second through vectorization", 2015.)
public enum BitPacking {
    /// Integers a block.
    public static let blockSize = 128
    /// Rows of four in a block.
    @usableFromInline static let rows = blockSize / 4

    public static func packedSize(width: Int) -> Int { width * (blockSize / 8) }

    /// Appends a block of 128 values, of which the lowest `width` bits are kept.
    public static func pack(_ values: UnsafePointer<UInt32>, width: Int, into writer: inout ByteWriter) {
        precondition((0...32).contains(width))
        guard width > 0 else { return }
        let mask = SIMD4<UInt32>(repeating: UInt32.max >> UInt32(32 - width))
        let size = packedSize(width: width)
        unsafe withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { packed in
            var pending = SIMD4<UInt32>.zero
            var filled = 0
            var word = 0
            for row in 0..<rows {
                let vector = unsafe load(values, row) & mask
                pending |= vector &<< UInt32(truncatingIfNeeded: filled)
                filled &+= width
                guard filled >= 32 else { continue }
                // SAFETY: `rows` rows of `width` bits fill `width` words a lane.
                unsafe packed.storeBytes(of: pending, toByteOffset: word, as: SIMD4<UInt32>.self)
                word &+= 16
                filled &-= 32
                // What of this row did not fit; nothing when it ended with the word.
                pending = filled == 0 ? .zero : vector &>> UInt32(truncatingIfNeeded: width &- filled)
            }
            unsafe writer.append(contentsOf: packed)
        }
    }

    /// How many of 128 values need more than `width` bits.
    ///
    /// - Parameter width: below 32.
    public static func count(_ values: UnsafePointer<UInt32>, widerThan width: Int) -> Int {
        var counts = SIMD4<UInt32>.zero
        let shift = SIMD4(repeating: UInt32(truncatingIfNeeded: width))
        for row in 0..<rows {
            // What is left above the width, and a bit for whether it is anything. Halved, so that its negative has a sign.
            let high = unsafe load(values, row) &>> shift
            let half = high &>> 1 | high & 1
            counts &+= (0 &- half) &>> 31
        }
        return Int(counts.wrappedSum())
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
        unsafe PackedBlock<0>.unpack(source, width, 0, output)
    }

    /// One value of some blocks of 128 that follow each other: what ``unpack(_:width:into:)`` gives of it.
    ///
    /// - Parameters:
    ///   - source: at least ``packedSize(width:)`` readable bytes a block, up to the value's own.
    ///   - index: of the value in all of them, from 0.
    ///   - width: bits of each, at most 32.
    @inlinable @inline(__always)
    public static func value(_ source: UnsafeRawPointer, _ index: Int, _ width: Int) -> UInt32 {
        guard width > 0 else { return 0 }
        let place = index % blockSize
        let bit = place / 4 * width
        // SAFETY: a row's last bit lies in word `width - 1` of its lane or before, and no later one is loaded.
        // The word of the value's lane in which it begins.
        let word = unsafe source + (index / blockSize * packedSize(width: width) + bit / 32 * 16 + place % 4 * 4)
        let low = unsafe word.loadUnaligned(as: UInt32.self)
        let high = unsafe bit % 32 + width > 32 ? (word + 16).loadUnaligned(as: UInt32.self) : 0
        let both = UInt64(high) << 32 | UInt64(low)
        return UInt32(truncatingIfNeeded: both >> UInt64(bit % 32)) & UInt32.max >> UInt32(32 - width)
    }

    /// Expands a block of gaps, each the difference to the value before less one, into the values.
    ///
    /// - Parameter previous: the value before the first; its successor is what a gap of zero gives.
    @inlinable
    public static func unpackAscending(
        _ source: UnsafeRawPointer, width: Int, after previous: UInt32, into output: UnsafeMutablePointer<UInt32>
    ) {
        var carry = SIMD4<UInt32>(repeating: previous)
        guard width > 0 else {
            carry &+= SIMD4(1, 2, 3, 4)
            for row in 0..<rows {
                unsafe store(carry, output, row)
                carry &+= SIMD4(repeating: 4)
            }
            return
        }
        unsafe PackedBlock<1>.unpack(source, width, previous, output)
    }

    /// Turns 128 gaps, as in ``unpackAscending(_:width:after:into:)``, into values, in place.
    @inlinable
    public static func sumGaps(_ values: UnsafeMutablePointer<UInt32>, after previous: UInt32) {
        var carry = SIMD4<UInt32>(repeating: previous)
        for row in 0..<rows {
            carry = unsafe summed(load(values, row), carry)
            unsafe store(carry, values, row)
            carry = SIMD4(repeating: carry.w)
        }
    }

    /// The values of four gaps; all lanes of `carry` hold the value before.
    ///
    /// Lanes move as halves of 64-bit ones: taking a vector apart and building another goes through memory.
    @inlinable @inline(__always)
    static func summed(_ gaps: SIMD4<UInt32>, _ carry: SIMD4<UInt32>) -> SIMD4<UInt32> {
        let pairs =
            unsafe gaps &+ unsafeBitCast(unsafeBitCast(gaps, to: SIMD2<UInt64>.self) &<< 32, to: SIMD4<UInt32>.self)
        let second = SIMD2(pairs.y, pairs.y)
        return pairs &+ SIMD4(lowHalf: .zero, highHalf: second) &+ carry &+ SIMD4(1, 2, 3, 4)
    }

    @inlinable @inline(__always)
    static func load(_ values: UnsafePointer<UInt32>, _ row: Int) -> SIMD4<UInt32> {
        unsafe UnsafeRawPointer(values).loadUnaligned(fromByteOffset: row &* 16, as: SIMD4<UInt32>.self)
    }

    @inlinable @inline(__always)
    static func store(_ vector: SIMD4<UInt32>, _ values: UnsafeMutablePointer<UInt32>, _ row: Int) {
        unsafe UnsafeMutableRawPointer(values).storeBytes(
            of: vector, toByteOffset: row &* 16, as: SIMD4<UInt32>.self)
    }
}

/// Unpacks blocks of any width, into numbers as they are, or with `ascending` 1 into the sums of gaps.
@usableFromInline
enum PackedBlock<let ascending: Int> {
    /// Chooses the code for a width: with the width a constant, every shift and address of the 32 rows is one, which is
    /// two to three times as fast as a loop that computes them.
    @inlinable
    static func unpack(
        _ source: UnsafeRawPointer, _ width: Int, _ previous: UInt32, _ output: UnsafeMutablePointer<UInt32>
    ) {
        switch width {
        case 1: unsafe PackedRows<1, ascending>.unpack(source, previous, output)
        case 2: unsafe PackedRows<2, ascending>.unpack(source, previous, output)
        case 3: unsafe PackedRows<3, ascending>.unpack(source, previous, output)
        case 4: unsafe PackedRows<4, ascending>.unpack(source, previous, output)
        case 5: unsafe PackedRows<5, ascending>.unpack(source, previous, output)
        case 6: unsafe PackedRows<6, ascending>.unpack(source, previous, output)
        case 7: unsafe PackedRows<7, ascending>.unpack(source, previous, output)
        case 8: unsafe PackedRows<8, ascending>.unpack(source, previous, output)
        case 9: unsafe PackedRows<9, ascending>.unpack(source, previous, output)
        case 10: unsafe PackedRows<10, ascending>.unpack(source, previous, output)
        case 11: unsafe PackedRows<11, ascending>.unpack(source, previous, output)
        case 12: unsafe PackedRows<12, ascending>.unpack(source, previous, output)
        case 13: unsafe PackedRows<13, ascending>.unpack(source, previous, output)
        case 14: unsafe PackedRows<14, ascending>.unpack(source, previous, output)
        case 15: unsafe PackedRows<15, ascending>.unpack(source, previous, output)
        case 16: unsafe PackedRows<16, ascending>.unpack(source, previous, output)
        case 17: unsafe PackedRows<17, ascending>.unpack(source, previous, output)
        case 18: unsafe PackedRows<18, ascending>.unpack(source, previous, output)
        case 19: unsafe PackedRows<19, ascending>.unpack(source, previous, output)
        case 20: unsafe PackedRows<20, ascending>.unpack(source, previous, output)
        case 21: unsafe PackedRows<21, ascending>.unpack(source, previous, output)
        case 22: unsafe PackedRows<22, ascending>.unpack(source, previous, output)
        case 23: unsafe PackedRows<23, ascending>.unpack(source, previous, output)
        case 24: unsafe PackedRows<24, ascending>.unpack(source, previous, output)
        case 25: unsafe PackedRows<25, ascending>.unpack(source, previous, output)
        case 26: unsafe PackedRows<26, ascending>.unpack(source, previous, output)
        case 27: unsafe PackedRows<27, ascending>.unpack(source, previous, output)
        case 28: unsafe PackedRows<28, ascending>.unpack(source, previous, output)
        case 29: unsafe PackedRows<29, ascending>.unpack(source, previous, output)
        case 30: unsafe PackedRows<30, ascending>.unpack(source, previous, output)
        case 31: unsafe PackedRows<31, ascending>.unpack(source, previous, output)
        case 32: unsafe PackedRows<32, ascending>.unpack(source, previous, output)
        default: preconditionFailure("a width is at most 32")
        }
    }
}

/// Unpacks blocks of one width, which is part of the type: the compiler then knows every shift and address.
@usableFromInline
enum PackedRows<let width: Int, let ascending: Int> {
    /// Written out, not as a loop, so that each row's number is a constant too.
    @inlinable
    static func unpack(
        _ source: UnsafeRawPointer, _ previous: UInt32, _ output: UnsafeMutablePointer<UInt32>
    ) {
        var carry = SIMD4<UInt32>(repeating: previous)
        unsafe eight(source, 0, &carry, output)
        unsafe eight(source, 8, &carry, output)
        unsafe eight(source, 16, &carry, output)
        unsafe eight(source, 24, &carry, output)
    }

    @inlinable @inline(__always)
    static func eight(
        _ source: UnsafeRawPointer, _ row: Int, _ carry: inout SIMD4<UInt32>,
        _ output: UnsafeMutablePointer<UInt32>
    ) {
        unsafe one(source, row, &carry, output)
        unsafe one(source, row &+ 1, &carry, output)
        unsafe one(source, row &+ 2, &carry, output)
        unsafe one(source, row &+ 3, &carry, output)
        unsafe one(source, row &+ 4, &carry, output)
        unsafe one(source, row &+ 5, &carry, output)
        unsafe one(source, row &+ 6, &carry, output)
        unsafe one(source, row &+ 7, &carry, output)
    }

    @inlinable @inline(__always)
    static func one(
        _ source: UnsafeRawPointer, _ row: Int, _ carry: inout SIMD4<UInt32>,
        _ output: UnsafeMutablePointer<UInt32>
    ) {
        let bit = row &* width
        let word = (bit &>> 5) &* 16
        let shift = UInt32(truncatingIfNeeded: bit & 31)
        let mask = UInt32.max &>> UInt32(truncatingIfNeeded: 32 &- width)
        // SAFETY: a row's last bit lies in word `width - 1` or before, and no later one is loaded.
        var values = unsafe source.loadUnaligned(fromByteOffset: word, as: SIMD4<UInt32>.self) &>> shift
        if Int(shift) &+ width <= 32 {
            values &= SIMD4(repeating: mask)
        } else {
            let next = unsafe source.loadUnaligned(fromByteOffset: word &+ 16, as: SIMD4<UInt32>.self)
            // Masked by itself: the plain "or" of two shifts would be taken for a funnel shift, which x86 only has for
            // single integers.
            values |= (next &<< (32 &- shift)) & SIMD4(repeating: mask & ~(UInt32.max &>> shift))
        }
        if ascending == 1 {
            values = BitPacking.summed(values, carry)
            carry = SIMD4(repeating: values.w)
        }
        unsafe BitPacking.store(values, output, row)
    }
}
