internal import Bytes
internal import Model

/// Given a JSONL file, gives an article a line; lines that are none become problems.
final class JSONLinesReader {
    private static let pieceSize = 1 << 20

    let file: FileReader
    private var buffer: [UInt8] = []
    /// Where the next line begins in `buffer`.
    private var start = 0
    /// The file's offset of `buffer`'s first byte.
    private var base = 0
    private var line = 0
    private var isAtEnd = false
    private var hash = ContentHash()
    /// The line that first had each id.
    private var ids: [[UInt8]: Int] = [:]

    init(_ file: FileReader) { self.file = file }

    var contentHash: UInt64 { hash.value }

    /// The next article; nil at the end of the file.
    func next(_ problems: inout [ArticlesError]) throws(ArticlesError) -> Article? {
        while var range = try nextLine() {
            if base + range.lowerBound == 0 { range = TextCheck.byteOrderMark(buffer)..<range.upperBound }
            let offset = base + range.lowerBound
            do {
                guard let article = try parse(range, offset: offset) else { continue }
                if let firstLine = ids[article.id] {
                    problems.append(.duplicateID(file.path, line: line, id: article.id, firstLine: firstLine))
                    continue
                }
                ids[article.id] = line
                return article
            } catch {
                problems.append(.badLine(file.path, line: line, offset: offset + error.offset, error.problem))
            }
        }
        return nil
    }

    /// The next line in `buffer`, line end left out; nil at the end of the file.
    private func nextLine() throws(ArticlesError) -> Range<Int>? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: 0x0A) {
                defer { start = end + 1 }
                line += 1
                return start..<end
            }
            if isAtEnd {
                guard start < buffer.count else { return nil }
                defer { start = buffer.count }
                line += 1
                return start..<buffer.count
            }
            searched = buffer.count - start
            buffer.removeSubrange(..<start)
            base += start
            start = 0
            let before = buffer.count
            // A long line doubles the piece, so that finding its end stays linear in its length.
            let received = try file.read(into: &buffer, limit: max(Self.pieceSize, before))
            unsafe hash.update(buffer.span.extracting(before...).bytes)
            isAtEnd = received == 0
        }
    }

    private func parse(_ range: Range<Int>, offset: Int) throws(JSONScanner.Failure) -> Article? {
        let slice = buffer[range]
        if slice.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
        if let invalid = TextCheck.firstInvalidByte(slice) {
            throw JSONScanner.Failure(problem: .notUTF8, offset: invalid - range.lowerBound)
        }
        return try unsafe slice.withUnsafeBufferPointer { (bytes) throws(JSONScanner.Failure) in
            var scanner = unsafe JSONScanner(bytes)
            return try scanner.article(fileOffset: offset, line: line)
        }
    }
}
