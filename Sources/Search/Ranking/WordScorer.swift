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

    /// Adds to each of `found`, ascending and all of one segment, what its words are worth.
    func addScores(segment: Int, to found: inout [RankedParagraph]) throws(FormatError) {
        guard !found.isEmpty, !words.isEmpty else { return }
        let reader = segments[segment]
        let ordinals = found.map { UInt32($0.ordinal) }
        let codes = try reader.articles.paragraphLengths.checked()
        let shares = model.tables.paragraphs
        for word in words {
            // Where it stands more often in one reading than in the other, the former counts.
            var frequencies = [UInt32](repeating: 0, count: found.count)
            for (entry, field) in [(word.bodies[segment], Field.body), (word.healed[segment], .healed)] {
                guard let entry else { continue }
                try reader.cursor(entry, field: field).raise(&frequencies, toFrequenciesIn: ordinals)
            }
            for index in found.indices where frequencies[index] > 0 {
                found[index].score += word.weight * shares.share(frequencies[index], codes[found[index].ordinal])
            }
        }
    }
}
