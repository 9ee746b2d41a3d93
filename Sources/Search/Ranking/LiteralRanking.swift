internal import Bytes
internal import Model

/// Takes the literal hits of a segment as they are found, and puts those among the best that belong there, by what they earn
/// for their keywords, their title and their words.
///
/// A hit is looked at no closer than it takes to see that it stays behind the best so far: most of a frequent keyword are done
/// with by one comparison.
struct LiteralRanking: HitCollector {
    /// What a hit earns by its words at most.
    struct Most {
        /// As a part of what it earns by its keywords.
        var part: Float = 0
        /// Whatever that is.
        var flat: Float
    }

    private let segment: Int
    private let live: LiveFilter
    private var titles: TitleCursor
    private let mostByTitle: Float
    private let words: WordCursor
    private let mostByWords: Most
    private let rounding: Rounding
    /// The best hits, those of other segments included.
    private(set) var top: TopHits
    /// What a hit must come to for its place among the best.
    private var goal = -Float.infinity
    /// The same without what all hits may earn by their words.
    private var wanted = -Float.infinity
    /// No hit that earns less by its keywords comes to that.
    private var least = -Float.infinity
    /// Nor does one that earns less than this whose title is worth nothing.
    private var leastUntitled = -Float.infinity

    /// - Parameters:
    ///   - live: tells the segment's paragraphs that are not deleted.
    ///   - titles: what those of the segment add, and `mostByTitle`, what one adds at most.
    ///   - words: what those of the segment's paragraphs add, and `mostByWords`, what they add at most.
    ///   - top: the best hits of other segments.
    ///   - rounding: of the sum of all that a hit earns.
    init(
        segment: Int, live: LiveFilter, titles: TitleCursor, mostByTitle: Float, words: WordCursor,
        mostByWords: Most, rounding: Rounding, top: consuming TopHits
    ) {
        self.segment = segment
        self.live = live
        self.titles = titles
        self.mostByTitle = titles.isEmpty ? 0 : mostByTitle
        self.words = words
        self.mostByWords = mostByWords
        self.rounding = rounding
        self.top = top
        raise()
    }

    /// Takes a hit, unless it is deleted.
    @inline(__always)
    mutating func add(_ ordinal: Int, _ score: Float) throws(FormatError) {
        guard live.contains(ordinal) else { return }
        if score < (ordinal < titles.firstTitled ? leastUntitled : least) {
            top.passOver(1)
        } else {
            try look(ordinal, score)
        }
    }

    mutating func add(_ ordinals: UnsafeBufferPointer<UInt32>, _ scores: UnsafePointer<Float>) throws(FormatError) {
        guard live.isWhole else {
            for index in ordinals.indices { try unsafe add(Int(ordinals[index]), scores[index]) }
            return
        }
        var passed = 0
        var index = 0
        while index < ordinals.count {
            // What is asked of a hit stays as it is up to the next that is looked at.
            let (least, leastUntitled, firstTitled) = (least, leastUntitled, titles.firstTitled)
            let start = index
            // SAFETY: both are of one count, and the index below it.
            while index < ordinals.count,
                unsafe scores[index] < (Int(ordinals[index]) < firstTitled ? leastUntitled : least)
            {
                index &+= 1
            }
            passed &+= index &- start
            if index < ordinals.count {
                try unsafe look(Int(ordinals[index]), scores[index])
                index &+= 1
            }
        }
        top.passOver(passed)
    }

    mutating func passesOver(_ count: Int, in range: ClosedRange<Int>, atMost score: Float) throws(FormatError)
        -> Bool
    {
        guard live.isWhole, score < leastUntitled else { return false }
        if score >= least, try !titles.areUntitled(range) { return false }
        top.passOver(count)
        return true
    }

    @inline(never)
    private mutating func look(_ ordinal: Int, _ score: Float) throws(FormatError) {
        let title = try titles.score(of: ordinal)
        let known = score + title
        guard score * mostByWords.part + known >= wanted,
            let byWords = try words.score(of: ordinal, from: goal - known)
        else { return top.passOver(1) }
        top.add(RankedParagraph(segment: segment, ordinal: ordinal, score: known + byWords))
        raise()
    }

    /// What is asked of a hit goes by the worst of the best so far.
    private mutating func raise() {
        guard let threshold = top.threshold else { return }
        goal = rounding.least(reaching: threshold, with: 0)
        wanted = goal - mostByWords.flat
        leastUntitled = wanted / (1 + mostByWords.part)
        least = (wanted - mostByTitle) / (1 + mostByWords.part)
    }
}
