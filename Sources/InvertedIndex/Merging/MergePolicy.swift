/// Decides which segments are merged, by their sizes: tiers of segments of about one size, each tier merged as soon
/// as there are too many in it.
///
/// A segment's size is that of its live articles. Tier 0 holds what is smaller than ``smallestSize``; each further
/// tier reaches to ``segmentsPerTier`` times the size of the one before. As many segments as make a tier full make at
/// least one of the next tier, so that every byte is written about once a tier (O'Neil and others, "The
/// log-structured merge-tree", 1996).
///
/// Simulated, with no, half or all of what is added replacing what was there:
///
/// | commits | in all | segments, at most | bytes merges write for a byte added, at most |
/// |---|---|---|---|
/// | 4,000 of 5 to 50 KB | 110 MB | 19 | 7.4 |
/// | 4,000 of 1 KB to 50 MB | 25 GB | 34 | 2.6 |
/// | 1,000 of 100 to 500 MB | 300 GB | 56 | 2.3 |
public struct MergePolicy: Equatable, Sendable {
    /// What the policy has to know of a segment.
    public struct Segment: Equatable, Sendable {
        public var id: UInt64
        /// Bytes on disk, those of deleted articles included.
        public var size: UInt64
        /// Paragraphs, those of deleted articles included.
        public var paragraphs: Int
        /// Deleted articles as a share of all, from 0 to 1.
        public var deletedShare: Double

        public init(id: UInt64, size: UInt64, paragraphs: Int, deletedShare: Double) {
            self.id = id
            self.size = size
            self.paragraphs = paragraphs
            self.deletedShare = deletedShare
        }

        /// Bytes that are left, about, when the deleted articles are gone.
        public var liveSize: UInt64 { UInt64(Double(size) * (1 - deletedShare)) }
    }

    /// Segments that make a tier full.
    public var segmentsPerTier = 8
    /// Bytes below which segments are of one tier, however small: opening one costs the same for all of them.
    public var smallestSize: UInt64 = 2 << 20
    /// Bytes that a merged segment has at most. Segments of more than half of it are left alone.
    public var largestSize: UInt64 = 8 << 30
    /// A segment is written anew, whatever its size, when more than this share of its articles is deleted.
    public var deletedShareLimit = 1.0 / 3

    /// Paragraphs that one segment has room for.
    static let paragraphLimit = Int(UInt32.max) - 2

    public init() {}

    /// The tier that a segment of `size` bytes belongs to.
    func tier(_ size: UInt64) -> Int {
        var tier = 0
        var limit = smallestSize
        while size >= limit, tier < 64 {
            tier += 1
            limit = limit.multipliedReportingOverflow(by: UInt64(segmentsPerTier)).partialValue
            if limit < smallestSize { break }
        }
        return tier
    }

    /// The segments to be merged next into one; a single one is to be written anew without its deleted articles.
    ///
    /// Asking again after each merge comes to an end: a merge makes segments fewer, or frees one of deletions.
    ///
    /// - Returns: their ids, in the order of `segments`; nil when nothing is due.
    public func nextMerge(_ segments: [Segment]) -> [UInt64]? {
        let small = segments.filter { $0.liveSize <= largestSize / 2 }.sorted { $0.liveSize < $1.liveSize }
        let tiers = Dictionary(grouping: small) { tier($0.liveSize) }
        var chosen: [Segment] = []
        for number in tiers.keys.sorted() where tiers[number, default: []].count >= segmentsPerTier {
            chosen = fitting(tiers[number, default: []])
            // A tier that the merged segment would only make full is taken along, and not written twice.
            var last = number
            while let next = tiers[tier(total(chosen))], tier(total(chosen)) > last,
                next.count + 1 >= segmentsPerTier
            {
                last = tier(total(chosen))
                chosen = fitting(chosen + next)
            }
            if chosen.count > 1 { break }
            chosen = []
        }
        if chosen.isEmpty, let worst = segments.max(by: { $0.deletedShare < $1.deletedShare }),
            worst.deletedShare > deletedShareLimit
        {
            chosen = [worst]
            if tier(worst.liveSize) == 0 { chosen = fitting(chosen + tiers[0, default: []].filter { $0 != worst }) }
        }
        let ids = Set(chosen.map(\.id))
        return ids.isEmpty ? nil : segments.map(\.id).filter { ids.contains($0) }
    }

    /// The first of `segments` that fit into one.
    private func fitting(_ segments: [Segment]) -> [Segment] {
        var size: UInt64 = 0
        var paragraphs = 0
        return Array(
            segments.prefix(4 * segmentsPerTier).prefix { segment in
                size += segment.liveSize
                paragraphs += segment.paragraphs
                return size <= largestSize && paragraphs <= Self.paragraphLimit
            })
    }

    private func total(_ segments: [Segment]) -> UInt64 { segments.reduce(0) { $0 + $1.liveSize } }

    /// The merges that leave as few segments as possible, whatever their sizes, and nothing deleted.
    ///
    /// - Returns: the ids of each merge; none when there is one segment, of which nothing is deleted.
    public static func allMerges(_ segments: [Segment]) -> [[UInt64]] {
        var merges: [[Segment]] = []
        var paragraphs = 0
        for segment in segments {
            paragraphs += segment.paragraphs
            if merges.isEmpty || paragraphs > paragraphLimit {
                merges.append([])
                paragraphs = segment.paragraphs
            }
            merges[merges.count - 1].append(segment)
        }
        return merges.filter { $0.count > 1 || $0[0].deletedShare > 0 }.map { $0.map(\.id) }
    }
}
