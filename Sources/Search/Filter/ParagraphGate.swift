internal import Bytes
internal import InvertedIndex
internal import Model

/// Tells which paragraphs a query may find at all: those that pass its filter, less those that hold what best match is
/// to leave out. One gate serves one query.
final class ParagraphGate {
    private let filter: ArticleFilter?
    private let excluded: BooleanQuery?
    private let segments: [SegmentReader]
    /// What is left out; nil for segments not asked about yet.
    private var leftOut: [ParagraphSet?]

    /// - Parameter excluded: what no paragraph may hold.
    /// - Returns: nil when every paragraph may be found, which then costs nothing.
    init?(
        _ filter: ArticleFilter?, excluded: [QueryExpression<QueryLeaf>], _ plan: QueryPlan, model: BM25,
        finder: TermFinder
    ) throws(SearchError) {
        if filter == nil, excluded.isEmpty { return nil }
        self.filter = filter
        segments = finder.segments
        self.excluded =
            excluded.isEmpty
            ? nil : try BooleanQuery(.some(excluded), plan, model: model, finder: finder)
        leftOut = Array(repeating: nil, count: segments.count)
    }

    /// Whether a paragraph may be found.
    ///
    /// - Complexity: O(1) once its article has been judged, but for finding the article.
    func admits(_ ordinal: Int, segment: Int) throws(SearchError) -> Bool {
        if try leavesOut(ordinal, segment: segment) { return false }
        guard let filter else { return true }
        return try filter.contains(paragraph: ordinal, segment: segment)
    }

    /// Whether an article passes the filter, for those who ask by article.
    func admits(article: Int, segment: Int) throws(SearchError) -> Bool {
        try filter?.contains(article: article, segment: segment) ?? true
    }

    /// Whether a paragraph holds what is to be left out. O(1).
    func leavesOut(_ ordinal: Int, segment: Int) throws(SearchError) -> Bool {
        guard let excluded else { return false }
        let leftOut = if let known = leftOut[segment] { known } else { try collect(excluded, segment) }
        return leftOut.contains(ordinal)
    }

    private func collect(_ query: BooleanQuery, _ segment: Int) throws(SearchError) -> ParagraphSet {
        var found = ParagraphSet(paragraphs: segments[segment].paragraphCount)
        if let cursor = try query.cursor(segment: segment) {
            while try cursor.next() != PostingsCursor.noMoreDocuments {
                found.insert(Int(cursor.document))
            }
        }
        leftOut[segment] = found
        return found
    }
}
