public import Bytes

/// What is searched: the last commits of one index, or of several that answer as one.
///
/// Segments of several indexes stand side by side as those of one do, so that terms are counted over all of them. Numbers of
/// sources are an index's own, and are looked up by segment.
public struct IndexView: Sendable {
    public let segments: [SegmentReader]
    private let snapshots: [IndexSnapshot]
    /// The snapshot that each segment is of.
    private let owners: [Int]

    /// - Parameter snapshots: one at least, of one analyzer.
    public init(_ snapshots: [IndexSnapshot]) {
        precondition(!snapshots.isEmpty, "there is an index to look at")
        self.snapshots = snapshots
        segments = snapshots.flatMap(\.segments)
        owners = snapshots.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element.segments.count) }
    }

    /// The number of the index that a segment is of, in the order given.
    public func index(ofSegment segment: Int) -> Int { owners[segment] }

    /// The file with this number in the index that a segment is of. O(log² files).
    public func source(_ id: UInt32, ofSegment segment: Int) throws(FormatError) -> SourceRecord? {
        try snapshots[owners[segment]].sources.find(id)
    }

    /// The files, of the index that a segment is of, whose article has this id where it is all of the file. O(files).
    public func sources(withArticleID id: [UInt8], ofSegment segment: Int) throws(FormatError) -> Set<UInt32> {
        let all = try snapshots[owners[segment]].sources.all()
        return Set(all.filter { $0.articleID.elementsEqual(id) }.map(\.id))
    }

    /// The id of an article: its own, or that of the file that it is.
    ///
    /// - Parameter segment: by its place among ``segments``.
    public func articleID(_ article: Int, ofSegment segment: Int) throws(FormatError) -> [UInt8] {
        let articles = segments[segment].articles
        let id = try articles.id(article)
        guard id.isEmpty else { return id }
        return Array(try source(try articles.source(ofArticle: article), ofSegment: segment)?.articleID ?? [])
    }

    /// Live articles.
    public var articleCount: Int { snapshots.reduce(0) { $0 + $1.articleCount } }

    /// Files of which articles are missing, since damage was repaired, until they are indexed again.
    public var unreadSources: Int { snapshots.reduce(0) { $0 + $1.unreadSources } }
}
