internal import Bytes
internal import InvertedIndex
internal import Model

/// Walks the paragraphs of a segment in one of whose readings a sequence of units stands literally.
///
/// Terms with positions (bigrams, words) must stand at the sequence's distances. What positions cannot settle,
/// a lone Han character beside a mark or word, or whether a gap of one is a mark, is settled by reading the
/// candidate's stored text, so that the answer is exactly that of a scan.
final class ReadingCursor {
    /// A term of the sequence with the place at which it stands.
    private struct Anchor {
        let cursor: TermCursor
        /// Offset in the sequence; nil for a term without positions.
        let offset: UInt32?
    }

    /// The paragraph the cursor is on; ``PostingsCursor/noMoreDocuments`` at the end.
    private(set) var document: UInt32 = 0
    /// Occurrences in it.
    private(set) var frequency: UInt32 = 0
    /// Paragraphs of the rarest term: at least as many as will be found.
    let candidateCount: Int

    private let anchors: [Anchor]
    /// Those with positions, and whether these have to be compared.
    private let placed: [Anchor]
    private let needsAlignment: Bool
    private let verifier: LiteralVerifier?
    /// Whether ``document`` means anything yet.
    private var hasStarted = false
    private var starts: [UInt32] = []
    private var positions: [UInt32] = []

    /// - Parameter verifier: reads stored text; used when the sequence needs it.
    /// - Returns: nil when the segment lacks a term of the sequence.
    init?(_ literal: LiteralTerms, segment: Int, verifier: LiteralVerifier) throws(FormatError) {
        var anchors: [Anchor] = []
        for term in literal.chosen {
            guard let cursor = try TermCursor(term, literal, segment: segment) else { return nil }
            anchors.append(Anchor(cursor: cursor, offset: term.offset))
        }
        // The rarest leads; among positions, it also proposes the places.
        anchors.sort { $0.cursor.documentCount < $1.cursor.documentCount }
        self.anchors = anchors
        self.verifier = literal.needsText ? verifier : nil
        placed = anchors.filter { $0.offset != nil }
        needsAlignment = placed.count > 1
        candidateCount = anchors.first?.cursor.documentCount ?? 0
    }

    /// Moves to the next paragraph.
    @discardableResult
    func next() throws(SearchError) -> UInt32 {
        try settle { () throws(FormatError) in try anchors[0].cursor.next() }
    }

    /// Moves to the first paragraph that is not before `target`; stays when it is there already.
    @discardableResult
    func seek(_ target: UInt32) throws(SearchError) -> UInt32 {
        // Settled already: matching again would decode positions, or even read text, for the same answer.
        if hasStarted, document >= target { return document }
        return try settle { () throws(FormatError) in try anchors[0].cursor.seek(target) }
    }

    /// The positions in the current paragraph at which the sequence can stand, ascending: no others. Nil when positions do
    /// not tell.
    func possibleStarts() throws(FormatError) -> [UInt32]? {
        if needsAlignment { return starts }
        guard let only = placed.first, let offset = only.offset else { return nil }
        try only.cursor.positions(into: &positions)
        return positions.filter { $0 >= offset }.map { $0 - offset }
    }

    /// Takes the leader's document and goes on to the first at which everything agrees.
    private func settle(_ move: () throws(FormatError) -> UInt32) throws(SearchError) -> UInt32 {
        hasStarted = true
        var candidate = try SearchError.format(move)
        while candidate != PostingsCursor.noMoreDocuments {
            if let further = try SearchError.format({ () throws(FormatError) in try disagreement(candidate) }) {
                candidate = try SearchError.format { () throws(FormatError) in try anchors[0].cursor.seek(further) }
                continue
            }
            if try matches(candidate) {
                document = candidate
                return candidate
            }
            candidate = try SearchError.format { () throws(FormatError) in try anchors[0].cursor.next() }
        }
        document = candidate
        frequency = 0
        return candidate
    }

    /// The next document that some term allows, when one of them is not in `candidate`; nil when all are.
    private func disagreement(_ candidate: UInt32) throws(FormatError) -> UInt32? {
        // By index: iterating would retain and release each anchor for each candidate.
        for index in 1..<max(1, anchors.count) {
            let found = try anchors[index].cursor.seek(candidate)
            if found != candidate { return found }
        }
        return nil
    }

    private func matches(_ candidate: UInt32) throws(SearchError) -> Bool {
        let count = try SearchError.format { () throws(FormatError) in try alignedOccurrences() }
        guard let count else {
            // One term, and it is the whole sequence.
            frequency = anchors[0].cursor.frequency
            return true
        }
        guard count > 0 else { return false }
        frequency = UInt32(count)
        guard let verifier else { return true }
        frequency = UInt32(try verifier.occurrences(inParagraph: Int(candidate)))
        return frequency > 0
    }

    /// Places at which all terms with positions agree; nil when there is nothing to align.
    private func alignedOccurrences() throws(FormatError) -> Int? {
        guard needsAlignment else { return verifier == nil ? nil : 1 }
        starts.removeAll(keepingCapacity: true)
        for index in placed.indices {
            let offset = placed[index].offset!
            try placed[index].cursor.positions(into: &positions)
            if index == 0 {
                for position in positions where position >= offset { starts.append(position - offset) }
            } else {
                keepStarts(followedAt: offset)
            }
            if starts.isEmpty { return 0 }
        }
        return starts.count
    }

    /// Keeps the starts that have `positions` at `offset`; both ascend.
    private func keepStarts(followedAt offset: UInt32) {
        var kept = 0
        var next = 0
        for start in starts {
            while next < positions.count, positions[next] < start + offset { next += 1 }
            guard next < positions.count else { break }
            if positions[next] == start + offset {
                starts[kept] = start
                kept += 1
            }
        }
        starts.removeLast(starts.count - kept)
    }
}
