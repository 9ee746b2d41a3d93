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

    /// The articles of some paragraphs of a segment, ascending.
    func articles(ofParagraphs ordinals: [UInt32], segment: Int) throws(FormatError) -> [UInt32] {
        let table = segments[segment].articles
        // To look all of them up takes about as long as so many one by one, and once that was done, is worth it.
        if made[segment] == nil, lookUps[segment] + ordinals.count < table.articleCount / 64 {
            lookUps[segment] += ordinals.count
            return try table.articles(ofParagraphs: ordinals)
        }
        let spans = try of(segment)
        return spans.isFlat ? ordinals : ordinals.map { UInt32(spans.article(of: Int($0))) }
    }
}
