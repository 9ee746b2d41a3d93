internal import Bytes
internal import InvertedIndex
internal import Model

/// Scores every document that holds any of a plan's terms, one segment at a time.
///
/// Exhaustive: adds each posting's share into an array of one score a document. Exact by construction.
struct DisjunctionScorer {
    /// A term with what it is worth over the whole index, and where each segment keeps it.
    private struct Weighted {
        var weight: Float
        var entries: [TermEntry?]
    }

    private let segments: [SegmentReader]
    private let model: BM25
    private let field: Field
    private let terms: [Weighted]

    init(_ terms: [QueryPlan.ScoredTerm], field: Field, segments: [SegmentReader]) throws(FormatError) {
        self.segments = segments
        self.field = field
        let model = BM25(segments, field: field)
        self.model = model
        var weighted: [Weighted] = []
        for term in terms {
            var entries: [TermEntry?] = []
            for segment in segments { entries.append(try segment.find(term.keys[Int(field.rawValue)])) }
            let documents = entries.reduce(0) { $0 + ($1?.documentCount ?? 0) }
            guard documents > 0 else { continue }
            weighted.append(Weighted(weight: term.weight * model.weight(documents: documents), entries: entries))
        }
        self.terms = weighted
    }

    /// Adds to `scores` what each document of a segment gets.
    ///
    /// - Parameter scores: one element a paragraph, or an article for titles.
    /// - Returns: false when the segment holds none of the terms.
    func addScores(segment: Int, to scores: inout [Float]) throws(FormatError) -> Bool {
        let reader = segments[segment]
        let lengths = field == .body ? reader.articles.paragraphLengths : reader.articles.titleLengths
        precondition(lengths.count == scores.count)
        var found = false
        for term in terms {
            guard let entry = term.entries[segment] else { continue }
            found = true
            let cursor = try reader.cursor(entry, field: field)
            let (weight, model) = (term.weight, model)
            unsafe try scores.withUnsafeMutableBufferPointer { (scores) throws(FormatError) in
                unsafe try lengths.withUnsafeBytes { (lengths) throws(FormatError) in
                    try unsafe cursor.forEachBlock { documents, frequencies in
                        // SAFETY: the cursor keeps documents below the segment's count, which both arrays have.
                        for index in documents.indices {
                            let document = unsafe Int(documents[index])
                            let length = unsafe lengths.loadUnaligned(
                                fromByteOffset: document &* 2, as: UInt16.self
                            ).littleEndian
                            unsafe scores[document] += weight
                                * model.share(frequency: frequencies[index], length: Int(length))
                        }
                    }
                }
            }
        }
        return found
    }
}
