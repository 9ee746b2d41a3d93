internal import Bytes
internal import InvertedIndex

/// The ``ArticleSpans`` of an index's segments, each made for the first query that needs it: nothing of a query is in them.
final class SegmentSpans {
    private let segments: [SegmentReader]
    private var made: [ArticleSpans?]
    /// Paragraphs of each segment whose articles have been looked up one by one.
    private var lookUps: [Int]

    init(_ segments: [SegmentReader]) {
        self.segments = segments
        made = Array(repeating: nil, count: segments.count)
        lookUps = Array(repeating: 0, count: segments.count)
    }

    /// Those of a segment.
    func of(_ segment: Int) throws(FormatError) -> ArticleSpans {
        if let known = made[segment] { return known }
        let spans = try ArticleSpans(segments[segment].articles)
        made[segment] = spans
        return spans
    }

    /// Those of a segment, where they have been made.
    func made(_ segment: Int) -> ArticleSpans? { made[segment] }

    /// The article of a paragraph of a segment.
    func article(ofParagraph ordinal: Int, segment: Int) throws(FormatError) -> Int {
        if let spans = made[segment] { return spans.article(of: ordinal) }
        let table = segments[segment].articles
        // To look all of them up takes about as long as so many one by one, and once that was done, is worth it.
        if lookUps[segment] < table.articleCount / 64 {
            lookUps[segment] += 1
            return try table.article(ofParagraph: ordinal)
        }
        return try of(segment).article(of: ordinal)
    }

    /// The paragraphs of an article of a segment.
    func paragraphs(ofArticle article: Int, segment: Int) throws(FormatError) -> Range<Int> {
        if let spans = made[segment] { return spans.paragraphs(article) }
        return try segments[segment].articles.paragraphs(ofArticle: article)
    }
}
