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

    mutating func remove(_ article: Int) {
        guard !live.isDeleted(article) else { return }
        live.delete(article)
        isChanged = true
    }

    /// Says where live articles begin in their files now.
    ///
    /// - Parameter moved: ascending by article.
    mutating func move(_ moved: [(article: Int, to: SourcePosition)]) throws(FormatError) {
        var stretches: [(articles: Range<Int>, shift: SourceShift)] = []
        for (article, position) in moved {
            let origin = try reader.articles.record(article).origin
            // The shift of a deleted article, or of one without paragraphs, does not matter: it ends no stretch.
            var end = stretches.last?.articles.upperBound ?? article
            while end < article, live.isDeleted(end) { end += 1 }
            if let last = stretches.last, end == article, last.shift == position - origin || origin.line == 0 {
                stretches[stretches.count - 1].articles = last.articles.lowerBound..<article + 1
            } else if origin.line > 0 {
                stretches.append((article..<article + 1, position - origin))
            }
        }
        let before = live.shifts
        live.move(stretches)
        if live.shifts != before { isChanged = true }
    }
}
