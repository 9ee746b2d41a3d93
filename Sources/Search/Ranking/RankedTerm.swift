internal import Bytes
internal import InvertedIndex
internal import Model

/// A term of a best-match query, looked up in every segment.
struct RankedTerm {
    let term: QueryPlan.ScoredTerm
    /// What it is worth over the whole index: its weight in the query times its idf, `k1 + 1` included.
    let weight: Float
    /// Paragraphs, or articles by their titles, that hold it: the greater of both.
    let documentCount: Int
    /// One a segment.
    let bodies: [TermEntry?]
    let titles: [TermEntry?]
    let healed: [TermEntry?]

    /// - Parameters:
    ///   - fields: which each segment has, and are to count.
    /// - Returns: nil when no segment has the term.
    init?(_ term: QueryPlan.ScoredTerm, fields: [Set<Field>], model: BM25, segments: [SegmentReader])
        throws(FormatError)
    {
        func entries(_ field: Field) throws(FormatError) -> [TermEntry?] {
            let key = term.key(field)
            var entries: [TermEntry?] = []
            for (segment, fields) in zip(segments, fields) {
                entries.append(fields.contains(field) ? try segment.find(key) : nil)
            }
            return entries
        }
        self.term = term
        bodies = try entries(.body)
        titles = try entries(.title)
        healed = try entries(.healed)
        documentCount = [bodies, titles, healed].map(Self.documents).max() ?? 0
        weight = term.weight * model.weight(documents: documentCount)
        if documentCount == 0 { return nil }
    }

    private static func documents(_ entries: [TermEntry?]) -> Int {
        entries.reduce(0) { $0 + ($1?.documentCount ?? 0) }
    }

    /// Paragraphs whose plain text holds it, deleted ones included.
    var bodyCount: Int { Self.documents(bodies) }

    /// Postings of all fields in a segment.
    func postingCount(_ segment: Int) -> Int {
        [bodies[segment], titles[segment], healed[segment]].reduce(0) { $0 + ($1?.documentCount ?? 0) }
    }

    /// The most that the term can add to the score of a paragraph of a segment, its article's part included.
    ///
    /// - Parameters:
    ///   - reader: of the segment.
    ///   - average: length of a paragraph in the whole index.
    func bound(_ segment: Int, of reader: SegmentReader, average: Float) throws(FormatError) -> Float {
        let body = try bodies[segment].map { (entry) throws(FormatError) in
            reader.paragraphScale.bound(try reader.greatestImpact(entry), average: average)
        }
        // What another field adds to a frequency is not known of the impacts.
        let isPlain = titles[segment] == nil && healed[segment] == nil
        if isPlain, body == nil { return 0 }
        return weight * ((isPlain ? body ?? 1 : 1) + RankingWeights.article)
    }
}
