internal import Bytes
internal import InvertedIndex
internal import Model

/// Scores the words of a literal match: what a paragraph earns in which a keyword stands as ICU's words and does not only
/// run across them, as 球拍 does in 乒乓球拍卖.
///
/// BM25 of the words as terms, with their weight beside the keyword's own. It moves hits, and never makes one.
struct WordScorer {
    private let segments: [SegmentReader]
    private let model: BM25
    private let words: [RankedTerm]

    /// - Parameter heals: whether healed readings are to count.
    init(_ terms: [QueryPlan.ScoredTerm], heals: Bool, model: BM25, finder: TermFinder) throws(FormatError) {
        segments = finder.segments
        self.model = model
        words = try RankedTerm.find(
            terms.filter { $0.kind == .pair || $0.kind == .hanWord }, heals: heals, titles: false, model: model,
            finder: finder)
    }

    /// No paragraph earns more.
    var most: Float { words.reduce(0) { $0 + $1.weight } }

    /// What the words of a segment's paragraphs are worth.
    func cursor(segment: Int) throws(FormatError) -> WordCursor {
        let reader = segments[segment]
        var found: [WordCursor.Word] = []
        for word in words {
            var cursors: [PostingsCursor] = []
            if let entry = word.bodies[segment] { cursors.append(try reader.cursor(entry, field: .body)) }
            if let entry = word.healed[segment] { cursors.append(try reader.cursor(entry, field: .healed)) }
            if !cursors.isEmpty { found.append((word.weight, cursors)) }
        }
        return WordCursor(found, try reader.articles.paragraphLengths.checked(), model.tables.paragraphs)
    }
}
