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

    private let model: BM25
    /// Lengths of the segment's paragraphs.
    private let lengths: LengthTable
    /// Of the impacts of its postings.
    private let scale: ImpactScale

    /// - Parameter segment: whose paragraphs are walked.
    init(model: BM25, segment: SegmentReader) {
        self.model = model
        lengths = segment.articles.paragraphLengths
        scale = segment.paragraphScale
    }

    /// Hands each paragraph that matches all of `clauses` to `hits`, ascending, with its score.
    @inline(__always)
    func collect(_ clauses: [Clause], into hits: inout some HitCollector) throws(SearchError) {
        if clauses.count == 1, let (sequence, other) = clauses[0].cursor.sequences {
            do throws(FormatError) {
                try collectBatches(sequence, other, weight: clauses[0].weight, into: &hits)
            } catch {
                throw .format(error)
            }
        } else if clauses.count == 1 {
            try collectMatches(clauses[0], into: &hits)
        } else {
            try collectAgreements(clauses, into: &hits)
        }
    }

    /// The same for one sequence that is found without texts: many at a time. Where it is one term, blocks need not be unpacked
    /// that are known to have nothing good enough.
    ///
    /// - Parameter other: of the other reading, which has fewer by far.
    @inline(__always)
    private func collectBatches(
        _ sequence: SequenceCursor, _ other: SequenceCursor?, weight: Float, into hits: inout some HitCollector
    ) throws(FormatError) {
        let only = sequence.only
        let shares = model.tables.paragraphs
        let codes = try lengths.checked()
        // SAFETY: room for what is found at once, which is no more than a block, of postings or of matches.
        let scores = unsafe UnsafeMutablePointer<Float>.plain(capacity: BitPacking.blockSize)
        defer { unsafe scores.freePlain() }
        var next = try other?.next() ?? PostingsCursor.noMoreDocuments
        var number = 0
        /// Passes over blocks, where there are any and it can be done.
        func passesOver(_ blocks: PostingsCursor.Summary?, _ hits: inout some HitCollector) throws(FormatError)
            -> Bool
        {
            guard let blocks, next > blocks.range.upperBound else { return false }
            let most = weight * scale.bound(blocks.impact, average: model.averageLength)
            let range = Int(blocks.range.lowerBound)...Int(blocks.range.upperBound)
            guard try hits.passesOver(blocks.count, in: range, atMost: most) else { return false }
            number += blocks.blocks
            return true
        }
        while true {
            if let only {
                if try passesOver(try only.summary(ofGroupFrom: number), &hits) { continue }
                if try passesOver(try only.summary(ofBlock: number), &hits) { continue }
            }
            let found =
                if let only { try unsafe only.postings(ofBlock: number) } else { try unsafe sequence.matches() }
            guard let (documents, frequencies) = unsafe found else { break }
            number += 1
            // SAFETY: both are of one count, and the index below it.
            guard let last = unsafe documents.last else { continue }
            if next > last {
                for index in 0..<documents.count {
                    let (document, frequency) = unsafe (Int(documents[index]), frequencies[index])
                    unsafe scores[index] = weight * shares.share(frequency, codes[document])
                }
                try unsafe hits.add(documents, scores)
                continue
            }
            for index in 0..<documents.count {
                let document = unsafe documents[index]
                var frequency = unsafe frequencies[index]
                while next < document, let other {
                    try hits.add(Int(next), weight * shares.share(other.frequency, codes[Int(next)]))
                    next = try other.next()
                }
                if next == document, let other {
                    frequency = max(frequency, other.frequency)
                    next = try other.next()
                }
                try hits.add(Int(document), weight * shares.share(frequency, codes[Int(document)]))
            }
        }
        while next != PostingsCursor.noMoreDocuments, let other {
            try hits.add(Int(next), weight * shares.share(other.frequency, codes[Int(next)]))
            next = try other.next()
        }
    }

    /// The same for one sequence, one after the other.
    @inline(__always)
    private func collectMatches(_ clause: Clause, into hits: inout some HitCollector) throws(SearchError) {
        let shares = model.tables.paragraphs
        let codes = try SearchError.format { () throws(FormatError) in try lengths.checked() }
        let (cursor, weight) = (clause.cursor, clause.weight)
        var document = Int(try cursor.next())
        while document != PostingsCursor.noMoreDocuments {
            let score = weight * shares.share(cursor.frequency, codes[document])
            do throws(FormatError) { try hits.add(document, score) } catch { throw .format(error) }
            document = Int(try cursor.next())
        }
    }

    /// The same for several.
    @inline(__always)
    private func collectAgreements(_ clauses: [Clause], into hits: inout some HitCollector) throws(SearchError) {
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
            do throws(FormatError) { try hits.add(Int(document), score) } catch { throw .format(error) }
            document = try leader.next()
        }
    }
}
