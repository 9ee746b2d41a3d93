internal import Bytes
internal import InvertedIndex

/// Tells the paragraphs of live articles from those of deleted ones.
struct LiveFilter {
    /// Nil when nothing is deleted.
    private var deleted: ParagraphSet?

    /// Whether nothing is deleted.
    var isWhole: Bool { deleted == nil }

    /// Paragraphs of deleted articles.
    var deletedCount: Int { deleted?.count ?? 0 }

    init(_ segment: SegmentReader) throws(FormatError) {
        guard let live = segment.live, live.deletedCount > 0 else { return }
        var deleted = ParagraphSet(paragraphs: segment.paragraphCount)
        for article in 0..<live.articleCount where live.isDeleted(article) {
            for ordinal in try segment.articles.paragraphs(ofArticle: article) { deleted.insert(ordinal) }
        }
        self.deleted = deleted
    }

    @inline(__always)
    func contains(_ ordinal: Int) -> Bool { deleted?.contains(ordinal) != true }
}
