/// The length of a text in one byte: exact below 32, then to 16 steps an octave, at most 3 % off.
///
/// ```
/// code < 32     the length
/// code >= 32    octave = (code - 32) / 16 + 5, step = (code - 32) % 16
///               lengths from (16 + step) << (octave - 4), before those of the next code
/// ```
/// For scoring, which a step moves by less than any difference between texts that is worth anything, and where a byte is a
/// place in a table of 256 numbers instead of a division.
public enum LengthCode {
    /// Codes that there are.
    public static let count = 256

    /// The length that each code stands for.
    public static let lengths: [Int] = (0..<count).map { decode(UInt8($0)) }

    /// The code of a length; 2^19 - 1 and more share the last.
    public static func encode(_ length: Int) -> UInt8 {
        guard length >= 32 else { return UInt8(max(0, length)) }
        let bounded = min(length, (1 << 19) - 1)
        let octave = Int.bitWidth - 1 - bounded.leadingZeroBitCount
        return UInt8(32 + (octave - 5) * 16 + ((bounded >> (octave - 4)) & 15))
    }

    /// The length that stands for all of a code: the middle one.
    public static func decode(_ code: UInt8) -> Int {
        guard code >= 32 else { return Int(code) }
        let octave = (Int(code) - 32) / 16 + 5
        let step = 1 << (octave - 4)
        return (16 + (Int(code) - 32) % 16) * step + step / 2
    }
}
