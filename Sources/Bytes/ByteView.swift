/// Immutable bytes of a known file, kept alive by an owner: a mapped file, or memory.
///
/// Cheap to copy and to slice; slices remember the file's name and their offset in it, so that an error can
/// point at the very byte. Every access is checked and throws ``FormatError``; ``withUnsafeBytes(_:)`` is for
/// hot loops that have checked their whole range first.
@safe public struct ByteView: @unchecked Sendable {
    // SAFETY (unchecked Sendable): the bytes never change while `owner` lives, and `owner` is only retained.
    private let owner: (any AnyObject & Sendable)?
    private let base: UnsafeRawPointer?
    /// Number of bytes.
    public let count: Int
    /// The file's name, for messages.
    public let file: String
    /// Offset of the first byte in the file.
    public let origin: Int

    /// A view of `count` bytes at `base`.
    ///
    /// - Parameter owner: keeps the bytes alive and unchanged while it lives.
    public init(
        owner: (any AnyObject & Sendable)?, base: UnsafeRawPointer?, count: Int, file: String, origin: Int = 0
    ) {
        self.owner = owner
        unsafe self.base = base
        self.count = count
        self.file = file
        self.origin = origin
    }

    /// A view of a copy of `bytes`.
    public init(_ bytes: [UInt8], file: String) {
        let owner = HeapBytes(bytes)
        unsafe self.init(owner: owner, base: UnsafeRawPointer(owner.base), count: bytes.count, file: file)
    }

    /// The bytes in `range`, or a ``FormatError/truncated(file:offset:needed:available:)``. O(1).
    public func slice(_ range: Range<Int>) throws(FormatError) -> ByteView {
        guard range.lowerBound >= 0, range.upperBound <= count else {
            throw truncated(at: range.lowerBound, needed: max(0, range.upperBound - max(0, range.lowerBound)))
        }
        // SAFETY: `range` lies in `0 ..< count`.
        return unsafe ByteView(
            owner: owner, base: base.map { unsafe $0 + range.lowerBound }, count: range.count, file: file,
            origin: origin + range.lowerBound)
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
        // SAFETY: the guard above.
        return unsafe withUnsafeBytes {
            unsafe T(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: T.self))
        }
    }

    /// The error for `needed` bytes at `offset`. Both may be nonsense from a damaged file, and are not reckoned
    /// with before they are clamped.
    @usableFromInline
    func truncated(at offset: Int, needed: Int) -> FormatError {
        let place = min(max(0, offset), count)
        return .truncated(file: file, offset: origin + place, needed: needed, available: count - place)
    }

    /// Calls `body` with the bytes, which are valid during the call only.
    public func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        // SAFETY: `owner` keeps the memory; `withExtendedLifetime` pins it for the call.
        defer { withExtendedLifetime(owner) {} }
        return try unsafe body(UnsafeRawBufferPointer(start: base, count: count))
    }

    /// A copy of the bytes.
    public func copy() -> [UInt8] { unsafe withUnsafeBytes { unsafe Array($0) } }

    /// CRC-32C of the bytes.
    public func checksum() -> UInt32 {
        unsafe withUnsafeBytes { buffer in
            let span = unsafe RawSpan(_unsafeBytes: buffer)
            return CRC32C.checksum(span)
        }
    }
}

/// Memory of its own for views that do not come from a mapped file.
@safe private final class HeapBytes: @unchecked Sendable {
    // SAFETY (unchecked Sendable): written in `init`, only read afterwards.
    let base: UnsafeMutableRawPointer

    init(_ bytes: [UInt8]) {
        unsafe base = .allocate(byteCount: max(1, bytes.count), alignment: 16)
        unsafe bytes.withUnsafeBytes { source in
            unsafe UnsafeMutableRawBufferPointer(start: base, count: bytes.count).copyMemory(from: source)
        }
    }

    deinit { unsafe base.deallocate() }
}
