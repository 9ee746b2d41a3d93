internal import Bytes
internal import InvertedIndex
internal import Model
internal import Tokenizer

/// A keyword looked up in the readings to be searched. A class, since each segment is searched by it.
final class LiteralClause {
    let plain: LiteralTerms
    /// Nil where healed readings are left out.
    let healed: LiteralTerms?

    init(_ literal: Literal, heals: Bool, finder: TermFinder) throws(SearchError) {
        let parts = try LiteralParts(literal, in: heals ? [.body, .healed] : [.body], finder: finder)
        plain = try LiteralTerms(parts, field: .body)
        healed = heals ? try LiteralTerms(parts, field: .healed) : nil
    }

    /// Paragraphs of the rarest term: what the keyword's own count is estimated by.
    var documentCount: Int { max(plain.documentCount, healed?.documentCount ?? 0) }
}

/// Walks the paragraphs of a segment in which a sequence of units stands literally, in their plain reading or their
/// healed one.
final class LiteralCursor {
    private let first: ReadingCursor
    /// The other reading's, where both can hold the sequence; else the first again. Neither in an array nor optional:
    /// this is a loop over paragraphs, and a reference that is unwrapped is counted.
    private let second: ReadingCursor
    private let hasTwo: Bool
    /// Whether the first is the healed reading's.
    private let isHealed: Bool
    /// The paragraph the cursor is on; ``PostingsCursor/noMoreDocuments`` at the end.
    private(set) var document: UInt32 = 0
    private var hasStarted = false

    /// - Returns: nil when the segment cannot hold the sequence.
    init?(_ clause: LiteralClause, segment: Int, analyzer: Analyzer) throws(FormatError) {
        func cursor(_ terms: LiteralTerms) throws(FormatError) -> ReadingCursor? {
            try ReadingCursor(terms, segment: segment, analyzer: analyzer)
        }
        let plain = try cursor(clause.plain)
        let healed: ReadingCursor? = if let terms = clause.healed { try cursor(terms) } else { nil }
        guard let first = plain ?? healed else { return nil }
        self.first = first
        second = plain == nil ? first : healed ?? first
        hasTwo = plain != nil && healed != nil
        isHealed = plain == nil
    }

    /// The cursors that find all there is to find by themselves, in one reading and the other; nil where texts are to be looked
    /// at, too.
    var sequences: (SequenceCursor, SequenceCursor?)? {
        guard let sequence = first.sequence else { return nil }
        guard hasTwo else { return (sequence, nil) }
        return second.sequence.map { (sequence, $0) }
    }

    /// Whether one term is the whole sequence, in both readings.
    var isOneTerm: Bool {
        guard let (first, second) = sequences else { return false }
        return first.only != nil && (second == nil || second?.only != nil)
    }

    /// At least as many paragraphs as will be found.
    var candidateCount: Int { first.candidateCount + (hasTwo ? second.candidateCount : 0) }

    /// Occurrences in the paragraph: those of the reading that has more.
    var frequency: UInt32 {
        guard hasTwo else { return first.frequency }
        return max(
            first.document == document ? first.frequency : 0, second.document == document ? second.frequency : 0)
    }

    /// The cursors of the readings in which the sequence stands in the current paragraph.
    var current: (plain: ReadingCursor?, healed: ReadingCursor?) {
        let first = first.document == document ? first : nil
        let second = hasTwo && second.document == document ? second : nil
        return isHealed ? (nil, first) : (first, second)
    }

    /// Moves to the next paragraph.
    @discardableResult
    func next() throws(SearchError) -> UInt32 {
        if hasTwo {
            if !hasStarted || second.document == document { try second.next() }
            if !hasStarted || first.document == document { try first.next() }
        } else {
            try first.next()
        }
        return settle()
    }

    /// Moves to the first paragraph that is not before `target`; stays when it is there already.
    @discardableResult
    func seek(_ target: UInt32) throws(SearchError) -> UInt32 {
        if hasStarted, document >= target { return document }
        try first.seek(target)
        if hasTwo { try second.seek(target) }
        return settle()
    }

    private func settle() -> UInt32 {
        hasStarted = true
        document = min(first.document, second.document)
        return document
    }
}
