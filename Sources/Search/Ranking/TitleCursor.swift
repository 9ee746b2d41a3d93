internal import Bytes
internal import InvertedIndex

/// Walks the articles of a segment whose titles have any of some terms, for paragraphs in ascending order.
///
/// Between two of these articles a paragraph costs one comparison, so that all hits of a frequent keyword can be asked about.
struct TitleCursor {
    /// A term: what it is worth, and the articles in whose titles it stands.
    typealias Term = (weight: Float, cursor: PostingsCursor)

    /// The same while it is walked; `terms` keeps the cursors.
    private struct Anchor {
        let weight: Float
        let cursor: BorrowedCursor
        /// The article that it is on; -1 before the first.
        var article = -1

        init(_ term: Term) {
            weight = term.weight
            cursor = BorrowedCursor(term.cursor)
        }

        /// Moves to the first article that is not before `target`.
        @inline(__always)
        mutating func seek(_ target: Int) throws(FormatError) {
            if article < target { article = Int(try cursor.seek(UInt32(target))) }
        }
    }

    private let segment: Int
    private let terms: [Term]
    private var anchors: [Anchor]
    private let spans: SegmentSpans
    /// Those of the segment, where they had been made before.
    private let known: ArticleSpans?
    /// The paragraphs of the article it is on. None before the first call and after the last article.
    private var paragraphs = 0..<0
    /// What the article's title is worth.
    private var score: Float = 0

    /// - Parameters:
    ///   - terms: those that any title of the segment has.
    ///   - spans: of all segments; asked for the articles of paragraphs, and their paragraphs.
    init(_ terms: [Term], segment: Int, spans: SegmentSpans) {
        self.terms = terms
        anchors = terms.map { Anchor($0) }
        self.segment = segment
        self.spans = spans
        known = spans.made(segment)
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

    /// Paragraphs before this one are known to earn nothing by their title, from that of the last call on.
    var firstTitled: Int { paragraphs.lowerBound }

    /// Whether none of some paragraphs earns anything, the first of which is not before that of an earlier call.
    mutating func areUntitled(_ ordinals: ClosedRange<Int>) throws(FormatError) -> Bool {
        if ordinals.lowerBound >= paragraphs.upperBound { try seek(ordinals.lowerBound) }
        return ordinals.upperBound < paragraphs.lowerBound
    }

    /// Moves to the article of a paragraph, or the next one whose title has a term.
    @inline(never)
    private mutating func seek(_ ordinal: Int) throws(FormatError) {
        // What the anchors borrow stays alive to the end.
        defer { withExtendedLifetime(terms) {} }
        let article =
            if let known { known.article(of: ordinal) } else {
                try spans.article(ofParagraph: ordinal, segment: segment)
            }
        var found = Int(PostingsCursor.noMoreDocuments)
        for index in anchors.indices {
            try anchors[index].seek(article)
            found = min(found, anchors[index].article)
        }
        guard found < PostingsCursor.noMoreDocuments else {
            return end()
        }
        paragraphs =
            if let known { known.paragraphs(found) } else {
                try spans.paragraphs(ofArticle: found, segment: segment)
            }
        score = 0
        for anchor in anchors where anchor.article == found {
            let frequency = Float(try anchor.cursor.frequency(in: UInt32(found)))
            score += anchor.weight * frequency / (frequency + RankingWeights.k1)
        }
    }

    private mutating func end() { paragraphs = Int.max..<Int.max }
}
