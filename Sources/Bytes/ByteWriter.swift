/// Builds bytes in memory: little-endian integers, varints, prefixed bytes. The twin of ``ByteCursor``.
public struct ByteWriter: Sendable {
    @usableFromInline var content: [UInt8] = []

    public init() {}

    @inlinable
    public var bytes: [UInt8] { content }

    @inlinable
    public var count: Int { content.count }

    public mutating func removeAll() { content.removeAll(keepingCapacity: true) }

    @inlinable
    public mutating func integer<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
        var rest = value
        for _ in 0..<MemoryLayout<T>.size {
            append(UInt8(truncatingIfNeeded: rest))
            if MemoryLayout<T>.size > 1 { rest >>= 8 }
        }
    }

    @inlinable
    public mutating func varint(_ value: some BinaryInteger) {
        var rest = UInt64(value)
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    @inlinable
    public mutating func append(_ byte: UInt8) { content.append(byte) }

    @inlinable
    public mutating func append(contentsOf more: some Sequence<UInt8>) { content.append(contentsOf: more) }

    /// A length as a varint, then the bytes.
    public mutating func prefixed(_ more: some Collection<UInt8>) {
        varint(more.count)
        content.append(contentsOf: more)
    }
}
