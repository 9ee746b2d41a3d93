internal import TOML

/// What may begin a Markdown file: a block of `key: value` lines between two lines of dashes, or one of TOML between two lines
/// of plus signs.
struct FrontMatter {
    var title: [UInt8] = []
    var date: [UInt8] = []
    /// Where the text after it begins.
    var end: Int
    /// Lines it takes.
    var lines = 0

    init(_ bytes: [UInt8], start: Int) {
        end = start
        if bytes[start...].starts(with: "+++".utf8) { readTOML(bytes) } else { readLines(bytes) }
    }

    private mutating func readLines(_ bytes: [UInt8]) {
        var fields: [(ArraySlice<UInt8>, ArraySlice<UInt8>)] = []
        var rest = Lines(bytes, from: end)
        while let line = rest.next() {
            let count = rest.count
            let isFence = line.elementsEqual("---".utf8) || (count > 1 && line.elementsEqual("...".utf8))
            if count == 1 {
                guard isFence else { return }
            } else if isFence {
                (end, lines) = (rest.position, count)
                for (key, value) in fields {
                    if key.elementsEqual("title".utf8) { title = Self.unquoted(value) }
                    if key.elementsEqual("date".utf8) { date = Self.unquoted(value) }
                }
                return
            } else if let colon = Self.endOfKey(line) {
                fields.append((line[..<colon], line[(colon + 1)...]))
            } else {
                // A rule over prose, not front matter, unless the line goes on with the one before.
                let continues = line.first.map { [0x20, 0x09, 0x2D, 0x23].contains($0) } ?? true
                guard continues, count > 2 else { return }
            }
        }
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
