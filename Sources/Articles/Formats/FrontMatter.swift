internal import TOML

/// What may begin a Markdown file: a block of `key: value` lines between two lines of dashes, or one of TOML between two lines
/// of plus signs.
///
/// A dialogue between two rules looks like the former: one key at least is a word of ASCII, or one of those that Chinese
/// authors write.
struct FrontMatter {
    var title: [UInt8] = []
    var date: [UInt8] = []
    /// Where the text after it begins.
    var end: Int
    /// Lines it takes.
    var lines = 0
    /// Where the dashes under a block stand that is none: a rule, where the last lines of the block would be a heading to
    /// Markdown.
    var rule: Int?

    private static let chineseKeys = ["标题", "日期", "作者", "标签", "分类", "摘要", "创建时间", "更新时间", "来源"]

    init(_ bytes: [UInt8], start: Int) {
        end = start
        if bytes[start...].starts(with: "+++".utf8) { readTOML(bytes) } else { readLines(bytes) }
    }

    private mutating func readLines(_ bytes: [UInt8]) {
        var fields: [Field] = []
        var rest = Lines(bytes, from: end)
        while let line = rest.next() {
            let count = rest.count
            let isFence = line.elementsEqual("---".utf8) || (count > 1 && line.elementsEqual("...".utf8))
            if count == 1 {
                guard isFence else { return }
            } else if isFence {
                guard fields.isEmpty || fields.contains(where: { Self.isKey($0.key) }) else {
                    // What may be in code or HTML to its end is left as it is.
                    let block = bytes[end..<line.startIndex]
                    if line.first == 0x2D, !block.contains(where: { [0x3C, 0x60, 0x7E].contains($0) }) {
                        rule = line.startIndex
                    }
                    return
                }
                (end, lines) = (rest.position, count)
                title = Self.value(of: "title", "标题", in: fields)
                date = Self.value(of: "date", "日期", in: fields)
                return
            } else if let colon = Self.endOfKey(line) {
                fields.append(.init(key: Self.unquoted(line[..<colon]), value: Self.unquoted(line[(colon + 1)...])))
            } else {
                // A rule over prose, not front matter, unless the line goes on with the one before.
                let continues = line.first.map { [0x20, 0x09, 0x2D, 0x23].contains($0) } ?? true
                guard continues, count > 2 else { return }
            }
        }
    }

    private struct Field {
        var key: [UInt8]
        var value: [UInt8]
    }

    /// The last value of `name`, or of `other` where there is none.
    private static func value(of name: String, _ other: String, in fields: [Field]) -> [UInt8] {
        let value = fields.last { $0.key.elementsEqual(name.utf8) }?.value ?? []
        return value.isEmpty ? fields.last { $0.key.elementsEqual(other.utf8) }?.value ?? [] : value
    }

    private static func isKey(_ key: [UInt8]) -> Bool {
        func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
        if let first = key.first, isLetter(first) {
            return key.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x2D }
        }
        return chineseKeys.contains { key.elementsEqual($0.utf8) }
    }

    private mutating func readTOML(_ bytes: [UInt8]) {
        func isFence(_ line: ArraySlice<UInt8>) -> Bool { line.elementsEqual("+++".utf8) }
        var rest = Lines(bytes, from: end)
        guard let fence = rest.next(), isFence(fence) else { return }
        let start = rest.position
        while let line = rest.next() {
            guard isFence(line) else { continue }
            // What is no TOML is a text between two rules.
            let block = bytes[start..<line.startIndex]
            guard Self.isOrdinary(block), let document = try? TOMLDocument(Array(block)) else { return }
            (end, lines) = (rest.position, rest.count)
            for member in document.members {
                switch (member.key, member.value.content) {
                case ("title", .string(let text)): title = Array(text.utf8)
                case ("date", .string(let text)), ("date", .date(let text)): date = Array(text.utf8)
                default: break
                }
            }
            return
        }
    }

    /// The lines of a text, one after the other, without their ends.
    private struct Lines {
        private let bytes: [UInt8]
        /// Where the next one begins.
        private(set) var position: Int
        /// Lines that were given.
        private(set) var count = 0

        init(_ bytes: [UInt8], from start: Int) { (self.bytes, position) = (bytes, start) }

        mutating func next() -> ArraySlice<UInt8>? {
            guard position < bytes.count else { return nil }
            let end = bytes[position...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
            defer { position = end + TextCheck.lineEnd(bytes, at: end) }
            count += 1
            return bytes[position..<end]
        }
    }

    /// Whether a block of TOML is of a size that someone writes, and of no depth that a parser's stack would not have: each
    /// level begins with one of three marks.
    private static func isOrdinary(_ block: ArraySlice<UInt8>) -> Bool {
        block.count <= 1 << 16 && block.count { [0x2E, 0x5B, 0x7B].contains($0) } <= 1000
    }

    /// Where the colon after a key without white space stands, white space or nothing after it.
    private static func endOfKey(_ line: ArraySlice<UInt8>) -> Int? {
        guard let colon = line.firstIndex(where: { $0 == 0x3A || $0 == 0x20 || $0 == 0x09 }), line[colon] == 0x3A,
            colon > line.startIndex, colon + 1 == line.endIndex || [0x20, 0x09].contains(line[colon + 1])
        else { return nil }
        return colon
    }

    private static func unquoted(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var rest = value.drop { $0 == 0x20 || $0 == 0x09 }
        while let last = rest.last, last == 0x20 || last == 0x09 { rest.removeLast() }
        if rest.count >= 2, let quote = rest.first, quote == 0x22 || quote == 0x27, rest.last == quote {
            rest = rest.dropFirst().dropLast()
        }
        return Array(rest)
    }
}
