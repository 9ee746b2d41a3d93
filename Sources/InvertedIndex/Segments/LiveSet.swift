internal import Bytes
internal import Model

/// What commits have changed in a segment, which itself never changes: which of its articles have been deleted, and
/// how far the others have moved in their files.
///
/// The body of a `live` file:
///
/// ```
/// body     articles u64 | a bit an article, set when it is deleted, as u64 each | shifts, see ShiftTable
/// ```
public struct LiveSet: Equatable, Sendable {
    /// The set, 64 articles a word, the first in the lowest bit.
    private(set) var words: [UInt64]
    public let articleCount: Int
    public private(set) var deletedCount = 0
    /// How far articles have moved.
    public private(set) var shifts = ShiftTable()

    public init(articleCount: Int) {
        self.articleCount = articleCount
        words = [UInt64](repeating: 0, count: (articleCount + 63) / 64)
    }

    /// Whether nothing has been deleted or moved.
    public var isEmpty: Bool { deletedCount == 0 && shifts.isEmpty }

    public func isDeleted(_ article: Int) -> Bool { words[article / 64] >> UInt64(article % 64) & 1 == 1 }

    public mutating func delete(_ article: Int) {
        guard !isDeleted(article) else { return }
        words[article / 64] |= 1 << UInt64(article % 64)
        deletedCount += 1
    }

    /// Says how far articles have moved, all told, since the segment was written.
    ///
    /// - Parameter moved: ascending by article. A shift of nil is any: of an article without paragraphs it does not
    ///   matter, nor does that of a deleted one between two others.
    mutating func move(_ moved: [(article: Int, shift: SourceShift?)]) {
        var stretches: [(articles: Range<Int>, shift: SourceShift)] = []
        for (article, shift) in moved {
            let last = stretches.last
            var end = last?.articles.upperBound ?? article
            while end < article, isDeleted(end) { end += 1 }
            if let last, end == article, last.shift == shift ?? last.shift {
                stretches[stretches.count - 1].articles = last.articles.lowerBound..<article + 1
            } else if let shift {
                stretches.append((article..<article + 1, shift))
            }
        }
        shifts.set(stretches, articleCount: articleCount)
    }

    func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.integer(UInt64(articleCount))
        for word in words { writer.integer(word) }
        shifts.encode(into: &writer)
        return writer.bytes
    }

    init(_ body: ByteView, articleCount: Int) throws(FormatError) {
        self.init(articleCount: articleCount)
        var cursor = ByteCursor(body)
        guard try cursor.integer(UInt64.self) == UInt64(articleCount) else {
            throw .malformed(file: body.file, offset: body.origin, rule: .countMismatch)
        }
        for index in words.indices { words[index] = try cursor.integer() }
        deletedCount = words.reduce(0) { $0 + $1.nonzeroBitCount }
        if articleCount % 64 != 0, let last = words.last, last >> UInt64(articleCount % 64) != 0 {
            throw .malformed(file: body.file, offset: body.origin, rule: .valueOutOfRange)
        }
        shifts = try ShiftTable(&cursor, articleCount: articleCount)
        guard cursor.remaining == 0 else { throw cursor.error(.countMismatch) }
    }
}
