internal import Bytes
internal import Model

/// Which article, of which segment.
public struct ArticleAddress: Hashable, Sendable {
    public var segment: UInt64
    /// Its number in the segment.
    public var article: Int

    public init(segment: UInt64, article: Int) {
        self.segment = segment
        self.article = article
    }
}

/// A live article, as a writer finds it.
public struct StoredArticle: Sendable {
    public var address: ArticleAddress
    /// See ``Model/Article/fingerprint``.
    public var fingerprint: UInt64
    /// Empty when it is that of the file.
    public var id: [UInt8]
    /// Where its first paragraph stood when it was stored.
    var origin: SourcePosition

    /// How far the article has moved since, when its first paragraph stands at `position`; nil when it has none.
    func shift(to position: SourcePosition) -> SourceShift? { origin.line == 0 ? nil : position - origin }
}

extension SegmentReader {
    /// One of its articles, as a writer finds it.
    func stored(_ article: Int, _ record: ArticleRecord) throws(FormatError) -> StoredArticle {
        StoredArticle(
            address: ArticleAddress(segment: info.id, article: article),
            fingerprint: try articles.fingerprint(ofArticle: article), id: record.id, origin: record.origin)
    }
}
