internal import Bytes

/// A segment to be merged: as it was when the merge began, and where its documents go.
final class MergeInput: Sendable {
    let reader: SegmentReader
    let articles: DocumentMap
    let paragraphs: DocumentMap

    /// - Parameters:
    ///   - live: the articles deleted so far; nil when there are none.
    ///   - previous: the input whose documents come before this one's; nil for the first.
    init(_ reader: SegmentReader, live: LiveSet?, after previous: MergeInput?) throws(FormatError) {
        self.reader = reader
        let table = reader.articles
        // The same of paragraphs.
        var paragraphs: LiveSet?
        if let live, live.deletedCount > 0 {
            var deletions = LiveSet(articleCount: table.paragraphCount)
            for article in 0..<live.articleCount where live.isDeleted(article) {
                for paragraph in try table.paragraphs(ofArticle: article) { deletions.delete(paragraph) }
            }
            paragraphs = deletions
        }
        articles = DocumentMap(base: previous?.articles.end ?? 0, count: table.articleCount, deletions: live)
        self.paragraphs = DocumentMap(
            base: previous?.paragraphs.end ?? 0, count: table.paragraphCount, deletions: paragraphs)
    }
}
