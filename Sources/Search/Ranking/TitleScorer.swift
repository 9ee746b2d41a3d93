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

    init(_ terms: [QueryPlan.ScoredTerm], finder: TermFinder, spans: SegmentSpans) throws(FormatError) {
        segments = finder.segments
        self.spans = spans
        let articles = segments.reduce(0) { $0 + $1.info.articleCount }
        // Single characters say little beside the words they make up.
        let telling = terms.filter { $0.kind != .character }
        for (term, entries) in zip(telling, try finder.find(telling.map(\.key), in: .title)) {
            let documents = entries.reduce(0) { $0 + ($1?.documentCount ?? 0) }
            guard documents > 0 else { continue }
            self.terms.append((term.weight * BM25.inverseFrequency(documents: documents, of: articles), entries))
        }
    }

    /// Whether no title has any of the terms.
    var isEmpty: Bool { terms.isEmpty }

    /// No article earns more.
    var most: Float { terms.reduce(0) { $0 + $1.weight } }

    /// Adds to each of `found`, ascending and all of one segment, what its article's title is worth.
    func addScores(segment: Int, to found: inout [RankedParagraph]) throws(FormatError) {
        guard !found.isEmpty, !terms.isEmpty else { return }
        let reader = segments[segment]
        let owners = try spans.articles(ofParagraphs: found.map { UInt32($0.ordinal) }, segment: segment)
        for term in terms {
            guard let entry = term.entries[segment] else { continue }
            var frequencies = [UInt32](repeating: 0, count: found.count)
            try reader.cursor(entry, field: .title).raise(&frequencies, toFrequenciesIn: owners)
            for index in found.indices where frequencies[index] > 0 {
                let frequency = Float(frequencies[index])
                found[index].score += term.weight * frequency / (frequency + RankingWeights.k1)
            }
        }
    }
}
