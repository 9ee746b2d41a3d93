internal import Bytes
public import InvertedIndex
public import Model
public import Tokenizer

/// What a search found, ranked, before any text is read.
public struct RankedAnswer {
    public let plan: QueryPlan
    public let summary: SearchSummary
    public let ranked: [RankedParagraph]
}

/// Given a query and indexes as one commit each left them, gives ranked paragraphs. One engine serves one thread.
///
/// Of what one query computes the next one uses nothing but what is no query's own: what dictionaries say of terms
/// (``TermShelf``), which articles paragraphs belong to (``SegmentSpans``), and the order of articles.
public final class QueryEngine {
    public let snapshot: IndexView
    let analyzer: Analyzer
    let levels = FoldLevels()
    let live: [LiveFilter]
    let model: BM25
    let finder: TermFinder
    let spans: SegmentSpans
    /// Segments in the order in which they are searched: the largest first, as the best hits of the others are seldom so good,
    /// and what stays below the worst of the best so far is not looked at closely.
    let searchOrder: [Int]
    private let memory = PostingsMemory()
    var order: ArticleOrder?
    /// Articles whose ids were read for ties, while there is no ``order``.
    var idLookUps = 0
    var hasLookedUpArticle = false

    public convenience init(_ snapshot: IndexSnapshot, analyzer: Analyzer) throws(SearchError) {
        try self.init(IndexView([snapshot]), analyzer: analyzer)
    }

    public init(_ snapshot: IndexView, analyzer: Analyzer) throws(SearchError) {
        self.snapshot = snapshot
        self.analyzer = analyzer
        var live: [LiveFilter] = []
        do throws(FormatError) {
            for segment in snapshot.segments { live.append(try LiveFilter(segment)) }
        } catch {
            throw .format(error)
        }
        self.live = live
        finder = TermFinder(snapshot.segments)
        model = BM25(snapshot.segments)
        spans = SegmentSpans(snapshot.segments)
        let sizes = snapshot.segments.map(\.info.paragraphCount)
        searchOrder = sizes.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    }

    /// Finds and ranks; counts all that match.
    public func run(_ request: SearchRequest) throws(SearchError) -> RankedAnswer {
        let narrow = request.fold < .full ? try levels.analyzer(request.fold) : nil
        if narrow != nil, request.mode == .any { throw .query(.narrowedBestMatch) }
        let plan = try QueryPlan(request, analyzer: analyzer, narrow: narrow) { (pinyin) throws(SearchError) in
            // A budget of its own for each, so that what one finds does not depend on the others.
            try PinyinExpander(self).expand(pinyin)
        }
        let filter = try ArticleFilter(request, snapshot, finder: finder, analyzer: analyzer, narrow: narrow)
        if request.mode == .any {
            guard let excluded = plan.excluded else { throw .query(.operatorsInBestMatch) }
            return try any(
                plan, try ParagraphGate(filter, excluded: excluded, plan, model: model, finder: finder))
        }
        let gate = try ParagraphGate(filter, excluded: [], plan, model: model, finder: finder)
        if request.mode == .all {
            if let expression = plan.wordExpression { return try matching(expression, plan, gate, mode: .all) }
            return try literal(plan, plan.words, gate, mode: .all)
        }
        if let expression = plan.expression { return try matching(expression, plan, gate, mode: .exact) }
        let exact = try literal(plan, plan.keywords, gate, mode: .exact)
        let isSettled = exact.summary.hits > 0 || request.mode == .exact || narrow != nil
        return isSettled ? exact : try any(plan, gate)
    }

    // MARK: Literal modes

    /// Paragraphs in which every one of `literals` stands. Their title adds to the score, never to the match.
    private func literal(_ plan: QueryPlan, _ literals: [Literal], _ gate: ParagraphGate?, mode: SearchMode)
        throws(SearchError) -> RankedAnswer
    {
        let clauses = try literalClauses(literals, plan)
        let extras = try LiteralExtras(plan, model: model, finder: finder, spans: spans)
        var top = TopHits(limit: plan.limit)
        for segment in searchOrder {
            if plan.endsAtFirst, top.count > 0 { break }
            guard let cursors = try cursors(clauses, plan, segment: segment, model: model) else { continue }
            let scorer = LiteralScorer(model: model, segment: snapshot.segments[segment])
            let only = cursors.count == 1 && cursors[0].cursor.isOneTerm ? cursors[0].weight : nil
            var ranking = try extras.ranking(onlyTermOf: only, segment: segment, live: live[segment], top: top)
            if let gate {
                var matches = ScoredParagraphs()
                try scorer.collect(cursors, into: &matches)
                for match in matches.all where live[segment].contains(match.ordinal) {
                    guard try gate.admits(match.ordinal, segment: segment) else { continue }
                    try SearchError.format { () throws(FormatError) in try ranking.add(match.ordinal, match.score) }
                }
            } else {
                try scorer.collect(cursors, into: &ranking)
            }
            top = ranking.top
        }
        return try answer(plan, top, mode: mode)
    }

    private func literalClauses(_ literals: [Literal], _ plan: QueryPlan) throws(SearchError)
        -> [LiteralClause]
    {
        var clauses: [LiteralClause] = []
        for literal in literals {
            clauses.append(try LiteralClause(literal, heals: plan.heals, finder: finder))
        }
        return clauses
    }

    /// A cursor for each clause with its weight; nil when the segment cannot hold one of them.
    private func cursors(_ clauses: [LiteralClause], _ plan: QueryPlan, segment: Int, model: BM25)
        throws(SearchError)
        -> [LiteralScorer.Clause]?
    {
        var cursors: [LiteralScorer.Clause] = []
        for clause in clauses {
            let cursor = try SearchError.format { () throws(FormatError) in
                try LiteralCursor(clause, segment: segment, analyzer: plan.analyzer)
            }
            guard let cursor else { return nil }
            cursors.append(.init(cursor: cursor, weight: model.weight(documents: clause.documentCount)))
        }
        return cursors
    }

    // MARK: Best match

    /// Paragraphs that hold any part of the query, but for common characters that bigrams stand for, unless nothing else is
    /// found. An article whose title holds any is found through its first paragraph, too.
    private func any(_ plan: QueryPlan, _ gate: ParagraphGate?) throws(SearchError) -> RankedAnswer {
        let terms = try SearchError.format { () throws(FormatError) in try rankedTerms(plan, model) }
        let telling = RankedTerm.telling(of: terms, model: model)
        let answer = try any(plan, telling, gate)
        // What holds the bigrams may be deleted, or filtered out.
        return answer.ranked.isEmpty && telling.count < terms.count ? try any(plan, terms, gate) : answer
    }

    private func any(_ plan: QueryPlan, _ terms: [RankedTerm], _ gate: ParagraphGate?) throws(SearchError)
        -> RankedAnswer
    {
        let search = PrunedSearch(terms, model: model, limit: plan.limit, memory: memory)
        let clauses = try literalClauses(plan.quoted, plan)
        var top = TopHits(limit: plan.limit)
        var isComplete = true
        var uncounted = 0
        for segment in searchOrder {
            if plan.endsAtFirst, top.count > 0 { break }
            let quoted = try quotedScores(clauses, plan, segment: segment, model: model)
            let articles = try SearchError.format { () throws(FormatError) in try spans.of(segment) }
            let filter = HitFilter(live: live[segment], gate: gate, segment: segment)
            let (isWhole, others) = try search.run(
                segment, of: snapshot.segments[segment], spans: articles, quoted: quoted, filter: filter, into: &top
            )
            isComplete = isComplete && isWhole
            uncounted += others
        }
        if isComplete { return try answer(plan, top, mode: .any) }
        // What a filter leaves of the others is not known.
        guard gate == nil else { return try answer(plan, top, mode: .any, atLeast: top.count) }
        // All that are deleted may be among them, and among the paragraphs of the most frequent term.
        let deleted = live.reduce(0) { $0 + $1.deletedCount }
        let frequent = (terms.map(\.bodyCount).max() ?? 0) - deleted
        return try answer(
            plan, top, mode: .any, atLeast: max(frequent, top.count + max(0, uncounted - deleted)))
    }

    /// The terms that any segment has of those of a plan, in the order of the query.
    func rankedTerms(_ plan: QueryPlan, _ model: BM25) throws(FormatError) -> [RankedTerm] {
        try RankedTerm.find(plan.rankingTerms(), heals: plan.heals, model: model, finder: finder)
    }

    /// What each quoted keyword adds to the paragraphs in which it stands.
    private func quotedScores(_ clauses: [LiteralClause], _ plan: QueryPlan, segment: Int, model: BM25)
        throws(SearchError) -> QuotedScores
    {
        let scorer = LiteralScorer(model: model, segment: snapshot.segments[segment])
        var scores = ScoredParagraphs()
        for clause in clauses {
            guard let cursors = try cursors([clause], plan, segment: segment, model: model) else { continue }
            try scorer.collect(cursors, into: &scores)
        }
        return QuotedScores(scores.all)
    }

    /// - Parameter atLeast: hits that there are, where not all were counted.
    func answer(
        _ plan: QueryPlan, _ top: TopHits, mode: SearchMode, atLeast: Int? = nil
    ) throws(SearchError) -> RankedAnswer {
        let ranked = try SearchError.format { () throws(FormatError) in try top.ranked(orderTies) }
        let hits = atLeast.map { max($0, ranked.count) } ?? top.count
        let summary = SearchSummary(
            mode: mode, hits: hits, relation: atLeast == nil ? .equal : .atLeast, returned: ranked.count)
        return RankedAnswer(plan: plan, summary: summary, ranked: ranked)
    }
}
