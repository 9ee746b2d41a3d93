internal import Bytes
internal import InvertedIndex

/// Walks the paragraphs in which several sequences stand, and scores them.
///
/// A sequence is scored with BM25 as if it were a term; its document count is that of its rarest term, which
/// needs no second pass.
struct LiteralScorer {
    struct Clause {
        var cursor: LiteralCursor
        var weight: Float
    }

    let model: BM25
    /// Lengths of the segment's paragraphs.
    let lengths: LengthTable

    /// Calls `body` with each paragraph that matches all of `clauses`, ascending, and its score.
    func forEachMatch(_ clauses: [Clause], _ body: (_ ordinal: Int, _ score: Float) -> Void) throws(SearchError) {
        let ordered = clauses.sorted { $0.cursor.candidateCount < $1.cursor.candidateCount }
        guard let leader = ordered.first else { return }
        var document = try leader.cursor.next()
        search: while document != PostingsCursor.noMoreDocuments {
            for clause in ordered.dropFirst() {
                let found = try clause.cursor.seek(document)
                if found != document {
                    document = try leader.cursor.seek(found)
                    continue search
                }
            }
            let length = try SearchError.format { () throws(FormatError) in try lengths.length(of: Int(document)) }
            // In the order of the query, so that the sum does not depend on the segment.
            let score = clauses.reduce(Float(0)) { sum, clause in
                sum + clause.weight * model.share(frequency: Float(clause.cursor.frequency), length: length)
            }
            body(Int(document), score)
            document = try leader.cursor.next()
        }
    }
}
