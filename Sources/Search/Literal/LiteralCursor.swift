internal import Bytes
internal import InvertedIndex
internal import Model
internal import Tokenizer

/// A keyword looked up in the readings to be searched.
struct LiteralClause {
    let plain: LiteralTerms
    /// Nil where healed readings are left out.
    let healed: LiteralTerms?

    init(_ literal: Literal, heals: Bool, segments: [SegmentReader]) throws(FormatError) {
        plain = try LiteralTerms(literal, field: .body, segments: segments)
        healed = heals ? try LiteralTerms(literal, field: .healed, segments: segments) : nil
    }

    /// Paragraphs of the rarest term: what the keyword's own count is estimated by.
    var documentCount: Int { max(plain.documentCount, healed?.documentCount ?? 0) }
}

/// Walks the paragraphs of a segment in which a sequence of units stands literally, in their plain reading or their
/// healed one.
final class LiteralCursor {
    /// One or two, one a reading.
    private let readings: [ReadingCursor]
    /// The paragraph the cursor is on; ``PostingsCursor/noMoreDocuments`` at the end.
    private(set) var document: UInt32 = 0
    private var hasStarted = false

    /// - Returns: nil when the segment cannot hold the sequence.
    init?(_ clause: LiteralClause, segment: Int, analyzer: Analyzer) throws(FormatError) {
        var readings: [ReadingCursor] = []
        for terms in [clause.plain, clause.healed].compactMap({ $0 }) {
            let verifier = LiteralVerifier(terms, segment: segment, analyzer: analyzer)
            if let cursor = try ReadingCursor(terms, segment: segment, verifier: verifier) {
                readings.append(cursor)
            }
        }
        guard !readings.isEmpty else { return nil }
        self.readings = readings
    }

    /// At least as many paragraphs as will be found.
    var candidateCount: Int { readings.reduce(0) { $0 + $1.candidateCount } }

    /// Occurrences in the paragraph: those of the reading that has more.
    var frequency: UInt32 {
        readings.reduce(0) { max($0, $1.document == document ? $1.frequency : 0) }
    }

    /// Moves to the next paragraph.
    @discardableResult
    func next() throws(SearchError) -> UInt32 {
        for index in readings.indices where !hasStarted || readings[index].document == document {
            try readings[index].next()
        }
        return settle()
    }

    /// Moves to the first paragraph that is not before `target`; stays when it is there already.
    @discardableResult
    func seek(_ target: UInt32) throws(SearchError) -> UInt32 {
        if hasStarted, document >= target { return document }
        for index in readings.indices { try readings[index].seek(target) }
        return settle()
    }

    private func settle() -> UInt32 {
        hasStarted = true
        document = readings[0].document
        if readings.count > 1 { document = min(document, readings[1].document) }
        return document
    }
}
