/// Reads what a ``BitWriter`` wrote, out of bytes that may be damaged.
///
/// Past the end all bits are zero: a reader need not look where it is at every step, as long as something else bounds
/// the number of steps and it asks ``isPastEnd`` before it believes what it read.
@safe public struct BitReader {
    /// Bytes behind those wanted that make reading the last of them faster, where they are there. What is in them changes nothing.
    public static let ease = 8

    @usableFromInline let base: UnsafeRawPointer
    @usableFromInline let count: Int
    /// The next bit, from the first byte's highest.
    public var position: Int

    /// - Parameters:
    ///   - bytes: stay valid for as long as the reader is used.
    ///   - position: the first bit.
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

    /// The next bits from the most significant on, 57 at least.
    @inlinable @inline(__always)
    func window() -> UInt64 {
        let byte = position &>> 3
        guard byte &+ 8 <= count else { return windowAtEnd() }
        // SAFETY: eight bytes from `byte` are there.
        let word = unsafe base.loadUnaligned(fromByteOffset: byte, as: UInt64.self).bigEndian
        return word &<< UInt64(truncatingIfNeeded: position & 7)
    }

    @usableFromInline
    func windowAtEnd() -> UInt64 {
        let first = position >> 3
        guard first < count else { return 0 }
        var word: UInt64 = 0
        if count >= 8 {
            // SAFETY: the last eight bytes are there.
            word = unsafe base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self).bigEndian
            return word << UInt64((first + 8 - count) * 8 + position & 7)
        }
        for byte in first..<count {
            // SAFETY: `byte` is below `count`.
            word |=
                unsafe UInt64(base.load(fromByteOffset: byte, as: UInt8.self)) << UInt64(56 - 8 * (byte - first))
        }
        return word << UInt64(position & 7)
    }

    /// The next `width` bits, without passing over them.
    ///
    /// - Parameter width: at most 32.
    @inlinable @inline(__always)
    public func peek(_ width: Int) -> UInt32 {
        // Two shifts, since one by 64 would be one by 0.
        UInt32(truncatingIfNeeded: (window() &>> 1) &>> UInt64(truncatingIfNeeded: 63 &- width))
    }

    @inlinable @inline(__always)
    public mutating func skip(_ width: Int) { position &+= width }

    /// The next `width` bits.
    ///
    /// - Parameter width: at most 32.
    @inlinable @inline(__always)
    public mutating func bits(_ width: Int) -> UInt32 {
        let value = peek(width)
        position &+= width
        return value
    }

    /// Calls `body` with numbers of one width, each with its place among them: several are read out of each window.
    ///
    /// - Parameter width: at most 32.
    @inlinable @inline(__always)
    public mutating func forEach(_ count: Int, of width: Int, _ body: (Int, UInt32) -> Void) {
        let each = width > 0 ? 56 / width : count
        let (up, down) = (UInt64(truncatingIfNeeded: width), UInt64(truncatingIfNeeded: 63 &- width))
        var index = 0
        while index < count {
            var window = window()
            let end = min(count, index &+ each)
            position &+= (end &- index) &* width
            while index < end {
                // Two shifts, since one by 64 would be one by 0.
                body(index, UInt32(truncatingIfNeeded: (window &>> 1) &>> down))
                window &<<= up
                index &+= 1
            }
        }
    }

    /// Reads numbers of one width.
    ///
    /// - Parameters:
    ///   - width: at most 32.
    ///   - output: room for `count` numbers.
    @unsafe
    public mutating func read(_ count: Int, _ width: Int, into output: UnsafeMutablePointer<UInt32>) {
        guard width > 0 else { return unsafe output.update(repeating: 0, count: count) }
        let (up, down) = (UInt64(truncatingIfNeeded: width), UInt64(truncatingIfNeeded: 64 &- width))
        var index = 0
        // Eight or four at a time wait for nothing but the window.
        // SAFETY: up to the count there is room.
        if width <= 7 {
            while index &+ 8 <= count {
                let window = window()
                position &+= 8 &* width
                unsafe Self.four(window, up, down, output + index)
                unsafe Self.four(window &<< (up &* 4), up, down, output + index + 4)
                index &+= 8
            }
        } else if width <= 14 {
            while index &+ 4 <= count {
                let window = window()
                position &+= 4 &* width
                unsafe Self.four(window, up, down, output + index)
                index &+= 4
            }
        }
        // SAFETY: below `count`.
        forEach(count &- index, of: width) { unsafe output[index &+ $0] = $1 }
    }

    /// Writes the first four numbers in a window to `output`, which has room for them.
    @inline(__always)
    private static func four(
        _ window: UInt64, _ up: UInt64, _ down: UInt64, _ output: UnsafeMutablePointer<UInt32>
    ) {
        unsafe output[0] = UInt32(truncatingIfNeeded: window &>> down)
        unsafe output[1] = UInt32(truncatingIfNeeded: (window &<< up) &>> down)
        unsafe output[2] = UInt32(truncatingIfNeeded: (window &<< (up &* 2)) &>> down)
        unsafe output[3] = UInt32(truncatingIfNeeded: (window &<< (up &* 3)) &>> down)
    }

    /// The next number in Rice's code; see ``BitWriter/rice(_:_:)``. Cut to 32 bits, should damage have made it longer.
    @inlinable @inline(__always)
    public mutating func rice(_ parameter: Int) -> UInt32 {
        let zeros = zeros()
        position &+= 1
        return UInt32(truncatingIfNeeded: zeros &<< parameter) | bits(parameter)
    }

    /// The next number in Rice's code, and behind it one in the exponential Golomb code of parameter 0: most often one window has
    /// both. What is not there is read as by ``rice(_:)`` and ``golomb(_:)``.
    @inlinable @inline(__always)
    public mutating func riceAndGolomb(_ parameter: Int) -> (UInt32, UInt64) {
        let window = window()
        let zeros = window.leadingZeroBitCount
        let first = zeros &+ 1 &+ parameter
        let rest = window &<< UInt64(truncatingIfNeeded: first)
        let width = rest.leadingZeroBitCount &+ 1
        guard first &+ 2 &* width &- 1 <= 57 else { return (rice(parameter), golomb(0)) }
        position &+= first &+ 2 &* width &- 1
        // Two shifts, since one by 64 would be one by 0.
        let behind = window &<< UInt64(truncatingIfNeeded: zeros &+ 1)
        let bits = (behind &>> 1) &>> UInt64(truncatingIfNeeded: 63 &- parameter)
        let high = (rest &<< UInt64(truncatingIfNeeded: width &- 1)) &>> UInt64(truncatingIfNeeded: 64 &- width)
        return (
            UInt32(truncatingIfNeeded: UInt64(zeros) &<< UInt64(truncatingIfNeeded: parameter) | bits), high &- 1
        )
    }

    /// The next number in the exponential Golomb code; see ``BitWriter/golomb(_:_:)``. For what no writer writes, some
    /// number, and the reader is past the end.
    @inlinable @inline(__always)
    public mutating func golomb(_ parameter: Int) -> UInt64 {
        let window = window()
        let zeros = window.leadingZeroBitCount
        let head = zeros &* 2 &+ 1
        guard head &+ parameter <= 57 else { return longGolomb(parameter) }
        position &+= head &+ parameter
        let high = (window &>> 1) &>> UInt64(truncatingIfNeeded: 63 &- head)
        let low =
            ((window &<< UInt64(truncatingIfNeeded: head)) &>> 1) &>> UInt64(truncatingIfNeeded: 63 &- parameter)
        return (high &- 1) &<< UInt64(truncatingIfNeeded: parameter) | low
    }

    @usableFromInline
    mutating func longGolomb(_ parameter: Int) -> UInt64 {
        let zeros = zeros()
        guard zeros <= 62 else {
            position = count * 8 + 1
            return 0
        }
        let width = zeros + 1
        var high = width > 32 ? UInt64(bits(width - 32)) : 0
        high = high << UInt64(min(width, 32)) | UInt64(bits(min(width, 32)))
        return (high &- 1) << UInt64(parameter) | UInt64(bits(parameter))
    }

    /// Zeros before the next one, which are passed over. Past the end there is none to come.
    @inlinable @inline(__always)
    mutating func zeros() -> Int {
        let zeros = window().leadingZeroBitCount
        // As many as are surely there in any window.
        guard zeros >= 57 else {
            position &+= zeros
            return zeros
        }
        return manyZeros()
    }

    @usableFromInline
    mutating func manyZeros() -> Int {
        var zeros = 0
        while !isPastEnd {
            let run = min(57, window().leadingZeroBitCount)
            zeros += run
            position += run
            if run < 57 { break }
        }
        return zeros
    }

    /// The byte that the next bits begin at, once the rest of this one is passed over.
    public mutating func align() -> Int {
        position = (position + 7) & ~7
        return position >> 3
    }
}
