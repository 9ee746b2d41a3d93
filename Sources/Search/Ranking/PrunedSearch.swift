internal import Bytes
internal import InvertedIndex
internal import Model

/// Finds the best paragraphs of a best-match query without scoring all that match, one segment at a time.
///
/// In the spirit of MAXSCORE (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995), with articles in the
/// place of documents:
/// 1. Terms are added to ``ArticleBounds``, those with the fewest postings first, until the others together cannot lift an
///    article that has none of the first above the worst of the best hits so far. A few articles of the greatest bounds are
///    scored as soon as there are some, so that this worst is a good one; what articles without hope earn is not added from there
///    on. Pairs ride with their bigrams.
/// 2. Of articles whose bound, with all that the terms not added could add, reaches the worst of the best, these terms are
///    read, one after the other, which leaves most without hope (``CandidateNarrowing``).
/// 3. The others are scored.
///
/// The hits are those of scoring everything, ties included: an article is only left out when its bound is below the worst
/// of the best by more than rounding can explain.
///
/// - Complexity: O(articles + postings of the rarer terms), and a seek a term for each article that is scored.
struct PrunedSearch {
    /// How many postings are added to bounds in the time that a term is sought at one article.
    private static let seekCost = 20
    /// The part of all there is to earn that may be left when the first articles are scored. Less where each article has one
    /// paragraph, and adding takes little more than leaving out.
    private static let headStartRest: Float = 0.3
    private static let flatHeadStartRest: Float = 0.2
    /// Articles scored early beyond the number of hits wanted: some of their paragraphs are deleted or filtered out.
    private static let headStart = 6
    /// Candidates for each hit wanted from which on some are scored before the others.
    private static let manyCandidates = 64

    private let model: BM25
    private let terms: [RankedTerm]
    /// For a pair, the bigram of its two characters.
    private let bigrams: [Int?]
    private let limit: Int
    private let memory: PostingsMemory
    private let rounding: Rounding

    /// - Parameter memory: keeps what is read; what other queries left in it is lost.
    init(_ terms: [RankedTerm], model: BM25, limit: Int, memory: PostingsMemory) {
        self.terms = terms
        var places: [UInt64: Int] = [:]
        for (index, term) in terms.enumerated() where term.term.kind == .bigram {
            places[term.term.key.characters] = index
        }
        bigrams = terms.map { $0.term.kind == .pair ? places[$0.term.key.characters] : nil }
        self.memory = memory
        rounding = Rounding(terms: terms.count)
        self.model = model
        // No index has more paragraphs, and the limit is reckoned with.
        self.limit = min(limit, Int(UInt32.max))
    }

    /// Adds the best paragraphs of a segment.
    ///
    /// - Parameters:
    ///   - quoted: what literal keywords add to paragraphs.
    ///   - filter: what may be a hit at all.
    /// - Returns: whether all that matches was scored, and so counted; and if not, how many more there are at least, deleted
    ///   ones and what a filter leaves out among them.
    func run(
        _ segment: Int, of reader: SegmentReader, spans: ArticleSpans, quoted: QuotedScores, filter: HitFilter,
        into top: inout TopHits
    ) throws(SearchError) -> (isComplete: Bool, uncounted: Int) {
        var work = try SegmentRanking(
            terms, bigrams: bigrams, segment, reader, spans, model, quoted, filter, memory)
        let isFirst = top.threshold == nil
        if limit > 0, isFirst {
            let rest = spans.isFlat ? Self.flatHeadStartRest : Self.headStartRest
            try work.addTerms(until: work.total * rest)
            try work.scoreGreatest(limit + Self.headStart, into: &top)
        }
        // Counting candidates costs about as much as adding so many postings.
        let countingCost = spans.articleCount / 16
        var sinceCount = countingCost
        var candidates = Int.max
        while work.hasMoreTerms {
            if sinceCount >= countingCost, let threshold = top.threshold,
                rounding.isHopeless(work.remaining, threshold)
            {
                sinceCount = 0
                candidates = work.candidateCount(threshold)
                if candidates * Self.seekCost <= work.nextPostingCount { break }
            }
            sinceCount += work.nextPostingCount
            try work.addTerm(top.threshold)
        }
        // The best of many raise the threshold above most of the others, unless an earlier segment has raised it.
        if limit > 0, isFirst, candidates > Self.manyCandidates * limit {
            try work.scoreGreatest(limit + Self.headStart, into: &top)
        }
        try work.scoreCandidates(into: &top)
        // Of an article that has no paragraphs the title may hold a term, which makes no hit.
        return (work.isComplete, spans.haveParagraphs ? work.unscored : 0)
    }
}
