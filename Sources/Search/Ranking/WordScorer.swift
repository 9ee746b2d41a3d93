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
        let words = try RankedTerm.find(
            terms.filter { $0.kind == .pair || $0.kind == .hanWord }, heals: heals, titles: false, model: model,
            finder: finder)
        // Those worth most first; the order of sums is the same for all segments.
        self.words = words.enumerated().sorted {
            ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
        }.map(\.element)
    }

    /// No paragraph earns more.
    var most: Float { words.reduce(0) { $0 + $1.weight } }

    /// What the words of a segment's paragraphs are worth.
    func cursor(segment: Int) throws(FormatError) -> WordCursor {
        let reader = segments[segment]
        let found = try words.map { (word) throws(FormatError) -> WordCursor.Word in
            (
                word.weight,
                try word.entry(.body, segment: segment).map { (entry) throws(FormatError) in
                    try reader.cursor(entry, field: .body)
                },
                try word.entry(.healed, segment: segment).map { (entry) throws(FormatError) in
                    try reader.cursor(entry, field: .healed)
                }
            )
        }
        return WordCursor(found, try reader.articles.paragraphLengths.checked(), model.tables.paragraphs)
    }
}
