/// Finds the encoding that an HTML or XML file says it is in.
///
/// Servers and editors convert files without looking inside, so that what is declared is often wrong: it is a
/// candidate and no more.
enum DeclaredCharset {
    /// Bytes of a file that are looked at; a declaration stands before anything that it matters for.
    static let searched = 1024

    /// The encoding named by `<?xml encoding="…"?>`, `<meta charset="…">` or `<meta … content="…; charset=…">`.
    static func find(in bytes: ArraySlice<UInt8>) -> EncodingName? {
        let head = Array(bytes.prefix(searched))
        if let declaration = position(of: "<?xml", in: head, from: 0) {
            let end = head[declaration...].firstIndex(of: UInt8(ascii: ">")) ?? head.count
            if let name = value(of: "encoding", in: Array(head[declaration..<end])) { return name }
        }
        var start = 0
        while let meta = position(of: "<meta", in: head, from: start) {
            let end = head[meta...].firstIndex(of: UInt8(ascii: ">")) ?? head.count
            if let name = value(of: "charset", in: Array(head[meta..<end])) { return name }
            start = end
        }
        return nil
    }

    /// What stands after `key`, white space and `=`, quoted or not, as an encoding.
    private static func value(of key: StaticString, in tag: [UInt8]) -> EncodingName? {
        var start = 0
        while let found = position(of: key, in: tag, from: start) {
            var index = found + key.utf8CodeUnitCount
            start = index
            func skip(_ bytes: [UInt8]) { while index < tag.count, bytes.contains(tag[index]) { index += 1 } }
            skip([0x20, 0x09, 0x0A, 0x0D])
            guard index < tag.count, tag[index] == UInt8(ascii: "=") else { continue }
            index += 1
            skip([0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "\""), UInt8(ascii: "'")])
            let name = tag[index...].prefix {
                $0 > 0x20 && $0 < 0x7F && !Array("\"'>;/?".utf8).contains($0)
            }
            return EncodingName(String(decoding: name, as: UTF8.self))
        }
        return nil
    }

    /// Where `word`, lower-case ASCII, stands in `bytes` in whatever case.
    private static func position(of word: StaticString, in bytes: [UInt8], from start: Int) -> Int? {
        let word = Array(word.description.utf8)
        guard bytes.count >= word.count, start <= bytes.count - word.count else { return nil }
        return (start...bytes.count - word.count).first { index in
            word.indices.allSatisfy { offset in
                let byte = bytes[index + offset]
                return (0x41...0x5A).contains(byte) ? byte | 0x20 == word[offset] : byte == word[offset]
            }
        }
    }
}
