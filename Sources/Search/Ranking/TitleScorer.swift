internal import Bytes
internal import InvertedIndex
internal import Model

/// Scores articles by their titles alone: what a title adds to paragraphs that match literally.
///
/// BM25 over titles as documents, without regard to their length, which tells little.
struct TitleScorer {
    private let segments: [SegmentReader]
    private let spans: SegmentSpans
    /// The terms that stand in any title: what each is worth, and one entry a segment.
    private var terms: [(weight: Float, entries: [TermEntry?])] = []

    /// - Parameter terms: without single characters.
    init(_ terms: [QueryPlan.ScoredTerm], finder: TermFinder, spans: SegmentSpans) throws(FormatError) {
        segments = finder.segments
        self.spans = spans
        let articles = segments.reduce(0) { $0 + $1.info.articleCount }
        for (term, entries) in zip(terms, try finder.find(terms.map(\.key), in: .title)) {
            let documents = entries.reduce(0) { $0 + ($1?.documentCount ?? 0) }
            guard documents > 0 else { continue }
            self.terms.append((term.weight * BM25.inverseFrequency(documents: documents, of: articles), entries))
        }
    }

    /// No article earns more.
    var most: Float { terms.reduce(0) { $0 + $1.weight } }

    /// What the titles of a segment are worth.
    func cursor(segment: Int) throws(FormatError) -> TitleCursor {
        var found: [TitleCursor.Term] = []
        for term in terms {
            guard let entry = term.entries[segment] else { continue }
            found.append((term.weight, try segments[segment].cursor(entry, field: .title)))
        }
        return TitleCursor(found, segment: segment, spans: spans)
    }
}
