internal import JSON
internal import Model

/// Given a line of JSON, gives the article that it is, in one pass and without a tree; every paragraph keeps its bytes.
@safe struct JSONArticleReader {
    struct Failure: Error {
        var problem: ArticlesError.LineProblem
        /// Byte in the line.
        var offset: Int

        init(problem: ArticlesError.LineProblem, offset: Int) {
            self.problem = problem
            self.offset = offset
        }

        init(_ error: JSONError) {
            problem = error.problem == .tooDeep ? .tooDeep : .notJSON
            offset = error.offset
        }
    }

    private var scanner: JSONScanner

    /// - Parameter bytes: UTF-8, valid while the reader is used.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { scanner = unsafe JSONScanner(bytes) }

    /// The article of the line.
    mutating func article(fileOffset: Int, line: Int) throws(Failure) -> Article {
        var id: [UInt8]?
        var title: [UInt8] = []
        var date: [UInt8] = []
        var text: JSONScanner.Text?
        scanner.skipSpace()
        guard scanner.peek() == UInt8(ascii: "{") else {
            // Tell a JSON value of another kind from no JSON at all.
            try skipValue()
            throw Failure(problem: .notAnObject, offset: 0)
        }
        try expect(UInt8(ascii: "{"))
        scanner.skipSpace()
        if scanner.peek() != UInt8(ascii: "}") {
            while true {
                scanner.skipSpace()
                let key = try string().bytes
                try expectColon()
                switch String(decoding: key, as: UTF8.self) {
                case "id": id = try member(orNumber: true, else: .typeOfID)?.bytes
                case "title": title = try member(else: .typeOfTitle)?.bytes ?? []
                case "date": date = try self.date()
                case "text": text = try member(else: .typeOfText)
                default: try skipValue()
                }
                scanner.skipSpace()
                guard scanner.peek() == UInt8(ascii: ",") else { break }
                try expect(UInt8(ascii: ","))
            }
        }
        try expect(UInt8(ascii: "}"))
        scanner.skipSpace()
        guard scanner.isAtEnd else { throw Failure(problem: .notJSON, offset: scanner.index) }
        guard let id else { throw Failure(problem: .missingID, offset: 0) }
        if id.isEmpty { throw Failure(problem: .emptyID, offset: 0) }
        guard let text else { throw Failure(problem: .missingText, offset: 0) }
        var article = Article(id: id, title: title, date: date)
        article.paragraphs = Self.paragraphs(of: text, fileOffset: fileOffset, line: line)
        article.text = text.bytes
        return article
    }

    /// The non-blank lines of `text`, trimmed.
    private static func paragraphs(of text: JSONScanner.Text, fileOffset: Int, line: Int) -> [Paragraph] {
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

    /// A string; nil for null.
    ///
    /// - Parameter problem: what is wrong with a value of another type.
    private mutating func member(
        orNumber: Bool = false, else problem: ArticlesError.LineProblem
    ) throws(Failure) -> JSONScanner.Text? {
        switch scanner.peek() {
        case UInt8(ascii: "\""): return try string()
        case UInt8(ascii: "n"):
            try skipValue()
            return nil
        case .some(let byte) where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte):
            guard orNumber else { throw Failure(problem: problem, offset: scanner.index) }
            do { return try scanner.number() } catch { throw Failure(error) }
        default:
            let start = scanner.index
            try skipValue()
            throw Failure(problem: problem, offset: start)
        }
    }

    /// A string as it is, a number as the date that it is; empty for null.
    private mutating func date() throws(Failure) -> [UInt8] {
        let isNumber = scanner.peek() != UInt8(ascii: "\"")
        guard let date = try member(orNumber: true, else: .typeOfDate)?.bytes else { return [] }
        return isNumber ? EpochDate.text(of: date) : date
    }

    // MARK: The scanner, with this reader's errors

    private mutating func string() throws(Failure) -> JSONScanner.Text {
        do { return try scanner.string() } catch { throw Failure(error) }
    }

    private mutating func skipValue() throws(Failure) {
        do { try scanner.skipValue() } catch { throw Failure(error) }
    }

    private mutating func expect(_ byte: UInt8) throws(Failure) {
        do { try scanner.expect(byte) } catch { throw Failure(error) }
    }

    private mutating func expectColon() throws(Failure) {
        do { try scanner.expectColon() } catch { throw Failure(error) }
    }
}
