internal import Bytes
internal import InvertedIndex

/// Walks the paragraphs of a segment for which an expression holds, and scores them.
///
/// A score is the sum over the leaves that are to be found and whose branch holds, in the order of the query: it depends
/// on neither the segment nor the way that was taken.
class ParagraphCursor {
    /// The paragraph the cursor is on; ``PostingsCursor/noMoreDocuments`` at the end. Meaningless before the first
    /// ``seek(_:)``.
    fileprivate(set) var document: UInt32 = 0
    private var hasStarted = false

    /// At least as many paragraphs as will be found.
    var candidateCount: Int { preconditionFailure("every cursor has its own") }

    /// Moves to the first paragraph that is not before `target`; stays when it is there already.
    @discardableResult
    final func seek(_ target: UInt32) throws(SearchError) -> UInt32 {
        if hasStarted, document >= target { return document }
        hasStarted = true
        document = try find(target)
        return document
    }

    /// Moves to the first paragraph, or to the next one.
    final func next() throws(SearchError) -> UInt32 {
        if document == PostingsCursor.noMoreDocuments { return document }
        return try seek(hasStarted ? document + 1 : 0)
    }

    /// The first paragraph from `target` on, which is beyond ``document``.
    fileprivate func find(_ target: UInt32) throws(SearchError) -> UInt32 {
        preconditionFailure("every cursor has its own")
    }

    /// What the current paragraph earns.
    ///
    /// - Parameter length: of the paragraph.
    func score(_ model: BM25, length: Int) -> Float { preconditionFailure("every cursor has its own") }
}

/// A literal.
final class LeafCursor: ParagraphCursor {
    private let cursor: LiteralCursor
    private let weight: Float

    init(_ cursor: LiteralCursor, weight: Float) {
        self.cursor = cursor
        self.weight = weight
    }

    override var candidateCount: Int { cursor.candidateCount }

    override fileprivate func find(_ target: UInt32) throws(SearchError) -> UInt32 { try cursor.seek(target) }

    override func score(_ model: BM25, length: Int) -> Float {
        weight * model.share(frequency: Float(cursor.frequency), length: length)
    }
}

/// Two literals near each other. Positions count marks, which distances do not, so the stored text decides where they
/// leave it open.
final class NearCursor: ParagraphCursor {
    private let first: LiteralCursor
    private let second: LiteralCursor
    private let verifier: NearVerifier
    private let weight: Float
    private var frequency = 0

    init(_ first: LiteralCursor, _ second: LiteralCursor, verifier: NearVerifier, weight: Float) {
        self.first = first
        self.second = second
        self.verifier = verifier
        self.weight = weight
    }

    override var candidateCount: Int { min(first.candidateCount, second.candidateCount) }

    override fileprivate func find(_ target: UInt32) throws(SearchError) -> UInt32 {
        var candidate = try first.seek(target)
        while candidate != PostingsCursor.noMoreDocuments {
            let other = try second.seek(candidate)
            if other == candidate {
                let isPossible = try SearchError.format { () throws(FormatError) in try mayBeNear() }
                frequency = isPossible ? try verifier.occurrences(inParagraph: Int(candidate)) : 0
                if frequency > 0 { return candidate }
                candidate = try first.seek(candidate + 1)
            } else {
                candidate = try first.seek(other)
            }
        }
        return candidate
    }

    /// Whether the two may be near in the paragraph that both are on.
    private func mayBeNear() throws(FormatError) -> Bool {
        let (one, other) = (first.current, second.current)
        for (one, other) in [(one.plain, other.plain), (one.healed, other.healed)] {
            guard let one, let other else { continue }
            guard let starts = try one.possibleStarts(), let others = try other.possibleStarts() else {
                return true
            }
            if verifier.leaf.mayBeNear(starts, others) { return true }
        }
        return false
    }

    override func score(_ model: BM25, length: Int) -> Float {
        weight * model.share(frequency: Float(frequency), length: length)
    }
}

/// All of some cursors, and none of others.
final class EveryCursor: ParagraphCursor {
    /// In the order of the query.
    private let parts: [ParagraphCursor]
    /// The rarest first.
    private let ordered: [ParagraphCursor]
    private let except: [ParagraphCursor]

    /// - Parameter parts: not empty.
    init(_ parts: [ParagraphCursor], except: [ParagraphCursor]) {
        self.parts = parts
        ordered = parts.sorted { $0.candidateCount < $1.candidateCount }
        self.except = except
    }

    override var candidateCount: Int { ordered[0].candidateCount }

    override fileprivate func find(_ target: UInt32) throws(SearchError) -> UInt32 {
        var candidate = try ordered[0].seek(target)
        search: while candidate != PostingsCursor.noMoreDocuments {
            for part in ordered.dropFirst() {
                let found = try part.seek(candidate)
                if found != candidate {
                    candidate = try ordered[0].seek(found)
                    continue search
                }
            }
            for part in except where try part.seek(candidate) == candidate {
                candidate = try ordered[0].seek(candidate + 1)
                continue search
            }
            return candidate
        }
        return candidate
    }

    override func score(_ model: BM25, length: Int) -> Float {
        parts.reduce(0) { $0 + $1.score(model, length: length) }
    }
}

/// At least one of some cursors.
final class SomeCursor: ParagraphCursor {
    /// In the order of the query.
    private let parts: [ParagraphCursor]
    /// Those that have not ended: others need not be asked again and again.
    private var open: [ParagraphCursor]

    /// - Parameter parts: not empty.
    init(_ parts: [ParagraphCursor]) {
        self.parts = parts
        open = parts
    }

    override var candidateCount: Int { parts.reduce(0) { $0 + $1.candidateCount } }

    override fileprivate func find(_ target: UInt32) throws(SearchError) -> UInt32 {
        var least = PostingsCursor.noMoreDocuments
        var hasEnded = false
        for part in open {
            let found = try part.seek(target)
            if found == PostingsCursor.noMoreDocuments { hasEnded = true }
            least = min(least, found)
        }
        if hasEnded { open.removeAll { $0.document == PostingsCursor.noMoreDocuments } }
        return least
    }

    override func score(_ model: BM25, length: Int) -> Float {
        // Of those that have ended none is on this paragraph.
        open.reduce(0) { $1.document == document ? $0 + $1.score(model, length: length) : $0 }
    }
}
