internal import Bytes

/// A paragraph of the index with its score.
public struct RankedParagraph: Equatable, Sendable {
    public var segment: Int
    /// Ordinal in the segment.
    public var ordinal: Int
    public var score: Float
}

/// Takes paragraphs as they are found and keeps the best, in order: score, then the bytes of the article's id, then
/// its place.
struct TopHits {
    /// How many are wanted; 0 for all.
    private let limit: Int
    /// How many were found.
    private(set) var count = 0
    /// Those that may be among the best: all whose score was not below the worst of the best when they came.
    private var candidates: [RankedParagraph] = []
    private var best: BestScores<Float>

    init(limit: Int) {
        self.limit = limit
        best = BestScores(limit: limit)
    }

    /// What a score must reach to be among the best; nil as long as any will do.
    var threshold: Float? { limit > 0 ? best.least : nil }

    /// Takes a paragraph. O(log limit), and for most of many paragraphs one comparison.
    mutating func add(_ found: RankedParagraph) {
        count += 1
        if let threshold, found.score < threshold { return }
        best.add(found.score)
        candidates.append(found)
    }

    /// Counts paragraphs that are known not to be among the best.
    mutating func passOver(_ number: Int) { count += number }

    /// The best, in order.
    ///
    /// - Parameter orderTies: puts those of one score in order.
    func ranked(
        _ orderTies: (inout ArraySlice<RankedParagraph>) throws(FormatError) -> Void
    ) throws(FormatError) -> [RankedParagraph] {
        var best = candidates
        if let threshold { best.removeAll { $0.score < threshold } }
        best.sort { $0.score > $1.score }
        var start = 0
        while start < best.count {
            var end = start + 1
            while end < best.count, best[end].score == best[start].score { end += 1 }
            if end - start > 1, limit == 0 || start < limit { try orderTies(&best[start..<end]) }
            start = end
        }
        return limit > 0 && best.count > limit ? Array(best[..<limit]) : best
    }
}
