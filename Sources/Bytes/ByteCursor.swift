/// Reads a ``ByteView`` from front to back; every read is checked.
public struct ByteCursor {
    public let view: ByteView
    /// Offset of the next byte in `view`.
    public var position: Int

    public init(_ view: ByteView, at position: Int = 0) {
        self.view = view
        self.position = position
    }

    public var remaining: Int { view.count - position }

    public mutating func integer<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type = T.self)
        throws(FormatError) -> T
    {
        let value = try view.integer(at: position, as: type)
        position += MemoryLayout<T>.size
        return value
    }

    /// A LEB128 integer: seven bits a byte, least significant first, the high bit set on all but the last.
    @inlinable
    public mutating func varint() throws(FormatError) -> UInt64 { try view.varint(at: &position) }

    /// A LEB128 integer of at most `limit`.
    public mutating func varint(atMost limit: Int) throws(FormatError) -> Int {
        try view.varint(at: &position, atMost: limit)
    }

    /// The next `count` bytes as a view.
    public mutating func bytes(_ count: Int) throws(FormatError) -> ByteView { try view.slice(skip(count)) }

    /// A length as a varint, then that many bytes.
    public mutating func prefixedBytes() throws(FormatError) -> [UInt8] {
        var bytes: [UInt8] = []
        try appendPrefixedBytes(to: &bytes)
        return bytes
    }

    /// Appends what ``prefixedBytes()`` gives to `buffer`, whose room can so serve many of them.
    public mutating func appendPrefixedBytes(to buffer: inout [UInt8]) throws(FormatError) {
        let range = try view.prefixedRange(at: &position)
        try unsafe view.withUnsafeBytes(in: range) { unsafe buffer.append(contentsOf: $0) }
    }

    /// Passes over the next `count` bytes.
    ///
    /// - Returns: where they are in ``view``.
    @discardableResult
    public mutating func skip(_ count: Int) throws(FormatError) -> Range<Int> {
        // A count from a damaged file may be of any size: `position + count` is only formed once it is known to fit.
        guard count >= 0, count <= remaining else { throw view.truncated(at: position, needed: count) }
        defer { position += count }
        return position..<position + count
    }

    /// The error for a broken rule at this position.
    public func error(_ rule: FormatError.Rule) -> FormatError { view.error(at: position, rule) }
}
