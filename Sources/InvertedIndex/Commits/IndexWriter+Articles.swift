internal import Bytes
public import Model

extension IndexWriter {
    /// The live articles of a source, in this index and in segments added since the last commit.
    public func articles(of source: UInt32) throws(IndexError) -> [StoredArticle] {
        var found: [StoredArticle] = []
        try forEachSegment { (id, segment) throws(FormatError) in
            for article in try segment.articles(of: source) {
                found.append(
                    StoredArticle(
                        address: ArticleAddress(segment: id, article: article),
                        fingerprint: try segment.reader.articles.fingerprint(ofArticle: article),
                        id: try segment.reader.articles.record(article).id))
            }
        }
        return found
    }

    /// The source of a live article that has this id of its own; the one added last, when there are several.
    ///
    /// - Parameters:
    ///   - excluded: sources left out.
    ///   - end: the first segment not looked into.
    public func source(ofID id: [UInt8], excluding excluded: Set<UInt32>, beforeSegment end: UInt64)
        throws(IndexError) -> UInt32?
    {
        var found: UInt32?
        try forEachSegment(in: 0..<end) { (_, segment) throws(FormatError) in
            found = try segment.source(ofID: id, excluding: excluded) ?? found
        }
        return found
    }

    /// Deletes sources and all their articles, in earlier commits and in segments added since.
    public func remove(sources ids: Set<UInt32>) throws(IndexError) {
        guard !ids.isEmpty else { return }
        try removeArticles(of: ids)
        removeRecords(ids)
    }

    /// Deletes the articles of sources, and keeps the records.
    ///
    /// - Parameter first: the first segment in which to do so.
    public func removeArticles(of ids: Set<UInt32>, sinceSegment first: UInt64 = 0) throws(IndexError) {
        guard !ids.isEmpty else { return }
        try forEachSegment(in: first..<UInt64.max) { (_, segment) throws(FormatError) in
            for source in ids {
                for article in try segment.articles(of: source) { segment.remove(article) }
            }
        }
    }

    /// Deletes articles.
    public func remove(_ articles: some Sequence<ArticleAddress>) throws(IndexError) {
        let removed = Dictionary(grouping: articles, by: \.segment)
        guard !removed.isEmpty else { return }
        try forEachSegment { (id, segment) throws(FormatError) in
            for address in removed[id] ?? [] { segment.remove(address.article) }
        }
    }

    /// Says where live articles begin in their files now: the place of the first paragraph of each.
    public func move(_ articles: [(ArticleAddress, to: SourcePosition)]) throws(IndexError) {
        let moved = Dictionary(grouping: articles, by: \.0.segment)
        guard !moved.isEmpty else { return }
        try forEachSegment { (id, segment) throws(FormatError) in
            guard let moved = moved[id] else { return }
            try segment.move(moved.map { ($0.0.article, $0.to) }.sorted { $0.0 < $1.0 })
        }
    }
}
