internal import Model

/// Scans one line of JSON (RFC 8259) for the members of an article, in one pass and without a tree.
///
/// A general decoder loses where in the file each character stood; here every paragraph keeps its bytes.
@safe struct JSONScanner {
    struct Failure: Error {
        var problem: ArticlesError.LineProblem
        /// Byte in the line.
        var offset: Int
    }

    /// A decoded string that knows where it stood.
    struct Text {
        var bytes: [UInt8] = []
        /// Where decoded and raw bytes part: (index in `bytes`, offset in the line), ascending. Between two
        /// entries both run in step.
        var marks: [(decoded: Int, raw: Int)] = []

        /// The raw offset at which decoded byte `index` begins.
        func raw(_ index: Int) -> Int {
            var low = 0
            var high = marks.count
            while low < high {
                let middle = (low + high) / 2
                if marks[middle].decoded <= index { low = middle + 1 } else { high = middle }
            }
            let mark = marks[low - 1]
            return mark.raw + index - mark.decoded
        }
    }

    static let depthLimit = 512

    private let bytes: UnsafeBufferPointer<UInt8>
    var index = 0

    /// - Parameter bytes: UTF-8, valid while the scanner is used.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { unsafe self.bytes = unsafe bytes }

    /// The article of the line.
    mutating func article(fileOffset: Int, line: Int) throws(Failure) -> Article {
        var id: [UInt8]?
        var title: [UInt8] = []
        var date: [UInt8] = []
        var text: Text?
        skipSpace()
        guard peek() == UInt8(ascii: "{") else {
            // Tell a JSON value of another kind from no JSON at all.
            try skipValue(depth: 0)
            throw Failure(problem: .notAnObject, offset: 0)
        }
        index += 1
        skipSpace()
        if peek() == UInt8(ascii: "}") {
            index += 1
        } else {
            while true {
                skipSpace()
                let key = try string().bytes
                skipSpace()
                try expect(UInt8(ascii: ":"))
                skipSpace()
                switch String(decoding: key, as: UTF8.self) {
                case "id": id = try member(orNumber: true)?.bytes
                case "title": title = try member()?.bytes ?? []
                case "date": date = try member()?.bytes ?? []
                case "text": text = try member()
                default: try skipValue(depth: 0)
                }
                skipSpace()
                if peek() == UInt8(ascii: ",") {
                    index += 1
                    continue
                }
                try expect(UInt8(ascii: "}"))
                break
            }
        }
        skipSpace()
        guard unsafe index == bytes.count else { throw failure(.notJSON) }
        guard let id, !id.isEmpty else { throw Failure(problem: .missingID, offset: 0) }
        guard let text else { throw Failure(problem: .missingText, offset: 0) }
        var article = Article(id: id, title: title, date: date)
        article.paragraphs = Self.paragraphs(of: text, fileOffset: fileOffset, line: line)
        article.text = text.bytes
        return article
    }

    /// The non-blank lines of `text`, trimmed.
    private static func paragraphs(of text: Text, fileOffset: Int, line: Int) -> [Paragraph] {
        var paragraphs: [Paragraph] = []
        unsafe text.bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            while start <= bytes.count {
                var end = start
                while end < bytes.count, unsafe bytes[end] != 0x0A { end += 1 }
                let range = unsafe WhiteSpace.trim(bytes, start..<end)
                if !range.isEmpty {
                    let raw = text.raw(range.lowerBound)..<text.raw(range.upperBound)
                    let source = SourceRange(
                        bytes: fileOffset + raw.lowerBound..<fileOffset + raw.upperBound, line: line)
                    paragraphs.append(.init(text: range, source: source))
                }
                start = end + 1
            }
        }
        return paragraphs
    }

    // MARK: Values

    /// A string; nil for null.
    private mutating func member(orNumber: Bool = false) throws(Failure) -> Text? {
        switch peek() {
        case UInt8(ascii: "\""): return try string()
        case UInt8(ascii: "n"):
            try skipValue(depth: 0)
            return nil
        case .some(let byte) where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte):
            guard orNumber else { throw failure(.wrongType) }
            let start = index
            try skipValue(depth: 0)
            return unsafe Text(bytes: Array(bytes[start..<index]))
        default:
            let start = index
            try skipValue(depth: 0)
            throw Failure(problem: .wrongType, offset: start)
        }
    }

    mutating func string() throws(Failure) -> Text {
        try expect(UInt8(ascii: "\""))
        var text = Text()
        text.marks.append((0, index))
        while true {
            let start = index
            // SAFETY: `index` stays below `bytes.count`.
            while unsafe index < bytes.count {
                let byte = unsafe bytes[index]
                if byte == 0x22 || byte == 0x5C || byte < 0x20 { break }
                index += 1
            }
            unsafe text.bytes.append(contentsOf: bytes[start..<index])
            guard unsafe index < bytes.count else { throw failure(.notJSON) }
            if unsafe bytes[index] == 0x22 {
                text.marks.append((text.bytes.count, index))
                index += 1
                return text
            }
            guard unsafe bytes[index] == 0x5C else { throw failure(.notJSON) }
            text.marks.append((text.bytes.count, index))
            let scalar = try escape()
            text.bytes.append(contentsOf: UTF8.encode(scalar)!)
            text.marks.append((text.bytes.count, index))
        }
    }

    /// The character of an escape. A surrogate without its other half becomes U+FFFD.
    private mutating func escape() throws(Failure) -> Unicode.Scalar {
        index += 1
        guard let letter = peek() else { throw failure(.notJSON) }
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let first = try hexadecimal()
            guard first & 0xFC00 == 0xD800 else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
            let resume = index
            if peek() == 0x5C {
                index += 1
                if peek() == UInt8(ascii: "u") {
                    index += 1
                    let second = try hexadecimal()
                    if second & 0xFC00 == 0xDC00 {
                        let value = 0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF)
                        return Unicode.Scalar(value) ?? "\u{FFFD}"
                    }
                }
            }
            index = resume
            return "\u{FFFD}"
        default: throw failure(.notJSON)
        }
    }

    private mutating func hexadecimal() throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw failure(.notJSON)
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    // MARK: Bytes

    func peek() -> UInt8? { unsafe index < bytes.count ? unsafe bytes[index] : nil }

    mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0D { index += 1 }
    }

    mutating func expect(_ byte: UInt8) throws(Failure) {
        guard peek() == byte else { throw failure(.notJSON) }
        index += 1
    }

    mutating func expect(_ word: StaticString) throws(Failure) {
        for byte in word.description.utf8 { try expect(byte) }
    }

    func failure(_ problem: ArticlesError.LineProblem) -> Failure {
        Failure(problem: problem, offset: index)
    }
}
