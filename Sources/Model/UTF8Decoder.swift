/// Decodes UTF-8 one scalar at a time. What is not well-formed becomes U+FFFD and is one byte long.
public enum UTF8Decoder {
    /// The scalar at `index`, and the bytes it takes.
    ///
    /// - Precondition: `index < text.count`.
    @inlinable @inline(__always)
    public static func scalar(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> (scalar: UInt32, length: Int) {
        // SAFETY: the precondition, and `index + n < text.count` before every continuation byte is read.
        let first = unsafe UInt32(text[index])
        if first < 0x80 { return (first, 1) }
        let count = text.count
        if first >= 0xE0, first < 0xF0, index &+ 2 < count {
            let second = unsafe UInt32(text[index &+ 1])
            let third = unsafe UInt32(text[index &+ 2])
            let value = (first & 0x0F) << 12 | (second & 0x3F) << 6 | (third & 0x3F)
            if second & 0xC0 == 0x80, third & 0xC0 == 0x80, value >= 0x800, value & 0xF800 != 0xD800 {
                return (value, 3)
            }
        } else if first >= 0xC2, first < 0xE0, index &+ 1 < count {
            let second = unsafe UInt32(text[index &+ 1])
            if second & 0xC0 == 0x80 { return ((first & 0x1F) << 6 | (second & 0x3F), 2) }
        } else if first >= 0xF0, first < 0xF5, index &+ 3 < count {
            let second = unsafe UInt32(text[index &+ 1])
            let third = unsafe UInt32(text[index &+ 2])
            let fourth = unsafe UInt32(text[index &+ 3])
            let value = (first & 0x07) << 18 | (second & 0x3F) << 12 | (third & 0x3F) << 6 | (fourth & 0x3F)
            if second & 0xC0 == 0x80, third & 0xC0 == 0x80, fourth & 0xC0 == 0x80,
                value >= 0x10000, value < 0x110000
            {
                return (value, 4)
            }
        }
        return (0xFFFD, 1)
    }
}
