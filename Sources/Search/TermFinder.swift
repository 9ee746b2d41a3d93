internal import Bytes
internal import InvertedIndex
internal import Model

/// Looks terms up in the segments of an index.
///
/// What a segment has none of, by field and kind, is not looked for: many have few titles, or nothing healed. What was found
/// is kept for the queries that come after: they have many of their terms in common, and looking one up reads pages here and
/// there (``TermShelf``).
struct TermFinder {
    let segments: [SegmentReader]
    /// The first bytes of all keys of each segment, which are of a field and a kind.
    private let beginnings: [Set<UInt8>]
    /// Those of all segments.
    private let anyBeginnings: Set<UInt8>
    private let shelf: TermShelf
    /// The entries of a term that no segment has.
    let absent: [TermEntry?]

    init(_ segments: [SegmentReader]) throws(FormatError) {
        self.segments = segments
        var beginnings: [Set<UInt8>] = []
        for segment in segments { beginnings.append(try segment.beginningsOfTerms()) }
        self.beginnings = beginnings
        anyBeginnings = beginnings.reduce(into: []) { $0.formUnion($1) }
        absent = segments.map { _ in nil }
        shelf = TermShelf(segments: segments.count)
    }

    /// The entries of terms in one field, in their order: for each, one a segment, nil where the segment lacks the term.
    ///
    /// - Parameter terms: their keys in paragraphs.
    func find(_ terms: [TermKey], in field: Field) throws(FormatError) -> [[TermEntry?]] {
        try find(terms, in: [field]).map { $0[field] ?? absent }
    }

    /// The same in several fields.
    func find(_ terms: [TermKey], in fields: [Field]) throws(FormatError) -> [TermShelf.Entries] {
        var found = terms.map { shelf.entries($0) ?? TermShelf.Entries() }
        for field in fields {
            let missing = found.indices.filter { found[$0][field] == nil }
            if missing.isEmpty { continue }
            for (index, entries) in zip(missing, try lookUp(missing.map { terms[$0].inField(field) })) {
                found[index][field] = entries
                shelf.keep(found[index], of: terms[index])
            }
        }
        return found
    }

    /// Asks the dictionaries.
    private func lookUp(_ keys: [TermKey]) throws(FormatError) -> [[TermEntry?]] {
        var found = [[TermEntry?]](repeating: absent, count: keys.count)
        guard keys.contains(where: { anyBeginnings.contains($0.bytes[0]) }) else { return found }
        for segment in segments.indices {
            let present = keys.indices.filter { beginnings[segment].contains(keys[$0].bytes[0]) }
            for (index, entry) in zip(present, try segments[segment].find(present.map { keys[$0] })) {
                found[index][segment] = entry
            }
        }
        return found
    }
}
