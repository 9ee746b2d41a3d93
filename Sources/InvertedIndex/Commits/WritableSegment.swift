internal import Bytes
internal import Model

/// A segment as the next commit will have it: as it was written, with what was deleted and moved since.
struct WritableSegment: Sendable {
    let reader: SegmentReader
    private(set) var live: LiveSet
    /// Whether the last commit has it otherwise.
    var isChanged = false
    private var finder: ArticleFinder?

    init(_ reader: SegmentReader) {
        self.reader = reader
        live = reader.live ?? LiveSet(articleCount: reader.info.articleCount)
    }

    private mutating func openFinder() throws(FormatError) -> ArticleFinder {
        if let finder { return finder }
        let opened = try ArticleFinder(reader.articles)
        finder = opened
        return opened
    }

    /// The live articles of a source, ascending.
    mutating func articles(of source: UInt32) throws(FormatError) -> [Int] {
        try openFinder().articles(of: source).joined().filter { !live.isDeleted($0) }
    }

    /// The source of a live article whose own id is `id`, in none of `excluded`.
    mutating func source(ofID id: [UInt8], excluding excluded: Set<UInt32>) throws(FormatError) -> UInt32? {
        var finder = try openFinder()
        // Not twice in memory while the list of ids is made.
        self.finder = nil
        defer { self.finder = finder }
        for article in try finder.candidates(id, in: reader.articles).reversed() where !live.isDeleted(article) {
            let source = try reader.articles.source(ofArticle: article)
            if !excluded.contains(source), try reader.articles.record(article).id == id { return source }
        }
        return nil
    }

    /// Deletes articles, and says how far others have moved; the latter ascending by article.
    mutating func change(remove: [Int], move: [(article: Int, shift: SourceShift?)]) {
        let (deletedCount, shifts) = (live.deletedCount, live.shifts)
        for article in remove { live.delete(article) }
        live.move(move)
        if live.deletedCount != deletedCount || live.shifts != shifts { isChanged = true }
    }
}
