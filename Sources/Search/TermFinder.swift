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
    private let shelf: TermShelf
    /// The entries of a term that no segment has.
    private let absent: [TermEntry?]

    init(_ segments: [SegmentReader]) throws(FormatError) {
        self.segments = segments
        var beginnings: [Set<UInt8>] = []
        for segment in segments { beginnings.append(try segment.beginningsOfTerms()) }
        self.beginnings = beginnings
        absent = segments.map { _ in nil }
        shelf = TermShelf(segments: segments.count)
    }

    /// The entries of terms, in their order: for each, one a segment, nil where the segment lacks the term.
    func find(_ keys: [TermKey]) throws(FormatError) -> [[TermEntry?]] {
        var found: [[TermEntry?]] = []
        found.reserveCapacity(keys.count)
        var missing: [Int] = []
        for (index, key) in keys.enumerated() {
            if !beginnings.contains(where: { $0.contains(key.bytes[0]) }) {
                found.append(absent)
            } else if let entries = shelf.entries(key) {
                found.append(entries)
            } else {
                found.append(absent)
                missing.append(index)
            }
        }
        guard !missing.isEmpty else { return found }
        for segment in segments.indices {
            let present = missing.filter { beginnings[segment].contains(keys[$0].bytes[0]) }
            for (index, entry) in zip(present, try segments[segment].find(present.map { keys[$0] })) {
                found[index][segment] = entry
            }
        }
        for index in missing { shelf.keep(found[index], of: keys[index]) }
        return found
    }
}
