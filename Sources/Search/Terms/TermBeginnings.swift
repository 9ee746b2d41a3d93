internal import Bytes
internal import InvertedIndex
internal import Model

/// Which fields and kinds the segments of an index have terms of: many have few titles, or nothing healed, and what a segment
/// has none of need not be looked for.
///
/// To find out takes as long as looking some dozen terms up, which is worth it when more have been.
final class TermBeginnings {
    /// Look-ups that are made in every segment.
    private static let patience = 256

    private let segments: [SegmentReader]
    private var lookUps = 0
    /// The first bytes of all keys of each segment, which are of a field and a kind; nil before so many.
    private var found: [Set<UInt8>]?

    init(_ segments: [SegmentReader]) { self.segments = segments }

    /// The places of those keys that a segment may have.
    func places(of keys: [TermKey], segment: Int) throws(FormatError) -> [Int] {
        lookUps += keys.count
        if found == nil, lookUps > Self.patience * segments.count {
            var sets: [Set<UInt8>] = []
            for segment in segments { sets.append(try segment.beginningsOfTerms()) }
            found = sets
        }
        guard let found else { return Array(keys.indices) }
        return keys.indices.filter { found[segment].contains(keys[$0].bytes[0]) }
    }
}
