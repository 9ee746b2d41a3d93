public import Synchronization

/// Immutable bytes of a known file: a slice of a ``ByteSource``, which it keeps alive.
///
/// Cheap to copy and to slice; slices remember where they lie in the file, so that an error can point at the very
/// byte. Every access is checked and throws ``FormatError``; ``withUnsafeBytes(_:)`` is for hot loops that have
/// checked their whole range first.
@safe public struct ByteView: @unchecked Sendable {
    // SAFETY (unchecked Sendable): the bytes never change while `source` lives.
    // The source is the only reference: views are made and copied in hot loops, where counting references tells.
    @usableFromInline let source: ByteSource
    @usableFromInline let base: UnsafeRawPointer
    /// Number of bytes.
    public let count: Int
    /// Offset of the first byte in the file.
    public let origin: Int
    /// Which of the source's pages need no check any more; nil for bytes that need none, or have had it.
    // SAFETY: memory of the source.
    @usableFromInline let flags: UnsafeMutablePointer<Atomic<UInt8>>?

    @usableFromInline
    init(source: ByteSource, origin: Int, count: Int, flags: UnsafeMutablePointer<Atomic<UInt8>>?) {
        self.source = source
        unsafe base = source.base + origin
        self.count = count
        self.origin = origin
        unsafe self.flags = flags
    }

    /// A view of all of `source`.
    public init(_ source: ByteSource) {
        unsafe self.init(source: source, origin: 0, count: source.count, flags: (source as? PagedSource)?.flags)
    }

    /// A view of a copy of `bytes`.
    public init(_ bytes: [UInt8], file: String) { self.init(ByteSource(copying: bytes, file: file)) }

    /// The file's name, for messages.
    public var file: String { source.file }

    /// The bytes in `range`, or a ``FormatError/truncated(file:offset:needed:available:)``. O(1).
    @inlinable
    public func slice(_ range: Range<Int>) throws(FormatError) -> ByteView {
        guard range.lowerBound >= 0, range.upperBound <= count else {
            throw truncated(at: range.lowerBound, needed: max(0, range.upperBound - max(0, range.lowerBound)))
        }
        // SAFETY: `range` lies in `0 ..< count`.
        return unsafe ByteView(source: source, origin: origin + range.lowerBound, count: range.count, flags: flags)
    }

    /// `length` bytes from `offset`, both as read from a file and so possibly nonsense.
    public func slice(at offset: UInt64, length: UInt64) throws(FormatError) -> ByteView {
        guard offset <= UInt64(count), length <= UInt64(count) - offset else {
            throw .malformed(file: file, offset: origin, rule: .offsetOutOfRange)
        }
        return try slice(Int(offset)..<Int(offset + length))
    }

    /// The little-endian integer at byte `offset`. O(1).
    @inlinable
    public func integer<T: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: T.Type = T.self)
        throws(FormatError) -> T
    {
        guard offset >= 0, count - offset >= MemoryLayout<T>.size else {
            throw truncated(at: offset, needed: MemoryLayout<T>.size)
        }
        try check(offset, MemoryLayout<T>.size)
        // SAFETY: the guard above, and `source` lives as long as `self`.
        return unsafe T(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: T.self))
    }

    /// The LEB128 integer at byte `offset`: seven bits a byte, least significant first, the high bit set on all but the last.
    ///
    /// - Parameter offset: moves behind it.
    /// - Throws: where the bytes end before it does, or it takes more than 64 bits.
    @inlinable @inline(__always)
    public func varint(at offset: inout Int) throws(FormatError) -> UInt64 {
        let first = try integer(at: offset, as: UInt8.self)
        offset &+= 1
        return first < 0x80 ? UInt64(first) : try longVarint(UInt64(first & 0x7F), &offset)
    }

    /// The same, of at most `limit`; a greater one is an error that points behind it.
    @inlinable @inline(__always)
    public func varint(at offset: inout Int, atMost limit: Int) throws(FormatError) -> Int {
        let value = try varint(at: &offset)
        guard value <= UInt64(limit) else { throw error(at: offset, .valueOutOfRange) }
        return Int(value)
    }

    /// Where the bytes are whose number stands before them, as a varint at byte `offset`.
    ///
    /// - Parameter offset: moves behind the bytes.
    @inlinable @inline(__always)
    public func prefixedRange(at offset: inout Int) throws(FormatError) -> Range<Int> {
        let length = try varint(at: &offset, atMost: count)
        guard length <= count &- offset else { throw truncated(at: offset, needed: length) }
        defer { offset &+= length }
        return offset..<offset &+ length
    }

    /// The rest of a varint of more than one byte, whose first seven bits are `low`.
    @usableFromInline
    func longVarint(_ low: UInt64, _ offset: inout Int) throws(FormatError) -> UInt64 {
        var value = low
        var shift: UInt64 = 7
        while true {
            let byte = try integer(at: offset, as: UInt8.self)
            guard shift < 63 || (shift == 63 && byte <= 1) else { throw error(at: offset, .varintTooLong) }
            offset += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    /// The error for a broken rule at byte `offset`.
    public func error(at offset: Int, _ rule: FormatError.Rule) -> FormatError {
        .malformed(file: file, offset: origin + offset, rule: rule)
    }

    /// For each of `targets`, how many of the bytes' integers, little-endian and ascending, are below it. Where they do not
    /// ascend, some number of them.
    ///
    /// Searches by halves, one step of all searches before the next of any: memory then answers to many at once, which
    /// counts for more than the comparisons.
    public func countsOfIntegers(below targets: [UInt64]) throws(FormatError) -> [Int] {
        let size = MemoryLayout<UInt64>.size
        var lows = [Int](repeating: 0, count: targets.count)
        var left = count / size
        while left > 0 {
            let half = (left + 1) / 2
            for index in targets.indices {
                let offset = (lows[index] + half - 1) * size
                try check(offset, size)
                // SAFETY: `low + left` never exceeds the number of integers, and `source` lives as long as `self`.
                let value = unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                lows[index] += value < targets[index] ? half : 0
            }
            left -= half
        }
        return lows
    }

    /// The error for `needed` bytes at `offset`. Both may be nonsense from a damaged file, and are not reckoned
    /// with before they are clamped.
    @usableFromInline
    func truncated(at offset: Int, needed: Int) -> FormatError {
        let place = min(max(0, offset), count)
        return .truncated(file: file, offset: origin + place, needed: needed, available: count - place)
    }

    /// Calls `body` with the bytes, which are valid during the call only.
    @inlinable
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws(FormatError) -> R) throws(FormatError)
        -> R
    {
        try check(0, count)
        // SAFETY: `source` keeps the memory; `withExtendedLifetime` pins it for the call.
        defer { withExtendedLifetime(source) {} }
        return try unsafe body(UnsafeRawBufferPointer(start: base, count: count))
    }

    /// The same for a range of the bytes, of which only the pages are checked. For hot loops that would else make a slice
    /// each time.
    ///
    /// - Parameter ease: bytes behind the range that are handed over, too, as far as the file has them, for a reader that is the
    ///   faster for not having to care where the range ends (``BitReader/ease``). They are not checked, and nothing may depend on
    ///   them.
    @inlinable
    public func withUnsafeBytes<R>(
        in range: Range<Int>, ease: Int = 0, _ body: (UnsafeRawBufferPointer) throws(FormatError) -> R
    ) throws(FormatError) -> R {
        guard range.lowerBound >= 0, range.upperBound <= count else {
            throw truncated(at: range.lowerBound, needed: range.count)
        }
        try check(range.lowerBound, range.count)
        // SAFETY: `range` lies in `0 ..< count`, which the source has, and `withExtendedLifetime` pins the memory for the call.
        defer { withExtendedLifetime(source) {} }
        let length = range.count &+ min(ease, source.count &- origin &- range.upperBound)
        return try unsafe body(UnsafeRawBufferPointer(start: base + range.lowerBound, count: length))
    }

    /// The first byte, for a loop of one's own that stays within the view, whose bytes it has had checked
    /// (``checked()``), and keeps the view for as long.
    @unsafe @inlinable
    public var start: UnsafeRawPointer { unsafe base }

    /// A copy of the bytes.
    public func copy() throws(FormatError) -> [UInt8] { try unsafe withUnsafeBytes { unsafe Array($0) } }

    /// Checks the pages of `size` bytes from `offset` of the view that have not been checked yet.
    @inlinable @inline(__always)
    func check(_ offset: Int, _ size: Int) throws(FormatError) {
        guard let flags = unsafe flags, size > 0 else { return }
        let first = origin &+ offset
        for page in first >> PagedSource.pageShift...(first &+ size &- 1) >> PagedSource.pageShift {
            // SAFETY: the bytes are the source's, whose pages all have flags.
            if unsafe flags[page].load(ordering: .relaxed) == 0 { try source.check(page: page) }
        }
    }

    /// The same bytes with all their pages checked, so that reading them checks nothing any more. For hot loops.
    public func checked() throws(FormatError) -> ByteView {
        try check(0, count)
        return unsafe ByteView(source: source, origin: origin, count: count, flags: nil)
    }

    /// The first `length` bytes of a whole file, to be checked by the table at `tableOffset`.
    func paged(length: Int, tableOffset: Int) -> ByteView {
        ByteView(PagedSource(source, length: length, tableOffset: tableOffset))
    }

    func checkAllPages() throws(FormatError) { try source.checkAll() }

    /// CRC-32C of the bytes.
    public func checksum() throws(FormatError) -> UInt32 {
        try unsafe withUnsafeBytes { buffer in
            let span = unsafe RawSpan(_unsafeBytes: buffer)
            return CRC32C.checksum(span)
        }
    }
}
