/// Reads a stream of bits, least significant first, that a ``BitWriter`` wrote.
///
/// Past the end there are only zeros; ``isPastEnd`` tells, so that a loop can check once, after many reads.
@safe public struct BitReader {
    @usableFromInline let base: UnsafeRawPointer
    @usableFromInline let count: Int
    /// The next bit, from the first byte's lowest.
    public var position: Int

    /// - Parameter bytes: stays valid for as long as the reader is used.
    @unsafe @inlinable
    public init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
        // SAFETY: of an empty buffer nothing is ever loaded.
        unsafe base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 8)!
        count = bytes.count
        self.position = position
    }

    /// Whether bits were read that are not there.
    @inlinable
    public var isPastEnd: Bool { position > count &* 8 }

    /// At least 57 of the bits that come next.
    @inlinable @inline(__always)
    func peek() -> UInt64 {
        let byte = position &>> 3
        guard byte &+ 8 <= count else { return peekAtEnd() }
        // SAFETY: the guard above.
        let word = unsafe base.loadUnaligned(fromByteOffset: byte, as: UInt64.self).littleEndian
        return word &>> UInt64(truncatingIfNeeded: position & 7)
    }

    @usableFromInline
    func peekAtEnd() -> UInt64 {
        var word: UInt64 = 0
        let byte = position >> 3
        // SAFETY: only bytes before the end are loaded.
        for index in 0..<max(0, min(8, count - byte)) {
            word |= unsafe UInt64(base.load(fromByteOffset: byte + index, as: UInt8.self)) << UInt64(index * 8)
        }
        return word >> UInt64(position & 7)
    }

    /// The next `width` bits.
    ///
    /// - Parameter width: at most 32.
    @inlinable @inline(__always)
    public mutating func bits(_ width: Int) -> UInt32 {
        let value = peek() & (1 &<< UInt64(truncatingIfNeeded: width) &- 1)
        position &+= width
        return UInt32(truncatingIfNeeded: value)
    }

    /// The next number in Rice's code; see ``BitWriter/rice(_:_:)``. Cut to 32 bits, should damage have made it longer.
    @inlinable @inline(__always)
    public mutating func rice(_ parameter: Int) -> UInt32 {
        let head = unary()
        return UInt32(truncatingIfNeeded: head &<< parameter) | bits(parameter)
    }

    /// The next number in the exponential Golomb code; see ``BitWriter/golomb(_:_:)``. Cut to 32 bits, should damage
    /// have made it longer.
    @inlinable @inline(__always)
    public mutating func golomb(_ parameter: Int) -> UInt32 {
        let length = min(unary(), 32)
        let head = UInt64(1) &<< UInt64(truncatingIfNeeded: length) | UInt64(bits(length))
        return UInt32(truncatingIfNeeded: (head &- 1) &<< UInt64(truncatingIfNeeded: parameter)) | bits(parameter)
    }

    /// Zeros before the next one, which is passed too.
    @inlinable @inline(__always)
    mutating func unary() -> Int {
        let zeros = peek().trailingZeroBitCount
        // As many as are surely there in any peek.
        guard zeros >= 57 else {
            position &+= zeros &+ 1
            return zeros
        }
        return longUnary()
    }

    @usableFromInline
    mutating func longUnary() -> Int {
        var zeros = 0
        while !isPastEnd {
            let run = peek().trailingZeroBitCount
            guard run >= 57 else {
                position += run + 1
                return zeros + run
            }
            zeros += 57
            position += 57
        }
        return zeros
    }
}
