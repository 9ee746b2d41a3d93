internal import Bytes
public import Model

/// What commits have changed in a segment, which itself never changes: which of its articles have been deleted, and
/// how far the others have moved in their files.
///
/// The body of a `live` file:
///
/// ```
/// body     articles u64 | a bit an article, set when it is deleted, as u64 each | shifts, see ShiftTable
/// ```
public struct LiveSet: Equatable, Sendable {
    private var words: [UInt64]
    public let articleCount: Int
    public private(set) var deletedCount = 0
    /// How far articles have moved.
    public private(set) var shifts = ShiftTable()

    public init(articleCount: Int) {
        self.articleCount = articleCount
        words = [UInt64](repeating: 0, count: (articleCount + 63) / 64)
    }

    public func isDeleted(_ article: Int) -> Bool { words[article / 64] >> UInt64(article % 64) & 1 == 1 }

    public mutating func delete(_ article: Int) {
        guard !isDeleted(article) else { return }
        words[article / 64] |= 1 << UInt64(article % 64)
        deletedCount += 1
    }

    /// Says how far stretches of articles have moved, all told; they are ascending, and apart.
    public mutating func move(_ stretches: [(articles: Range<Int>, shift: SourceShift)]) {
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
