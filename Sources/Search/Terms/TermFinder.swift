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

    /// Looks terms up in some fields.
    ///
    /// - Parameter terms: their keys in paragraphs.
    /// - Returns: what is known of each, in their order: of these fields, and perhaps of others.
    func find(_ terms: [TermKey], in fields: [Field]) throws(FormatError) -> [FoundTerm] {
        var found: [FoundTerm] = []
        found.reserveCapacity(terms.count)
        for term in terms { found.append(shelf.term(term)) }
        for field in fields {
            var missing: [Int] = []
            for (index, term) in found.enumerated() where term[field] == nil { missing.append(index) }
            if missing.isEmpty { continue }
            for (index, entries) in zip(missing, try lookUp(missing.map { terms[$0].inField(field) })) {
                found[index][field] = entries
            }
        }
        return found
    }

    /// The entries of terms in one field, in their order: for each, one a segment, nil where the segment lacks the term.
    func find(_ terms: [TermKey], in field: Field) throws(FormatError) -> [[TermEntry?]] {
        try find(terms, in: [field]).map { $0[field] ?? absent }
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
