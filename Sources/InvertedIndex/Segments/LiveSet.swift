internal import Bytes

/// Which articles of a segment have been deleted: a set bit is a deleted article.
public struct LiveSet: Equatable, Sendable {
    /// The set, 64 articles a word, the first in the lowest bit.
    private(set) var words: [UInt64]
    public let articleCount: Int
    public private(set) var deletedCount = 0

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

    /// The body of a `live` file: articles u64, then the bits as u64 each.
    func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.integer(UInt64(articleCount))
        for word in words { writer.integer(word) }
        return writer.bytes
    }

    init(_ body: ByteView, articleCount: Int) throws(FormatError) {
        self.init(articleCount: articleCount)
        guard try body.integer(at: 0, as: UInt64.self) == UInt64(articleCount), body.count == 8 + words.count * 8
        else { throw .malformed(file: body.file, offset: body.origin, rule: .countMismatch) }
        for index in words.indices { words[index] = try body.integer(at: 8 + index * 8) }
        deletedCount = words.reduce(0) { $0 + $1.nonzeroBitCount }
        if articleCount % 64 != 0, let last = words.last, last >> UInt64(articleCount % 64) != 0 {
            throw .malformed(file: body.file, offset: body.origin, rule: .valueOutOfRange)
        }
    }
}
