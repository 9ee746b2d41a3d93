internal import Bytes
internal import InvertedIndex
internal import Model

/// The articles whose titles may hold a sequence of units, by the terms of titles: all that do, and few others.
///
/// Titles have terms of their plain reading only, without positions. In the plain reading a title that holds the sequence has
/// all its bigrams and words. In the healed one words may be put together anew, but ideographs are those of the plain one,
/// less some: a title that holds the sequence in either has each of its ideographs.
struct TitleCandidates {
    private let segments: [SegmentReader]
    /// What a title must have, all of it: one list a segment, nil in it where no title of the segment has a term.
    private let terms: [[TermEntry?]]

    /// - Parameters:
    ///   - sequence: folded as the index is.
    ///   - heals: whether the healed reading counts, too.
    /// - Returns: nil where terms do not tell, and any title may hold it.
    init?(_ sequence: UnitSequence, heals: Bool, segments: [SegmentReader]) throws(SearchError) {
        self.segments = segments
        if heals {
            let ideographs = Set(sequence.units.compactMap(\.ideograph)).sorted()
            if ideographs.isEmpty { return nil }
            let keys = ideographs.map { TermKey(field: .title, kind: .character, integer: UInt64($0)) }
            terms = try SearchError.format { () throws(FormatError) in
                try segments.map { (segment) throws(FormatError) in try segment.find(keys) }
            }
        } else {
            let literal = Literal(sequence: sequence, narrowed: nil)
            let chosen = try LiteralTerms(literal, field: .title, segments: segments).chosen
            terms = segments.indices.map { segment in chosen.map { $0.entries[segment] } }
        }
    }

    /// Calls `body` with each of them in a segment, ascending. O(titles that hold the rarest term).
    func forEach(inSegment segment: Int, _ body: (_ article: Int) -> Void) throws(FormatError) {
        let reader = segments[segment]
        var parts: [SequenceCursor.Part] = []
        for entry in terms[segment] {
            guard let entry, let cursor = TermCursor([try reader.cursor(entry, field: .title)]) else { return }
            parts.append(SequenceCursor.Part(cursor, offset: nil))
        }
        let cursor = SequenceCursor(parts)
        while try cursor.next() != PostingsCursor.noMoreDocuments { body(Int(cursor.document)) }
    }
}

extension UnitSequence.Unit {
    /// The scalar, if it is an ideograph: no mark that an accident left out could have made it of others.
    fileprivate var ideograph: UInt32? {
        switch self {
        case .han(let scalar) where (0x3400...0x9FFF).contains(scalar) || (0x20000...0x3FFFF).contains(scalar):
            scalar
        default: nil
        }
    }
}
