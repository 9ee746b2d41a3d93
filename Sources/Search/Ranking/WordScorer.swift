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
    private var words: [RankedTerm] = []

    /// - Parameter fields: which each segment has, and are to count.
    init(_ terms: [QueryPlan.ScoredTerm], fields: [Set<Field>], model: BM25, segments: [SegmentReader])
        throws(FormatError)
    {
        self.segments = segments
        self.model = model
        for term in terms where term.kind == .pair || term.kind == .hanWord {
            let word = try RankedTerm(term, fields: fields, model: model, segments: segments)
            if let word { words.append(word) }
        }
    }

    /// No paragraph earns more.
    var most: Float { words.reduce(0) { $0 + $1.weight } }

    /// Adds to each of `found`, ascending and all of one segment, what its words are worth.
    func addScores(segment: Int, to found: inout [RankedParagraph]) throws(FormatError) {
        guard !found.isEmpty, !words.isEmpty else { return }
        let reader = segments[segment]
        let lengths = reader.articles.paragraphLengths
        for word in words {
            var cursors: [PostingsCursor] = []
            if let entry = word.bodies[segment] { cursors.append(try reader.cursor(entry, field: .body)) }
            if let entry = word.healed[segment] { cursors.append(try reader.cursor(entry, field: .healed)) }
            guard !cursors.isEmpty else { continue }
            for index in found.indices {
                let ordinal = UInt32(found[index].ordinal)
                var frequency: UInt32 = 0
                for cursor in cursors where try cursor.seek(ordinal) == ordinal {
                    frequency = max(frequency, cursor.frequency)
                }
                guard frequency > 0 else { continue }
                let length = try lengths.length(of: Int(ordinal))
                found[index].score += word.weight * model.share(frequency: Float(frequency), length: length)
            }
        }
    }
}
