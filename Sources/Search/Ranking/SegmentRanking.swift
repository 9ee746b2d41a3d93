internal import Bytes
internal import InvertedIndex
internal import Model

/// The state of ranking one segment: which terms bounds have, and which articles are settled.
struct SegmentRanking {
    private let terms: [RankedTerm]
    private let segment: Int
    private let reader: SegmentReader
    private let spans: ArticleSpans
    private let model: BM25
    private let quoted: QuotedScores
    private let filter: HitFilter
    /// What each term adds to a score at most, in the order of the query.
    private let termBounds: [Float]
    private let postingCounts: [Int]
    /// Terms, those with the fewest postings first, and how many of them the bounds have.
    private let order: [Int]
    private var added = 0
    private(set) var bounds: ArticleBounds
    /// What terms add at most that the bounds do not have.
    private(set) var remaining: Float
    /// What all terms add at most.
    let total: Float
    /// A score that enough paragraphs are known to reach, though they have not been scored yet.
    private var reached: Float?
    /// Whether an article was left out that holds a term.
    private var isPruned = false

    init(
        _ terms: [RankedTerm], _ segment: Int, _ reader: SegmentReader, _ spans: ArticleSpans, _ model: BM25,
        _ quoted: QuotedScores, _ filter: HitFilter
    ) throws(SearchError) {
        self.terms = terms
        self.segment = segment
        self.reader = reader
        self.spans = spans
        self.model = model
        self.quoted = quoted
        self.filter = filter
        let termBounds = try SearchError.format { () throws(FormatError) in
            var bounds: [Float] = []
            for term in terms {
                bounds.append(try term.bound(segment, of: reader, isFlat: spans.isFlat, model: model))
            }
            return bounds
        }
        self.termBounds = termBounds
        let postingCounts = terms.map { $0.postingCount(segment) }
        self.postingCounts = postingCounts
        order = terms.indices.sorted { (postingCounts[$0], $0) < (postingCounts[$1], $1) }
        total = termBounds.reduce(0, +)
        remaining = total
        bounds = ArticleBounds(model: model, spans: spans)
        for score in quoted.scores { bounds.add(score.score, toArticleOf: score.ordinal) }
    }

    var hasMoreTerms: Bool { added < order.count }

    /// Postings of the term that comes next.
    var nextPostingCount: Int { postingCounts[order[added]] }

    /// Adds the next term to the bounds.
    mutating func addTerm() throws(SearchError) {
        do throws(FormatError) {
            try bounds.add(terms[order[added]], segment: segment, of: reader)
        } catch {
            throw .format(error)
        }
        added += 1
        // Anew, so that nothing is left of the last one by rounding.
        remaining = order[added...].reduce(0) { $0 + termBounds[$1] }
    }

    /// Whether bounds tell what is reached. With a filter they are not asked: to judge an article may take long, and most would
    /// be.
    var tellsReached: Bool { spans.isFlat && filter.gate == nil }

    /// Sees which score `limit` paragraphs reach by the terms added.
    ///
    /// - Precondition: bounds tell.
    mutating func findReached(_ limit: Int) {
        let live = filter.live
        reached = bounds.reached(by: limit, from: reached ?? 0) { live.contains($0) } ?? reached
    }

    /// What a score must be for its paragraph to be among the best, but for rounding; nil as long as any will do.
    func threshold(_ top: TopHits) -> Float? {
        guard let reached else { return top.threshold }
        // Such a sum may have been made in another order.
        return max(reached * (1 - PrunedSearch.tolerance), top.threshold ?? -.infinity)
    }

    /// What an article's bound must be for one of its scores to reach the threshold.
    private func least(_ threshold: Float?) -> Float {
        guard let threshold else { return -.infinity }
        return (threshold - remaining) - abs(threshold) * PrunedSearch.tolerance
    }

    /// Scores the articles of the greatest bounds, that the worst of the best hits be a good one.
    mutating func scoreGreatest(_ count: Int, into top: inout TopHits) throws(SearchError) {
        try score(bounds.greatest(count), into: &top)
    }

    /// How many articles may have a score that reaches the threshold.
    func candidateCount(_ threshold: Float) -> Int { bounds.count(reaching: least(threshold)) }

    /// Those, ascending. All that hold a term where there is no threshold.
    mutating func candidates(_ threshold: Float?) -> [Int] {
        let found = bounds.articles(reaching: least(threshold))
        if bounds.count(reaching: -.infinity) > found.count { isPruned = true }
        return found
    }

    /// Whether all articles that hold a term were scored.
    var isComplete: Bool { !hasMoreTerms && !isPruned }

    /// Scores articles, given ascending, and settles them.
    mutating func score(_ articles: [Int], into top: inout TopHits) throws(SearchError) {
        guard !articles.isEmpty else { return }
        var scorer = try scorer()
        for article in articles {
            let paragraphs = spans.paragraphs(article)
            guard try filter.accepts(article, paragraphs) else { continue }
            let bound = bounds.values[article] + remaining
            bounds.settle(article)
            let isScored: Bool
            do throws(FormatError) {
                isScored = try scorer.score(
                    article, bound: bound, threshold: threshold(top) ?? -.infinity,
                    quoted: quoted.scores(in: paragraphs))
            } catch {
                throw .format(error)
            }
            guard isScored else {
                isPruned = true
                continue
            }
            for (offset, ordinal) in paragraphs.enumerated() where scorer.isMatched[offset] {
                guard try filter.accepts(ordinal) else { continue }
                top.add(RankedParagraph(segment: segment, ordinal: ordinal, score: scorer.scores[offset]))
            }
        }
    }

    /// A scorer that has not begun.
    private func scorer() throws(SearchError) -> ArticleScorer {
        let readers = try SearchError.format { () throws(FormatError) in
            var readers: [TermReader] = []
            for term in terms { readers.append(try TermReader(term, segment: segment, of: reader)) }
            return readers
        }
        let doubtful = order[added...].sorted { (termBounds[$1], $0) < (termBounds[$0], $1) }
        return ArticleScorer(
            readers, doubtful: doubtful, bounds: termBounds, model: model, spans: spans,
            lengths: reader.articles.paragraphLengths)
    }
}
