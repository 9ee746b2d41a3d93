/// How many columns characters take where every column is as wide as a Latin letter: a terminal, a text file.
public enum DisplayWidth {
    /// 2 for Han, kana, Hangul, full-width forms and emoji (East Asian Width W and F of UAX #11), 1 for others. Combining marks
    /// are not told apart.
    @inlinable
    public static func columns(of scalar: UInt32) -> Int { isWide(scalar) ? 2 : 1 }

    @inlinable
    public static func isWide(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0..<0x1100: false
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F200...0x1F265,
            0x20000...0x3FFFD:
            true
        // Among symbols those are wide that are pictures unless told: ✅ and 🚀, not ☀ and 🌡.
        case 0x231A...0x2B55, 0x1F004...0x1F19A, 0x1F300...0x1FAFF:
            Unicode.Scalar(scalar)?.properties.isEmojiPresentation ?? false
        default: false
        }
    }
}
