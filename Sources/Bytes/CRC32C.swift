internal import CISAL

/// CRC-32C (Castagnoli), the checksum of every file of an index.
///
/// Polynomial 0x1EDC6F41, reflected, as in RFC 3720 appendix B.4. Reckoned by ISA-L, which uses what instructions the
/// processor has for it, several times as fast as tables.
public struct CRC32C: Sendable {
    private var state: UInt32 = 0xFFFF_FFFF

    public init() {}

    /// The checksum of everything fed so far.
    public var value: UInt32 { ~state }

    /// Feeds `bytes`. O(bytes.byteCount).
    public mutating func update(_ bytes: RawSpan) {
        unsafe bytes.withUnsafeBytes { buffer in
            var rest = unsafe buffer[...]
            while let start = unsafe UnsafeRawBufferPointer(rebasing: rest).baseAddress, unsafe !rest.isEmpty {
                // A length is an `int` there.
                let count = unsafe min(rest.count, Int(Int32.max))
                // SAFETY: `count` bytes are there, and only read: the declaration lacks a `const`.
                state = unsafe crc32_iscsi(
                    UnsafeMutablePointer(mutating: start.assumingMemoryBound(to: UInt8.self)), Int32(count), state)
                unsafe rest = rest.dropFirst(count)
            }
        }
    }

    /// The checksum of `bytes` alone.
    public static func checksum(_ bytes: RawSpan) -> UInt32 {
        var crc = CRC32C()
        crc.update(bytes)
        return crc.value
    }
}
