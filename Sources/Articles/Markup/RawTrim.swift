internal import Model

/// Takes from the ends of a piece of source what leaves no text: white space, written out or escaped, and tags.
enum RawTrim {
    /// `range` of `source` without white space and escapes of it at its ends.
    ///
    /// - Parameter dropsTags: whether tags at the end go too; false where the text itself ends with `>`.
    static func trim(_ source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, dropsTags: Bool) -> Range<Int> {
        var range = unsafe WhiteSpace.trim(source, range)
        while let length = unsafe escapeLength(source, range) {
            range = unsafe WhiteSpace.trim(source, range.lowerBound + length..<range.upperBound)
        }
        while !range.isEmpty {
            let last = unsafe source[range.upperBound - 1]
            var end = range.upperBound
            if last == 0x3B,
                let start = unsafe place(of: 0x26, before: end, in: source, from: max(range.lowerBound, end - 9)),
                unsafe escapeLength(source, start..<end) == end - start
            {
                end = start
            } else if last == 0x3E, dropsTags,
                let start = unsafe place(of: 0x3C, before: end, in: source, from: range.lowerBound)
            {
                end = start
            }
            guard end < range.upperBound else { break }
            range = unsafe WhiteSpace.trim(source, range.lowerBound..<end)
        }
        return range
    }

    private static func place(
        of byte: UInt8, before end: Int, in source: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Int? {
        var index = end - 1
        while index >= start {
            if unsafe source[index] == byte { return index }
            index -= 1
        }
        return nil
    }

    /// Length of the character reference at the front of `range`, if it stands for white space.
    private static func escapeLength(_ source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
        guard let first = unsafe range.isEmpty ? nil : source[range.lowerBound], first == 0x26 else { return nil }
        let limit = min(range.upperBound, range.lowerBound + 9)
        var end = range.lowerBound + 1
        while end < limit, unsafe source[end] != 0x3B { end += 1 }
        guard end < limit else { return nil }
        let name = unsafe String(decoding: source[range.lowerBound + 1..<end], as: UTF8.self).lowercased()
        let isSpace: Bool
        if name.hasPrefix("#x") {
            isSpace = UInt32(name.dropFirst(2), radix: 16).map(WhiteSpace.contains) ?? false
        } else if name.hasPrefix("#") {
            isSpace = UInt32(name.dropFirst()).map(WhiteSpace.contains) ?? false
        } else {
            isSpace = ["nbsp", "ensp", "emsp", "thinsp", "tab", "newline", "hairsp", "numsp", "puncsp"].contains(
                name)
        }
        return isSpace ? end + 1 - range.lowerBound : nil
    }
}
