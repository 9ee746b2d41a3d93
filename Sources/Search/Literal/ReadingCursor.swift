internal import Bytes
internal import InvertedIndex
internal import Model
internal import Tokenizer

/// Walks the paragraphs of a segment in one of whose readings a sequence of units stands literally.
///
/// Terms with positions (bigrams, words) must stand at the sequence's distances. What positions cannot settle,
/// a lone Han character beside a mark or word, or whether a gap of one is a mark, is settled by reading the
/// candidate's stored text, so that the answer is exactly that of a scan.
final class ReadingCursor {
    /// The paragraph the cursor is on; ``PostingsCursor/noMoreDocuments`` at the end.
    private(set) var document: UInt32 = 0
    /// Occurrences in it.
    private(set) var frequency: UInt32 = 0

    private let terms: SequenceCursor
    private let verifier: LiteralVerifier?
    /// Whether ``document`` means anything yet.
    private var hasStarted = false

    /// - Returns: nil when the segment lacks a term of the sequence.
    init?(_ literal: LiteralTerms, segment: Int, analyzer: Analyzer) throws(FormatError) {
        let reader = literal.segments[segment]
        var parts: [SequenceCursor.Part] = []
        for term in literal.chosen {
            var cursors: [PostingsCursor] = []
            if let words = term.words?[segment] {
                for entry in words { cursors.append(try reader.cursor(entry, field: literal.field)) }
            } else if let entry = term.entries[segment] {
                cursors.append(try reader.cursor(entry, field: literal.field))
            }
            guard let cursor = TermCursor(cursors) else { return nil }
            parts.append(SequenceCursor.Part(cursor, offset: term.offset))
        }
        terms = SequenceCursor(parts)
        verifier = literal.needsText ? LiteralVerifier(literal, segment: segment, analyzer: analyzer) : nil
    }

    /// Paragraphs of the rarest term: at least as many as will be found.
    var candidateCount: Int { terms.candidateCount }

    /// The cursor that finds all there is to find by itself; nil where texts are to be looked at, too.
    var sequence: SequenceCursor? { verifier == nil ? terms : nil }

    /// Moves to the next paragraph.
    @discardableResult
    func next() throws(SearchError) -> UInt32 {
        do throws(FormatError) { document = try terms.next() } catch { throw .format(error) }
        return try settle()
    }

    /// Moves to the first paragraph that is not before `target`; stays when it is there already.
    @discardableResult
    func seek(_ target: UInt32) throws(SearchError) -> UInt32 {
        // Settled already: matching again would decode positions, or even read text, for the same answer.
        if hasStarted, document >= target { return document }
        do throws(FormatError) { document = try terms.seek(target) } catch { throw .format(error) }
        return try settle()
    }

    /// The positions in the current paragraph at which the sequence can stand, ascending: no others. Nil when positions do
    /// not tell.
    func possibleStarts() throws(FormatError) -> [UInt32]? { try terms.possibleStarts() }

    /// Takes the document the terms are on, or the first after it whose text agrees.
    @inline(__always)
    private func settle() throws(SearchError) -> UInt32 {
        hasStarted = true
        frequency = terms.frequency
        if let verifier { try verify(with: verifier) }
        return document
    }

    private func verify(with verifier: LiteralVerifier) throws(SearchError) {
        while document != PostingsCursor.noMoreDocuments {
            frequency = UInt32(try verifier.occurrences(inParagraph: Int(document)))
            if frequency > 0 { return }
            document = try SearchError.format { () throws(FormatError) in try terms.next() }
        }
    }
}
