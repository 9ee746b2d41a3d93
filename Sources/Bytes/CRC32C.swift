/// CRC-32C (Castagnoli), the checksum of every file of an index.
///
/// Polynomial 0x1EDC6F41, reflected, as in RFC 3720 appendix B.4. Sixteen bytes a step through as many tables
/// ("slicing", Kounavis and Berry, 2005). Equal to the bit-by-bit definition, which its tests keep.
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
            guard let table = table.baseAddress else { return }
            unsafe bytes.withUnsafeBytes { buffer in
                var index = 0
                let count = buffer.count
                // SAFETY: `index + 16 <= count` bounds the loads; table indices are a byte plus a table's start.
                while index &+ 16 <= count {
                    let first = unsafe buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
                    let second = unsafe buffer.loadUnaligned(fromByteOffset: index &+ 8, as: UInt64.self)
                        .littleEndian
                    // Only these four look-ups wait for the step before.
                    let low = UInt32(truncatingIfNeeded: first) ^ crc
                    let ahead =
                        unsafe effect(UInt32(truncatingIfNeeded: first >> 32), table + 8 * 256)
                        ^ effect(UInt32(truncatingIfNeeded: second), table + 4 * 256)
                        ^ effect(UInt32(truncatingIfNeeded: second >> 32), table)
                    crc = unsafe ahead ^ effect(low, table + 12 * 256)
                    index &+= 16
                }
                while index < count {
                    crc = unsafe table[Int((crc ^ UInt32(buffer[index])) & 0xFF)] ^ (crc >> 8)
                    index &+= 1
                }
            }
        }
        state = crc
    }

    /// The effect of four bytes, by four tables: the one of the last byte first.
    @inline(__always)
    private func effect(_ bytes: UInt32, _ table: UnsafePointer<UInt32>) -> UInt32 {
        // SAFETY: four tables of 256 elements.
        unsafe table[768 &+ Int(bytes & 0xFF)] ^ table[512 &+ Int((bytes >> 8) & 0xFF)]
            ^ table[256 &+ Int((bytes >> 16) & 0xFF)] ^ table[Int(bytes >> 24)]
    }

    /// The checksum of `bytes` alone.
    public static func checksum(_ bytes: RawSpan) -> UInt32 {
        var crc = CRC32C()
        crc.update(bytes)
        return crc.value
    }

    /// Table `k` at `256 * k`: the effect of a byte followed by `k` zero bytes.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 16 * 256)
        for byte in 0..<256 {
            var crc = UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? 0x82F6_3B78 ^ (crc >> 1) : crc >> 1 }
            tables[byte] = crc
        }
        for byte in 0..<256 {
            for table in 1..<16 {
                let previous = tables[(table - 1) * 256 + byte]
                tables[table * 256 + byte] = tables[Int(previous & 0xFF)] ^ (previous >> 8)
            }
        }
        return tables
    }()
}
