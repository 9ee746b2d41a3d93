internal import Bytes
internal import InvertedIndex
internal import Model

/// The articles whose titles may hold a sequence of units, by the terms of titles: all that do, and few others.
///
/// Titles have terms of their plain reading only, without positions. In the plain reading a title that holds the sequence has
/// all its bigrams and words. In the healed one words may be put together anew, but an ideograph is one of the plain reading, or
/// comes of a character reference, `&#20013;`, whose number is a word there.
struct TitleCandidates {
    /// Words looked at for those that may be references, at most.
    private static let wordLimit = 4096

    private let segments: [SegmentReader]
    /// What a title must have, all of it: one list a segment, nil in it where no title of the segment has a term.
    private let required: [[TermEntry?]]
    /// Words any of which will do as well; one list a segment.
    private let references: [[TermEntry]]

    /// - Parameters:
    ///   - sequence: folded as the index is.
    ///   - isVerbatim: whether a title that holds it has it so in its plain reading, neither healed nor at a narrower fold.
    /// - Returns: nil where terms do not tell, and any title may hold it.
    init?(_ sequence: UnitSequence, isVerbatim: Bool, finder: TermFinder) throws(SearchError) {
        segments = finder.segments
        if isVerbatim {
            let literal = Literal(sequence: sequence, narrowed: nil)
            let parts = try LiteralParts(literal, in: [.title], finder: finder)
            let chosen = try LiteralTerms(parts, field: .title).chosen
            required = segments.indices.map { segment in chosen.map { $0.entries[segment] } }
            references = segments.map { _ in [] }
            return
        }
        let ideographs = Set(sequence.units.compactMap(\.ideograph)).sorted()
        if ideographs.isEmpty { return nil }
        let keys = ideographs.map { TermKey(field: .body, kind: .character, integer: UInt64($0)) }
        var references: [[TermEntry]] = []
        do throws(FormatError) {
            for segment in segments {
                guard let words = try Self.references(in: segment) else { return nil }
                references.append(words)
            }
            let found = try finder.find(keys, in: .title)
            required = segments.indices.map { segment in found.map { $0[segment] } }
        } catch {
            throw .format(error)
        }
        self.references = references
    }

    /// The words of titles that may be the number of a reference to an ideograph; nil when there are too many words to tell.
    private static func references(in segment: SegmentReader) throws(FormatError) -> [TermEntry]? {
        var found: [TermEntry] = []
        var left = wordLimit
        for first in Array("0123456789x".utf8) {
            let words = try segment.words(withPrefix: [first], field: .title, limit: left)
            left -= words.count
            if left == 0 { return nil }
            for word in words where isReference(word.word) { found.append(word.entry) }
        }
        return found
    }

    /// Whether a word is `20013`, or `x4e2d` for the same: as long as the number of an ideograph is, with zeros before it perhaps.
    private static func isReference(_ word: [UInt8]) -> Bool {
        let digits = word.drop { $0 == UInt8(ascii: "x") }
        guard (4...7).contains(digits.count) else { return false }
        let isDecimal = digits.count == word.count
        return digits.allSatisfy { (0x30...0x39).contains($0) || !isDecimal && (0x61...0x66).contains($0) }
            && (!isDecimal || digits.count > 4)
    }

    /// Calls `body` with each of them in a segment, some more than once. O(titles that hold the rarest term, or a number).
    func forEach(inSegment segment: Int, _ body: (_ article: Int) -> Void) throws(FormatError) {
        let reader = segments[segment]
        for entry in references[segment] {
            let cursor = try reader.cursor(entry, field: .title)
            while try cursor.next() != PostingsCursor.noMoreDocuments { body(Int(cursor.document)) }
        }
        var parts: [SequenceCursor.Part] = []
        for entry in required[segment] {
            guard let entry, let cursor = TermCursor([try reader.cursor(entry, field: .title)]) else { return }
            parts.append(SequenceCursor.Part(cursor, offset: nil))
        }
        let cursor = SequenceCursor(parts)
        while try cursor.next() != PostingsCursor.noMoreDocuments { body(Int(cursor.document)) }
    }
}

extension UnitSequence.Unit {
    /// The scalar, if it is an ideograph, which nothing but itself, folded, becomes.
    fileprivate var ideograph: UInt32? {
        switch self {
        case .han(let scalar) where (0x3400...0x9FFF).contains(scalar) || (0x20000...0x3FFFF).contains(scalar):
            scalar
        default: nil
        }
    }
}
