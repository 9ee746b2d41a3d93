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

    /// - Parameter fields: which each segment has, and are to count.
    init(_ terms: [QueryPlan.ScoredTerm], fields: [Set<Field>], model: BM25, segments: [SegmentReader])
        throws(FormatError)
    {
        self.segments = segments
        self.model = model
        words = try RankedTerm.find(
            terms.filter { $0.kind == .pair || $0.kind == .hanWord }, fields: fields, model: model,
            segments: segments)
    }

    /// No paragraph earns more.
    var most: Float { words.reduce(0) { $0 + $1.weight } }

    /// Adds to each of `found`, ascending and all of one segment, what its words are worth.
    func addScores(segment: Int, to found: inout [RankedParagraph]) throws(FormatError) {
        guard !found.isEmpty, !words.isEmpty else { return }
        let reader = segments[segment]
        let codes = try reader.articles.paragraphLengths.checked()
        let shares = model.tables.paragraphs
        var frequencies: [UInt32] = []
        for word in words {
            frequencies.removeAll(keepingCapacity: true)
            frequencies.append(contentsOf: repeatElement(0, count: found.count))
            for (entry, field) in [(word.bodies[segment], Field.body), (word.healed[segment], .healed)] {
                guard let entry else { continue }
                let cursor = try reader.cursor(entry, field: field)
                try Self.read(cursor, entry.documentCount, at: found, into: &frequencies)
            }
            for index in found.indices where frequencies[index] > 0 {
                found[index].score += word.weight * shares.share(frequencies[index], codes[found[index].ordinal])
            }
        }
    }

    /// Reads how often a term stands in some paragraphs; where it stood more often in another reading, that stays.
    private static func read(
        _ cursor: PostingsCursor, _ documentCount: Int, at found: [RankedParagraph],
        into frequencies: inout [UInt32]
    ) throws(FormatError) {
        // Walking a block takes about as long as some seeks.
        guard found.count > documentCount / 8 else {
            for index in found.indices {
                let ordinal = UInt32(found[index].ordinal)
                guard try cursor.seek(ordinal) == ordinal else { continue }
                frequencies[index] = max(frequencies[index], cursor.frequency)
            }
            return
        }
        var next = 0
        try unsafe cursor.forEachBlock { documents, counts in
            for place in 0..<documents.count {
                let document = unsafe Int(documents[place])
                while next < found.count, found[next].ordinal < document { next += 1 }
                guard next < found.count else { return }
                if found[next].ordinal == document {
                    frequencies[next] = max(frequencies[next], unsafe counts[place])
                }
            }
        }
    }
}
