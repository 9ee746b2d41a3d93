/// Scans JSON (RFC 8259) in one pass: the caller asks for what it expects next, and nothing is kept.
///
/// A general decoder loses where each character stood; here a string knows it (``Text``). Whoever wants a tree makes one
/// with ``JSONDocument``, of the same scanner.
@safe public struct JSONScanner {
    /// A decoded string that knows where it stood.
    public struct Text: Sendable {
        /// UTF-8.
        public var bytes: [UInt8] = []
        /// Where decoded and raw bytes part: (index in `bytes`, offset in the input), ascending. Between two
        /// entries both run in step.
        var marks: [(decoded: Int, raw: Int)] = []

        /// Text that stands in the input as it is, from `offset` on.
        init(verbatim bytes: [UInt8], at offset: Int) {
            self.bytes = bytes
            marks = [(0, offset)]
        }

        init(at offset: Int) { marks = [(0, offset)] }

        /// The raw offset at which decoded byte `index` begins. O(log escapes).
        public func raw(_ index: Int) -> Int {
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

    /// Values in values. Far from what a thread's stack holds, and from what anyone writes.
    public static let depthLimit = 512

    private let bytes: UnsafeBufferPointer<UInt8>
    /// The byte that comes next.
    public private(set) var index = 0

    /// - Parameter bytes: UTF-8, valid while the scanner is used.
    public init(_ bytes: UnsafeBufferPointer<UInt8>) { unsafe self.bytes = unsafe bytes }

    public var isAtEnd: Bool { unsafe index == bytes.count }

    // MARK: Strings

    /// A string, its quotation marks included.
    public mutating func string() throws(JSONError) -> Text {
        try expect(UInt8(ascii: "\""))
        var text = Text(at: index)
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
    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
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

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
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

    /// The next byte; nil at the end.
    public func peek() -> UInt8? { unsafe index < bytes.count ? unsafe bytes[index] : nil }

    public mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A { index += 1 }
    }

    public mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard peek() == byte else { throw failure(.notJSON) }
        index += 1
    }

    mutating func expect(_ word: StaticString) throws(JSONError) {
        for byte in word.description.utf8 { try expect(byte) }
    }

    /// Takes the next byte if it is this one.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    /// What stands from `start` to here, as it stands.
    func passed(from start: Int) -> Text { unsafe Text(verbatim: Array(bytes[start..<index]), at: start) }

    func failure(_ problem: JSONError.Problem) -> JSONError { JSONError(problem, offset: index) }
}
