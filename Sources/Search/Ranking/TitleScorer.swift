internal import Bytes
internal import InvertedIndex
internal import Model

/// Scores articles by their titles alone: what a title adds to paragraphs that match literally.
///
/// BM25 over titles as documents, without regard to their length, which tells little.
struct TitleScorer {
    private let segments: [SegmentReader]
    /// The terms that stand in any title: what each is worth, and one entry a segment.
    private var terms: [(weight: Float, entries: [TermEntry?])] = []

    /// - Parameter fields: which each segment has.
    init(_ terms: [QueryPlan.ScoredTerm], fields: [Set<Field>], segments: [SegmentReader]) throws(FormatError) {
        self.segments = segments
        guard fields.contains(where: { $0.contains(.title) }) else { return }
        let articles = segments.reduce(0) { $0 + $1.info.articleCount }
        // Single characters say little beside the words they make up.
        for term in terms where term.kind != .character {
            var entries: [TermEntry?] = []
            for segment in segments { entries.append(try segment.find(term.key(.title))) }
            let documents = entries.reduce(0) { $0 + ($1?.documentCount ?? 0) }
            guard documents > 0 else { continue }
            self.terms.append((term.weight * BM25.inverseFrequency(documents: documents, of: articles), entries))
        }
    }

    /// No article earns more.
    var most: Float { terms.reduce(0) { $0 + $1.weight } }

    /// Adds to each of `found`, all of one segment, what its article's title is worth.
    func addScores(segment: Int, to found: inout [RankedParagraph]) throws(FormatError) {
        guard !found.isEmpty, !terms.isEmpty else { return }
        let reader = segments[segment]
        var scores: [UInt32: Float] = [:]
        for term in terms {
            guard let entry = term.entries[segment] else { continue }
            let cursor = try reader.cursor(entry, field: .title)
            while try cursor.next() != PostingsCursor.noMoreDocuments {
                let tf = Float(cursor.frequency)
                scores[cursor.document, default: 0] += term.weight * tf / (tf + RankingWeights.k1)
            }
        }
        guard !scores.isEmpty else { return }
        for index in found.indices {
            let article = try reader.articles.article(ofParagraph: found[index].ordinal)
            found[index].score += scores[UInt32(article)] ?? 0
        }
    }
}
