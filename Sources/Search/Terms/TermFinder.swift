internal import Bytes
internal import InvertedIndex
internal import Model

/// Looks terms up in the segments of an index.
///
/// What was found is kept for the queries that come after: they have many of their terms in common, and looking one up reads
/// pages here and there (``TermShelf``).
struct TermFinder {
    let segments: [SegmentReader]
    private let beginnings: TermBeginnings
    private let shelf: TermShelf
    /// The entries of a term that no segment has.
    let absent: [TermEntry?]

    init(_ segments: [SegmentReader]) {
        self.segments = segments
        beginnings = TermBeginnings(segments)
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
        var isNew = [Bool](repeating: false, count: terms.count)
        for field in fields {
            let missing = found.indices.filter { found[$0][field] == nil }
            if missing.isEmpty { continue }
            for (index, entries) in zip(missing, try lookUp(missing.map { terms[$0].inField(field) })) {
                found[index][field] = entries
                isNew[index] = true
            }
        }
        for index in found.indices where isNew[index] { shelf.keep(found[index], of: terms[index]) }
        return found
    }

    /// Asks the dictionaries.
    private func lookUp(_ keys: [TermKey]) throws(FormatError) -> [[TermEntry?]] {
        var found = [[TermEntry?]](repeating: absent, count: keys.count)
        for segment in segments.indices {
            let present = try beginnings.places(of: keys, segment: segment)
            for (index, entry) in zip(present, try segments[segment].find(present.map { keys[$0] })) {
                // Else the list of none is still the one that all absent terms have in common.
                if let entry { found[index][segment] = entry }
            }
        }
        return found
    }
}
