internal import Bytes
internal import InvertedIndex

/// Tells the paragraphs of live articles from those of deleted ones.
struct LiveFilter {
    /// One bit a paragraph, set where deleted; empty when nothing is.
    private var deleted: [UInt64] = []

    /// Whether nothing is deleted.
    var isWhole: Bool { deleted.isEmpty }

    /// Paragraphs of deleted articles.
    var deletedCount: Int { deleted.reduce(0) { $0 + $1.nonzeroBitCount } }

    init(_ segment: SegmentReader) throws(FormatError) {
        guard let live = segment.live, live.deletedCount > 0 else { return }
        deleted = [UInt64](repeating: 0, count: (segment.paragraphCount + 63) / 64)
        for article in 0..<live.articleCount where live.isDeleted(article) {
            for ordinal in try segment.articles.paragraphs(ofArticle: article) {
                deleted[ordinal / 64] |= 1 << UInt64(ordinal % 64)
            }
        }
    }

    @inline(__always)
    func contains(_ ordinal: Int) -> Bool {
        deleted.isEmpty || deleted[ordinal / 64] >> UInt64(ordinal % 64) & 1 == 0
    }
}
