internal import Bytes
internal import InvertedIndex
internal import Model

/// The state of ranking one segment: which articles' bounds are known how far, and which articles are settled.
struct SegmentRanking {
    /// In the order of the query.
    private let readers: [TermReader]
    private let segment: Int
    private let spans: ArticleSpans
    private let model: BM25
    private let quoted: QuotedScores
    private let filter: HitFilter
    private let memory: PostingsMemory
    private let rounding: Rounding
    /// Of the lengths of paragraphs.
    private let codes: LengthTable.Codes
    private var order: BoundOrder
    private var bounds: ArticleBounds
    private var scorer: ArticleScorer
    /// Articles that were seen to hold a term and left out.
    private(set) var unscored = 0
    /// Whether others may not have been seen.
    private var hasUnseen = false

    init(
        _ terms: [RankedTerm], bigrams: [Int?], _ segment: Int, _ reader: SegmentReader, _ spans: ArticleSpans,
        _ model: BM25, _ quoted: QuotedScores, _ filter: HitFilter, _ memory: PostingsMemory
    ) throws(SearchError) {
        let readers = terms.map { TermReader($0, segment: segment, of: reader) }
        for (pair, bigram) in bigrams.enumerated() {
            if let bigram { readers[pair].bigram = readers[bigram] }
        }
        self.readers = readers
        self.segment = segment
        self.spans = spans
        self.model = model
        self.quoted = quoted
        self.filter = filter
        self.memory = memory
        rounding = Rounding(terms: terms.count)
        memory.removeAll()
        codes = try SearchError.format { () throws(FormatError) in try reader.articles.paragraphLengths.checked() }
        order = try SearchError.format { () throws(FormatError) in
            try BoundOrder(readers, bigrams: bigrams, isFlat: spans.isFlat, model: model)
        }
        let quotedBounds = quoted.bounds(spans)
        let greatest = quotedBounds.reduce(0) { max($0, $1.score) }
        bounds = ArticleBounds(model: model, spans: spans, greatest: order.greatest + greatest)
        for (article, score) in quotedBounds { bounds.add(score, to: article) }
        scorer = ArticleScorer(model: model, spans: spans, codes: codes)
    }

    var hasMoreTerms: Bool { order.hasMoreTerms }

    /// Postings of the term that comes next.
    var nextPostingCount: Int { order.nextPostingCount }

    /// What terms add at most that the bounds do not have, and what all add.
    var remaining: Float { order.remaining }
    var total: Float { order.total }

    /// Adds terms until those that are left add no more than so much.
    mutating func addTerms(until most: Float) throws(SearchError) {
        var added: [(reader: TermReader, weight: Float)] = []
        while order.remaining > most {
            added.append((readers[order.next], order.nextWeight))
            order.advance()
        }
        do throws(FormatError) {
            try bounds.add(added, keepingIn: memory)
        } catch {
            throw .format(error)
        }
    }

    /// Adds the next term to the bounds.
    ///
    /// - Parameter threshold: what a score must reach, where that is known: articles that no longer can are left out.
    mutating func addTerm(_ threshold: Float?) throws(SearchError) {
        // Where each article has one paragraph, to add takes little more than to leave out.
        let floor = spans.isFlat ? -.infinity : least(threshold)
        if floor > 0 { hasUnseen = true }
        do throws(FormatError) {
            try bounds.add(
                readers[order.next], weight: order.nextWeight, from: floor, keepingIn: memory)
        } catch {
            throw .format(error)
        }
        order.advance()
    }

    /// What an article's bound must be for one of its scores to reach the threshold.
    private func least(_ threshold: Float?) -> Float {
        guard let threshold else { return -.infinity }
        return rounding.least(reaching: threshold, with: remaining)
    }

    /// How many articles may have a score that reaches the threshold.
    func candidateCount(_ threshold: Float) -> Int { bounds.count(reaching: least(threshold)) }

    /// Whether all articles that hold a term were scored.
    var isComplete: Bool { !hasMoreTerms && unscored == 0 && !hasUnseen }

    // MARK: Scoring

    /// Scores the articles of the greatest bounds, that the worst of the best hits be a good one.
    mutating func scoreGreatest(_ count: Int, into top: inout TopHits) throws(SearchError) {
        try score(
            bounds.greatest(count).map { .init(article: $0, bound: bounds.bound($0) + remaining) }, into: &top)
    }

    /// Scores the articles that may have a score that reaches the threshold; all that hold a term where there is none.
    mutating func scoreCandidates(into top: inout TopHits) throws(SearchError) {
        let threshold = top.threshold
        let found = bounds.articles(reaching: least(threshold))
        let all = bounds.count(reaching: -.infinity)
        var candidates = found.map {
            CandidateNarrowing.Candidate(article: $0, bound: bounds.bound($0) + remaining)
        }
        if let threshold, hasMoreTerms { candidates = try narrow(candidates, threshold) }
        unscored += all - candidates.count
        try score(candidates, into: &top)
    }

    /// Reads the terms not added where candidates are, those that add most first.
    private mutating func narrow(_ candidates: [CandidateNarrowing.Candidate], _ threshold: Float)
        throws(SearchError) -> [CandidateNarrowing.Candidate]
    {
        var work = CandidateNarrowing(
            candidates, model: model, spans: spans, codes: codes, memory: memory, rounding: rounding)
        do throws(FormatError) {
            for (term, most) in order.rest where !work.candidates.isEmpty {
                try work.read(readers[term], most: most, threshold: threshold)
            }
        } catch {
            throw .format(error)
        }
        return work.candidates
    }

    /// Articles that are scored at once: what the best among them reach spares later ones.
    private static let batch = 32

    /// Scores articles, given ascending, as far as they have hope, and settles them.
    private mutating func score(_ candidates: [CandidateNarrowing.Candidate], into top: inout TopHits)
        throws(SearchError)
    {
        for candidate in candidates { bounds.settle(candidate.article) }
        var rest = candidates
        if candidates.count > Self.batch {
            // Those of the greatest bounds spare most of the others.
            var greatest = BestScores<Float>(limit: Self.batch)
            for candidate in candidates { greatest.add(candidate.bound) }
            let least = greatest.least ?? -.infinity
            try scoreInOrder(candidates.filter { $0.bound > least }, into: &top)
            rest = candidates.filter { !($0.bound > least) }
        }
        try scoreInOrder(rest, into: &top)
    }

    private mutating func scoreInOrder(_ candidates: [CandidateNarrowing.Candidate], into top: inout TopHits)
        throws(SearchError)
    {
        for reader in readers { reader.restart() }
        for start in stride(from: 0, to: candidates.count, by: Self.batch) {
            let articles = try hopeful(candidates[start..<min(start + Self.batch, candidates.count)], top)
            guard !articles.isEmpty else { continue }
            do throws(FormatError) { try scorer.score(articles, by: readers, quoted: quoted) } catch {
                throw .format(error)
            }
            for (number, article) in articles.enumerated() {
                for (ordinal, place) in zip(spans.paragraphs(article), scorer.places(number))
                where scorer.isMatched[place] {
                    guard try filter.accepts(ordinal) else { continue }
                    top.add(RankedParagraph(segment: segment, ordinal: ordinal, score: scorer.scores[place]))
                }
            }
        }
    }

    /// Those of some articles that may have a hit among the best.
    private mutating func hopeful(_ candidates: ArraySlice<CandidateNarrowing.Candidate>, _ top: TopHits)
        throws(SearchError) -> [Int]
    {
        let threshold = top.threshold
        var articles: [Int] = []
        for candidate in candidates {
            if let threshold, rounding.isHopeless(candidate.bound, threshold) {
                unscored += 1
            } else if try filter.accepts(candidate.article, spans.paragraphs(candidate.article)) {
                articles.append(candidate.article)
            }
        }
        return articles
    }
}
