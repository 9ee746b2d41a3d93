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
    @inline(__always)
    func forEachMatch(_ clauses: [Clause], _ body: (_ ordinal: Int, _ score: Float) -> Void) throws(SearchError) {
        if clauses.count == 1, let (term, other) = clauses[0].cursor.onlyTerms {
            do throws(FormatError) {
                try forEachPosting(term, other, weight: clauses[0].weight, body)
            } catch {
                throw .format(error)
            }
        } else {
            try forEachAgreement(clauses, body)
        }
    }

    /// The same where one term is all there is to match: a block at a time.
    ///
    /// - Parameter other: of the other reading, whose list is the shorter by far.
    @inline(__always)
    private func forEachPosting(
        _ term: PostingsCursor, _ other: PostingsCursor?, weight: Float,
        _ body: (_ ordinal: Int, _ score: Float) -> Void
    ) throws(FormatError) {
        let shares = model.tables.paragraphs
        var next = try other?.next() ?? PostingsCursor.noMoreDocuments
        try unsafe lengths.withUnsafeBytes { (codes) throws(FormatError) in
            // SAFETY: cursors keep documents below the segment's count, which the table has.
            func add(_ document: UInt32, _ frequency: UInt32) {
                let share = unsafe shares.share(frequency, codes[Int(document)])
                body(Int(document), weight * share)
            }
            try unsafe term.forEachBlock { (documents, frequencies) throws(FormatError) in
                guard let last = unsafe documents.last else { return }
                for index in 0..<documents.count {
                    let document = unsafe documents[index]
                    var frequency = unsafe frequencies[index]
                    if next <= last, let other {
                        while next < document {
                            add(next, other.frequency)
                            next = try other.next()
                        }
                        if next == document {
                            frequency = max(frequency, other.frequency)
                            next = try other.next()
                        }
                    }
                    add(document, frequency)
                }
            }
            while next != PostingsCursor.noMoreDocuments, let other {
                add(next, other.frequency)
                next = try other.next()
            }
        }
    }

    @inline(__always)
    private func forEachAgreement(_ clauses: [Clause], _ body: (_ ordinal: Int, _ score: Float) -> Void)
        throws(SearchError)
    {
        let ordered = clauses.sorted { $0.cursor.candidateCount < $1.cursor.candidateCount }
        guard let leader = ordered.first?.cursor else { return }
        let shares = model.tables.paragraphs
        let codes = try SearchError.format { () throws(FormatError) in try lengths.checked() }
        var document = try leader.next()
        search: while document != PostingsCursor.noMoreDocuments {
            for clause in ordered.dropFirst() {
                let found = try clause.cursor.seek(document)
                if found != document {
                    document = try leader.seek(found)
                    continue search
                }
            }
            let code = codes[Int(document)]
            var score: Float = 0
            // In the order of the query, so that the sum does not depend on the segment.
            for clause in clauses { score += clause.weight * shares.share(clause.cursor.frequency, code) }
            body(Int(document), score)
            document = try leader.next()
        }
    }
}
