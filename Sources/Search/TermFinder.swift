internal import Bytes
internal import InvertedIndex
internal import Model

/// Looks terms up in the segments of an index.
///
/// What a segment has none of, by field and kind, is not looked for: many have few titles, or nothing healed.
struct TermFinder {
    let segments: [SegmentReader]
    /// The first bytes of all keys of each segment, which are of a field and a kind.
    private let beginnings: [Set<UInt8>]

    init(_ segments: [SegmentReader]) throws(FormatError) {
        self.segments = segments
        var beginnings: [Set<UInt8>] = []
        for segment in segments { beginnings.append(try segment.beginningsOfTerms()) }
        self.beginnings = beginnings
    }

    /// The entries of terms, one list a segment.
    func find(_ keys: [TermKey]) throws(FormatError) -> [[TermEntry?]] {
        var found: [[TermEntry?]] = []
        for segment in segments.indices { found.append(try find(keys, segment: segment)) }
        return found
    }

    /// The entries of terms in one segment, in their order; nil where the segment lacks the term.
    private func find(_ keys: [TermKey], segment: Int) throws(FormatError) -> [TermEntry?] {
        let present = keys.indices.filter { beginnings[segment].contains(keys[$0].bytes[0]) }
        if present.count == keys.count { return try segments[segment].find(keys) }
        var entries = [TermEntry?](repeating: nil, count: keys.count)
        guard !present.isEmpty else { return entries }
        for (index, entry) in zip(present, try segments[segment].find(present.map { keys[$0] })) {
            entries[index] = entry
        }
        return entries
    }
}
