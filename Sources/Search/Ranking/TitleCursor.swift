internal import Bytes
internal import InvertedIndex

/// Walks the articles of a segment whose titles have any of some terms, for paragraphs in ascending order.
///
/// Between two of these articles a paragraph costs one comparison, so that all hits of a frequent keyword can be asked about.
struct TitleCursor {
    /// A term: what it is worth, and the articles in whose titles it stands.
    typealias Term = (weight: Float, cursor: PostingsCursor)

    private let segment: Int
    private let terms: [Term]
    private let spans: SegmentSpans
    /// The paragraphs of the article it is on. None before the first call and after the last article.
    private var paragraphs = 0..<0
    /// What the article's title is worth.
    private var score: Float = 0

    /// - Parameters:
    ///   - terms: those that any title of the segment has.
    ///   - spans: of all segments; asked for the articles of paragraphs, and their paragraphs.
    init(_ terms: [Term], segment: Int, spans: SegmentSpans) {
        self.terms = terms
        self.segment = segment
        self.spans = spans
        if terms.isEmpty { end() }
    }

    /// Whether no title has any of the terms.
    var isEmpty: Bool { terms.isEmpty }

    /// What a paragraph earns by its article's title.
    ///
    /// - Parameter ordinal: of the paragraph, not before that of an earlier call.
    @inline(__always)
    mutating func score(of ordinal: Int) throws(FormatError) -> Float {
        if ordinal >= paragraphs.upperBound { try seek(ordinal) }
        return ordinal >= paragraphs.lowerBound ? score : 0
    }

    /// Moves to the article of a paragraph, or the next one whose title has a term.
    @inline(never)
    private mutating func seek(_ ordinal: Int) throws(FormatError) {
        let article = UInt32(try spans.article(ofParagraph: ordinal, segment: segment))
        var found = PostingsCursor.noMoreDocuments
        for term in terms { found = min(found, try term.cursor.seek(article)) }
        guard found != PostingsCursor.noMoreDocuments else {
            return end()
        }
        paragraphs = try spans.paragraphs(ofArticle: Int(found), segment: segment)
        score = 0
        for term in terms where term.cursor.document == found {
            let frequency = Float(term.cursor.frequency)
            score += term.weight * frequency / (frequency + RankingWeights.k1)
        }
    }

    private mutating func end() { paragraphs = Int.max..<Int.max }
}
