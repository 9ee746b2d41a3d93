internal import Bytes
public import Model

extension IndexWriter {
    /// The live articles of a source, in this index and in segments added since the last commit.
    public func articles(of source: UInt32) throws(IndexError) -> [StoredArticle] {
        var found: [StoredArticle] = []
        try forEachSegment { (id, segment) throws(FormatError) in
            for article in try segment.articles(of: source) {
                let record = try segment.reader.articles.record(article)
                found.append(
                    StoredArticle(
                        address: ArticleAddress(segment: id, article: article),
                        fingerprint: try segment.reader.articles.fingerprint(ofArticle: article), id: record.id,
                        origin: record.origin))
            }
        }
        return found
    }

    /// The source of a live article that has this id of its own; the one added last, when there are several.
    ///
    /// - Parameter excluded: sources left out.
    public func source(ofID id: [UInt8], excluding excluded: Set<UInt32>) throws(IndexError) -> UInt32? {
        var found: UInt32?
        try forEachSegment { (_, segment) throws(FormatError) in
            found = try segment.source(ofID: id, excluding: excluded) ?? found
        }
        return found
    }

    /// Deletes sources and all their articles, in earlier commits and in segments added since.
    public func remove(sources ids: Set<UInt32>) throws(IndexError) {
        guard !ids.isEmpty else { return }
        var removed: [StoredArticle] = []
        for id in ids { removed += try articles(of: id) }
        try change(remove: removed)
        removeRecords(ids)
    }

    /// Deletes the articles of a source, and keeps its record.
    ///
    /// - Parameter kept: articles to leave.
    public func removeArticles(of source: UInt32, except kept: [StoredArticle] = []) throws(IndexError) {
        let kept = Set(kept.map(\.address))
        try change(remove: articles(of: source).filter { !kept.contains($0.address) })
    }

    /// Deletes articles, and says where others begin in their files now: where the first paragraph of each stands.
    ///
    /// - Parameters:
    ///   - removed: as ``articles(of:)`` has given them since the last commit, and so are the others.
    public func change(
        remove removed: [StoredArticle], move moved: [(article: StoredArticle, to: SourcePosition)] = []
    ) throws(IndexError) {
        var changes: [UInt64: (remove: [Int], move: [(article: Int, shift: SourceShift?)])] = [:]
        for stored in removed {
            changes[stored.address.segment, default: ([], [])].remove.append(stored.address.article)
        }
        for (stored, position) in moved {
            changes[stored.address.segment, default: ([], [])].move.append(
                (stored.address.article, stored.shift(to: position)))
        }
        guard !changes.isEmpty else { return }
        try forEachSegment { (id, segment) throws(FormatError) in
            guard let change = changes[id] else { return }
            segment.change(remove: change.remove, move: change.move.sorted { $0.article < $1.article })
        }
    }
}
