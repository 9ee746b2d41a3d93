/// CRC-32C (Castagnoli), the checksum of every file of an index.
///
/// Polynomial 0x1EDC6F41, reflected, as in RFC 3720 appendix B.4. Eight bytes a step through eight tables
/// ("slicing by eight", Kounavis and Berry, 2005). Equal to the bit-by-bit definition, which its tests keep.
public struct CRC32C: Sendable {
    private var state: UInt32 = 0xFFFF_FFFF

    public init() {}

    /// The checksum of everything fed so far.
    public var value: UInt32 { ~state }

    /// Feeds `bytes`. O(bytes.byteCount).
    public mutating func update(_ bytes: RawSpan) {
        var crc = state
        let tables = CRC32C.tables
        unsafe tables.withUnsafeBufferPointer { table in
            unsafe bytes.withUnsafeBytes { buffer in
                var index = 0
                let count = buffer.count
                // SAFETY: `index + 8 <= count` bounds the loads; table indices are a byte plus a table's start.
                while index &+ 8 <= count {
                    let word = unsafe buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
                    let low = UInt32(truncatingIfNeeded: word) ^ crc
                    let high = UInt32(truncatingIfNeeded: word >> 32)
                    crc =
                        unsafe table[1792 &+ Int(low & 0xFF)] ^ table[1536 &+ Int((low >> 8) & 0xFF)]
                        ^ table[1280 &+ Int((low >> 16) & 0xFF)] ^ table[1024 &+ Int(low >> 24)]
                        ^ table[768 &+ Int(high & 0xFF)] ^ table[512 &+ Int((high >> 8) & 0xFF)]
                        ^ table[256 &+ Int((high >> 16) & 0xFF)] ^ table[Int(high >> 24)]
                    index &+= 8
                }
                while index < count {
                    crc = unsafe table[Int((crc ^ UInt32(buffer[index])) & 0xFF)] ^ (crc >> 8)
                    index &+= 1
                }
            }
        }
        state = crc
    }

    /// The checksum of `bytes` alone.
    public static func checksum(_ bytes: RawSpan) -> UInt32 {
        var crc = CRC32C()
        crc.update(bytes)
        return crc.value
    }

    /// Table `k` at `256 * k`: the effect of a byte followed by `k` zero bytes.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var crc = UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? 0x82F6_3B78 ^ (crc >> 1) : crc >> 1 }
            tables[byte] = crc
        }
        for byte in 0..<256 {
            for table in 1..<8 {
                let previous = tables[(table - 1) * 256 + byte]
                tables[table * 256 + byte] = tables[Int(previous & 0xFF)] ^ (previous >> 8)
            }
        }
        return tables
    }()
}
