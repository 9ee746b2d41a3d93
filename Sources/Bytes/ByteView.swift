/// Immutable bytes of a known file: a slice of a ``ByteSource``, which it keeps alive.
///
/// Cheap to copy and to slice; slices remember where they lie in the file, so that an error can point at the very
/// byte. Every access is checked and throws ``FormatError``; ``withUnsafeBytes(_:)`` is for hot loops that have
/// checked their whole range first.
@safe public struct ByteView: @unchecked Sendable {
    // SAFETY (unchecked Sendable): the bytes never change while `source` lives.
    @usableFromInline let source: ByteSource
    @usableFromInline let base: UnsafeRawPointer
    /// Number of bytes.
    public let count: Int
    /// Checks pages before they are read; nil for bytes that need no check, or have had it.
    @usableFromInline let pages: PageChecksums?

    @inlinable
    init(source: ByteSource, base: UnsafeRawPointer, count: Int, pages: PageChecksums? = nil) {
        self.source = source
        unsafe self.base = unsafe base
        self.count = count
        self.pages = pages
    }

    /// A view of all of `source`.
    public init(_ source: ByteSource) {
        unsafe self.init(source: source, base: source.base, count: source.count)
    }

    /// A view of a copy of `bytes`.
    public init(_ bytes: [UInt8], file: String) { self.init(ByteSource(copying: bytes, file: file)) }

    /// The file's name, for messages.
    public var file: String { source.file }

    /// Offset of the first byte in the file.
    @inlinable
    public var origin: Int { unsafe base - source.base }

    /// The bytes in `range`, or a ``FormatError/truncated(file:offset:needed:available:)``. O(1).
    @inlinable
    public func slice(_ range: Range<Int>) throws(FormatError) -> ByteView {
        guard range.lowerBound >= 0, range.upperBound <= count else {
            throw truncated(at: range.lowerBound, needed: max(0, range.upperBound - max(0, range.lowerBound)))
        }
        // SAFETY: `range` lies in `0 ..< count`.
        return unsafe ByteView(source: source, base: base + range.lowerBound, count: range.count, pages: pages)
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
        if let pages { try pages.check(origin + offset, MemoryLayout<T>.size) }
        // SAFETY: the guard above, and `source` lives as long as `self`.
        return unsafe T(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: T.self))
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
                if let pages { try pages.check(origin + offset, size) }
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
        if let pages { try pages.check(origin, count) }
        // SAFETY: `source` keeps the memory; `withExtendedLifetime` pins it for the call.
        defer { withExtendedLifetime(source) {} }
        return try unsafe body(UnsafeRawBufferPointer(start: base, count: count))
    }

    /// The same for a range of the bytes, of which only the pages are checked. For hot loops that would else make a slice
    /// each time.
    @inlinable
    public func withUnsafeBytes<R>(
        in range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(FormatError) -> R
    ) throws(FormatError) -> R {
        guard range.lowerBound >= 0, range.upperBound <= count else {
            throw truncated(at: range.lowerBound, needed: range.count)
        }
        if let pages { try pages.check(origin + range.lowerBound, range.count) }
        // SAFETY: `range` lies in `0 ..< count`, and `withExtendedLifetime` pins the memory for the call.
        defer { withExtendedLifetime(source) {} }
        return try unsafe body(UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count))
    }

    /// A copy of the bytes.
    public func copy() throws(FormatError) -> [UInt8] { try unsafe withUnsafeBytes { unsafe Array($0) } }

    /// The same bytes with all their pages checked, so that reading them checks nothing any more. For hot loops.
    public func checked() throws(FormatError) -> ByteView {
        guard let pages else { return self }
        try pages.check(origin, count)
        return unsafe ByteView(source: source, base: base, count: count)
    }

    /// The first `length` bytes of a whole file, to be checked by the table at `tableOffset`.
    func checked(length: Int, tableOffset: Int) -> ByteView {
        let pages = PageChecksums(source, length: length, tableOffset: tableOffset)
        return unsafe ByteView(source: source, base: base, count: length, pages: pages)
    }

    func checkAllPages() throws(FormatError) { try pages?.checkAll() }

    /// CRC-32C of the bytes.
    public func checksum() throws(FormatError) -> UInt32 {
        try unsafe withUnsafeBytes { buffer in
            let span = unsafe RawSpan(_unsafeBytes: buffer)
            return CRC32C.checksum(span)
        }
    }
}
