internal import Bytes

/// A segment to be merged: as it was when the merge began, and where its documents go.
struct MergeInput: Sendable {
    let reader: SegmentReader
    let articles: DocumentMap
    let paragraphs: DocumentMap

    /// - Parameters:
    ///   - live: the articles deleted so far; nil when there are none.
    ///   - previous: the input whose documents come before this one's; nil for the first.
    init(_ reader: SegmentReader, live: LiveSet?, after previous: MergeInput?) throws(FormatError) {
        self.reader = reader
        let table = reader.articles
        let deletedArticles = live.map { live in (0..<live.articleCount).filter { live.isDeleted($0) } } ?? []
        var deletedParagraphs: [Int] = []
        for article in deletedArticles { deletedParagraphs += try table.paragraphs(ofArticle: article) }
        articles = DocumentMap(
            base: previous?.articles.end ?? 0, count: table.articleCount, deleted: deletedArticles)
        paragraphs = DocumentMap(
            base: previous?.paragraphs.end ?? 0, count: table.paragraphCount, deleted: deletedParagraphs)
    }
}
