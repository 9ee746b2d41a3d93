internal import Bytes
public import Model
internal import Storage
internal import Synchronization

extension IndexWriter {
    /// The live articles of a source, in this index and in segments added since the last commit.
    ///
    /// They can be changed and removed until the next commit, whatever merges do meanwhile.
    public func articles(of source: UInt32) throws(IndexError) -> [StoredArticle] {
        var found: [StoredArticle] = []
        try forEachSegment { (entry, finder, reader) throws(FormatError) in
            for article in finder.articles(of: source).joined() where entry.live?.isDeleted(article) != true {
                found.append(try reader.stored(article, try reader.articles.record(article)))
            }
        }
        return found
    }

    /// The live articles that have this id of their own, and their sources, in the order in which they were added.
    /// O(log articles), the first time O(articles).
    public func articles(ofID id: [UInt8]) throws(IndexError) -> [(source: UInt32, article: StoredArticle)] {
        var found: [(source: UInt32, article: StoredArticle)] = []
        try forEachSegment { (entry, finder, reader) throws(FormatError) in
            found += try finder.articles(ofID: id, in: reader, live: entry.live)
        }
        return found
    }

    /// Deletes sources and all their articles, in earlier commits and in segments added since.
    public func remove(sources ids: Set<UInt32>) throws(IndexError) {
        guard !ids.isEmpty else { return }
        var removed: [StoredArticle] = []
        for id in ids { removed += try articles(of: id) }
        change(remove: removed)
        state.withLock { state in
            for id in ids where state.sources.removeValue(forKey: id) != nil { state.changedSources.insert(id) }
        }
    }

    /// Deletes the articles of a source, and keeps its record.
    ///
    /// - Parameter kept: articles to leave.
    public func removeArticles(of source: UInt32, except kept: [StoredArticle]) throws(IndexError) {
        segments.change(remove: try articles(of: source).map(\.address), except: kept.map(\.address))
    }

    /// Deletes articles, and says where others begin in their files now: where the first paragraph of each stands.
    ///
    /// - Parameters:
    ///   - removed: as ``articles(of:)`` has given them since the last commit, and so are the others.
    public func change(
        remove removed: [StoredArticle], move moved: [(article: StoredArticle, to: SourcePosition)] = []
    ) {
        segments.change(
            remove: removed.map(\.address), move: moved.map { ($0.article.address, $0.article.shift(to: $0.to)) })
    }

    /// Calls `body` with every segment of the next commit as it is at one moment.
    private func forEachSegment(
        _ body: (SegmentList.Entry, inout ArticleFinder, SegmentReader) throws(FormatError) -> Void
    ) throws(IndexError) {
        for entry in try openSegments() {
            try opened.withFinder(entry.info) { (finder, reader) throws(FormatError) in
                try body(entry, &finder, reader)
            }
        }
    }

    /// The segments of the next commit, all of them open: from then on no merge can take their files away.
    private func openSegments() throws(IndexError) -> [SegmentList.Entry] {
        var attempt = 0
        while true {
            let entries = segments.contents.entries
            do throws(IndexError) {
                for entry in entries { _ = try opened.reader(entry.info) }
                return entries
            } catch {
                attempt += 1
                guard attempt < 10, case .storage(.missing) = error else { throw error }
            }
        }
    }
}
