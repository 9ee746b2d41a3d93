internal import Model

/// Makes text of unknown origin safe to print: an article must not be able to move the cursor, recolour the
/// screen, or reverse a line.
public enum PrintableText {
    /// White space and line breaks become one space; other control characters become U+FFFD.
    public static func oneLine(_ bytes: [UInt8]) -> [UInt8] {
        guard needsCare(bytes) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var isAfterSpace = false
        var index = 0
        while index < bytes.count {
            let length = scalarLength(bytes, index)
            let scalar = String(decoding: bytes[index..<index + length], as: UTF8.self).unicodeScalars.first!
            if WhiteSpace.contains(scalar.value) {
                if !isAfterSpace { result.append(0x20) }
                isAfterSpace = true
            } else {
                isAfterSpace = false
                if isUnsafe(scalar.value) {
                    result.append(contentsOf: "\u{FFFD}".utf8)
                } else {
                    result.append(contentsOf: bytes[index..<index + length])
                }
            }
            index += length
        }
        return result
    }

    /// The scalar as it may be printed: itself, a space for a line break or tab, U+FFFD for a control character.
    public static func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar == "\n" || scalar == "\t" || scalar == "\r" { return " " }
        return isUnsafe(scalar.value) ? "\u{FFFD}" : scalar
    }

    /// The text with every scalar printable. What is not UTF-8 is already U+FFFD in a `String`.
    public static func printable(_ text: String) -> String {
        var view = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { view.append(printable(scalar)) }
        return String(view)
    }

    /// Control characters, line and paragraph separators, and the marks that change the direction of writing.
    private static func isUnsafe(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// Whether there is anything but printable ASCII and characters beyond U+2FFF other than U+3000.
    private static func needsCare(_ bytes: [UInt8]) -> Bool {
        var previous: UInt8 = 0
        for byte in bytes {
            if byte < 0x21 || byte == 0x7F || (0xC0..<0xE3).contains(byte) { return true }
            if previous == 0xE3, byte == 0x80 { return true }
            previous = byte
        }
        return false
    }

    private static func scalarLength(_ bytes: [UInt8], _ index: Int) -> Int {
        var end = index + 1
        while end < bytes.count, end < index + 4, bytes[index] >= 0xC0, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return end - index
    }
}
