internal import Model

/// Takes the hits of a segment as they are found, and keeps those that may be among the best once something is added to their
/// scores.
struct HopefulHits {
    /// What is added to a score at most.
    struct Extra {
        /// As a part of the score.
        var part: Float = 0
        /// Whatever the score.
        var flat: Float
    }

    private let segment: Int
    private let extra: Extra
    private let rounding: Rounding
    private var best: BestScores
    /// No hit of less than this comes up to the worst of the best, whatever is added to it.
    private var least = -Float.infinity
    /// Ascending.
    private var kept: [RankedParagraph] = []
    /// Hits that were not kept.
    private(set) var passedOver = 0

    /// - Parameters:
    ///   - limit: hits that are wanted; 0 for all.
    ///   - threshold: the worst of the best so far, of other segments; nil as long as any will do.
    ///   - extra: what is added to a score at most.
    ///   - rounding: of the sum of both.
    init(segment: Int, limit: Int, threshold: Float?, extra: Extra, rounding: Rounding) {
        self.segment = segment
        self.rounding = rounding
        self.extra = extra
        best = BestScores(limit: limit)
        if limit > 0, let threshold { raise(to: threshold) }
    }

    /// Takes a hit. One comparison for most of many.
    @inline(__always)
    mutating func add(_ ordinal: Int, _ score: Float) {
        if score < least {
            passedOver &+= 1
        } else {
            keep(ordinal, score)
        }
    }

    @inline(never)
    private mutating func keep(_ ordinal: Int, _ score: Float) {
        kept.append(RankedParagraph(segment: segment, ordinal: ordinal, score: score))
        best.add(score)
        if let threshold = best.least { raise(to: threshold) }
    }

    private mutating func raise(to threshold: Float) {
        least = max(least, rounding.least(reaching: threshold, with: extra.flat) / (1 + extra.part))
    }

    /// Those that may be among the best.
    mutating func finish() -> [RankedParagraph] {
        let count = kept.count
        kept.removeAll { $0.score < least }
        passedOver += count - kept.count
        return kept
    }
}
