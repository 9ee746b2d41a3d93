/// How files in an archive refer to one another.
enum MemberPath {
    /// The directory that a member is in: everything up to its last slash, slash included.
    static func directory(of member: [UInt8]) -> [UInt8] {
        Array(member[..<(member.lastIndex(of: slash).map { $0 + 1 } ?? 0)])
    }

    /// The member that a reference means: percent-decoded, what follows `#` or `?` left out, `.` and `..` followed. There is
    /// nothing above the root of an archive.
    ///
    /// - Parameter directory: where the member with the reference is; a reference that begins with a slash counts from
    ///   the root.
    static func resolve(_ reference: [UInt8], in directory: [UInt8]) -> [UInt8] {
        let plain = decoded(reference.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") })
        let path = plain.first == slash ? plain : directory + plain
        var parts: [ArraySlice<UInt8>] = []
        for part in path.split(separator: slash) {
            if part.elementsEqual("..".utf8) {
                _ = parts.popLast()
            } else if !part.elementsEqual(".".utf8) {
                parts.append(part)
            }
        }
        return Array(parts.joined(separator: [slash]))
    }

    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == UInt8(ascii: "%"), index + 2 < text.endIndex, let high = digit(text[index + 1]),
                let low = digit(text[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }

    private static let slash = UInt8(ascii: "/")
}
