internal import Bytes

/// Finds the articles of a commit by their ids, as a writer does, for one who only reads.
public struct ArticleLookup {
    private var segments: [(reader: SegmentReader, finder: ArticleFinder)] = []

    /// O(articles).
    public init(_ snapshot: IndexSnapshot) throws(IndexError) {
        for reader in snapshot.segments {
            let finder = try IndexError.format { () throws(FormatError) in try ArticleFinder(reader.articles) }
            segments.append((reader, finder))
        }
    }

    /// The live articles that have this id of their own, and their sources, in the order in which they were added.
    /// O(log articles), the first time O(articles).
    public mutating func articles(ofID id: [UInt8]) throws(IndexError) -> [(source: UInt32, article: StoredArticle)]
    {
        var found: [(source: UInt32, article: StoredArticle)] = []
        for index in segments.indices {
            let reader = segments[index].reader
            found += try IndexError.format { () throws(FormatError) in
                try segments[index].finder.articles(ofID: id, in: reader, live: reader.live)
            }
        }
        return found
    }
}
