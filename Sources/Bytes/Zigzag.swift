/// Puts integers of either sign, small ones first: 0, -1, 1, -2, 2, ….
public enum Zigzag {
    public static func encode(_ value: Int) -> UInt64 { UInt64(bitPattern: Int64(value << 1 ^ value >> 63)) }
    public static func decode(_ value: UInt64) -> Int { Int(Int64(bitPattern: value >> 1)) ^ -Int(value & 1) }
}
