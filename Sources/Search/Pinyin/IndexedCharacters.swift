internal import Bytes
internal import InvertedIndex
internal import Model

/// Which Han characters an index has, and which follow which, by the number of paragraphs; for those who build strings that
/// may stand in it. Learns as it is asked, and stops at a number of dictionary look-ups.
final class IndexedCharacters {
    private let segments: [SegmentReader]
    /// Look-ups that are left; a term that is passed over counts as one.
    private(set) var budget: Int
    private var known: [UInt32: Int]?
    private var pairs: [UInt64: Int] = [:]
    private var followers: [UInt32: [(character: UInt32, count: Int)]] = [:]

    init(_ segments: [SegmentReader], budget: Int) {
        self.segments = segments
        self.budget = budget
    }

    /// Paragraphs that hold each character, of those that any holds.
    ///
    /// - Complexity: O(distinct characters × segments), once.
    func counts() throws(SearchError) -> [UInt32: Int] {
        if let known { return known }
        var counts: [UInt32: Int] = [:]
        for segment in segments {
            _ = try SearchError.format { () throws(FormatError) in
                try segment.scanTerms(prefix: [TermKey.prefix(.body, .character)]) { key, count in
                    counts[Self.scalar(key[1...]), default: 0] += count
                    return true
                }
            }
        }
        known = counts
        return counts
    }

    /// Those of some characters that the index has, the commonest first, `limit` at most.
    func common(_ characters: some Sequence<UInt32>, limit: Int) throws(SearchError) -> [UInt32] {
        let counts = try counts()
        let found = characters.compactMap { character in counts[character].map { (character, $0) } }
        return found.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(limit).map(\.0)
    }

    /// Paragraphs that hold two characters one after the other; 0 once the budget is spent.
    func count(_ first: UInt32, _ second: UInt32) throws(SearchError) -> Int {
        let pair = UInt64(first) << TermBlock.scalarBits | UInt64(second)
        if let known = pairs[pair] { return known }
        guard budget > 0 else { return 0 }
        budget -= segments.count
        var count = 0
        for segment in segments {
            count += try SearchError.format { () throws(FormatError) in
                try segment.documentCount(TermKey(field: .body, kind: .bigram, integer: pair))
            }
        }
        pairs[pair] = count
        return count
    }

    /// The characters that follow one, ascending, with the paragraphs that hold the two; none once the budget is spent.
    func followers(of first: UInt32) throws(SearchError) -> [(character: UInt32, count: Int)] {
        if let known = followers[first] { return known }
        guard budget > 0 else { return [] }
        let key = TermKey(field: .body, kind: .bigram, integer: UInt64(first) << TermBlock.scalarBits).bytes
        var counts: [UInt32: Int] = [:]
        for segment in segments {
            budget -= try SearchError.format { () throws(FormatError) in
                try segment.scanTerms(prefix: Array(key.prefix(4))) { key, count in
                    counts[Self.scalar(key[4...]), default: 0] += count
                    return true
                }
            }
        }
        let found = counts.sorted { $0.key < $1.key }.map { (character: $0.key, count: $0.value) }
        followers[first] = found
        return found
    }

    /// Three bytes of a key, see ``Model/TermKey``.
    private static func scalar(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.prefix(3).reduce(0) { $0 << 8 | UInt32($1) }
    }
}
