/// The characters that count as white space: Unicode's, and the control characters that separate fields.
///
/// White space ends and trims paragraphs, and joins units.
public enum WhiteSpace {
    @inlinable
    public static func contains(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
            true
        default: false
        }
    }

    /// `range` of `text` (UTF-8) without the white space at its ends. O(white space trimmed).
    public static func trim(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end {
            let length = unsafe leadingLength(text, start, end)
            if length == 0 { break }
            start += length
        }
        while end > start {
            let length = unsafe trailingLength(text, start, end)
            if length == 0 { break }
            end -= length
        }
        return start..<end
    }

    private static func leadingLength(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        let first = unsafe text[start]
        if first < 0x80 { return contains(UInt32(first)) ? 1 : 0 }
        for length in 2...3 where start + length <= end {
            if unsafe isSpace(text, start, length) { return length }
        }
        return 0
    }

    private static func trailingLength(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        let last = unsafe text[end - 1]
        if last < 0x80 { return contains(UInt32(last)) ? 1 : 0 }
        for length in 2...3 where end - length >= start {
            if unsafe isSpace(text, end - length, length) { return length }
        }
        return 0
    }

    /// Whether the `length` bytes (2 or 3) at `start` are one white-space character.
    private static func isSpace(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ length: Int) -> Bool {
        let first = unsafe UInt32(text[start])
        let second = unsafe UInt32(text[start + 1])
        guard second & 0xC0 == 0x80 else { return false }
        if length == 2 { return first == 0xC2 && contains((first & 0x1F) << 6 | second & 0x3F) }
        let third = unsafe UInt32(text[start + 2])
        guard first & 0xF0 == 0xE0, third & 0xC0 == 0x80 else { return false }
        return contains((first & 0x0F) << 12 | (second & 0x3F) << 6 | third & 0x3F)
    }
}
