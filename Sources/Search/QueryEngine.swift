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

/// Given a query and an index as one commit left it, gives ranked paragraphs. One engine serves one thread.
///
/// Nothing that one query computes is reused by the next.
public final class QueryEngine {
    public let snapshot: IndexSnapshot
    let analyzer: Analyzer
    private let live: [LiveFilter]

    public init(_ snapshot: IndexSnapshot, analyzer: Analyzer) throws(SearchError) {
        self.snapshot = snapshot
        self.analyzer = analyzer
        var live: [LiveFilter] = []
        for segment in snapshot.segments {
            live.append(try SearchError.format { () throws(FormatError) in try LiveFilter(segment) })
        }
        self.live = live
    }

    /// Finds and ranks; counts all that match.
    public func run(_ request: SearchRequest) throws(SearchError) -> RankedAnswer {
        let plan = try QueryPlan(request, analyzer: analyzer)
        switch request.mode {
        case .exact: return try literal(plan, plan.keywords, mode: .exact, limit: request.limit)
        case .all: return try literal(plan, plan.words, mode: .all, limit: request.limit)
        case .any: return try any(plan, limit: request.limit)
        case .auto:
            let exact = try literal(plan, plan.keywords, mode: .exact, limit: request.limit)
            return exact.summary.hits > 0 ? exact : try any(plan, limit: request.limit)
        }
    }

    // MARK: Literal modes

    /// Paragraphs in which every one of `sequences` stands.
    private func literal(_ plan: QueryPlan, _ sequences: [UnitSequence], mode: SearchMode, limit: Int)
        throws(SearchError) -> RankedAnswer
    {
        let segments = snapshot.segments
        let clauses = try sequences.map { (sequence) throws(SearchError) in
            try SearchError.format { () throws(FormatError) in try LiteralTerms(sequence, segments: segments) }
        }
        let model = BM25(segments, field: .body)
        let titles = try SearchError.format { () throws(FormatError) in
            try DisjunctionScorer(plan.allTerms, field: .title, segments: segments)
        }
        var found: [RankedParagraph] = []
        for segment in segments.indices {
            let scorer = LiteralScorer(model: model, lengths: segments[segment].articles.paragraphLengths)
            let cursors = try cursors(clauses, segment: segment)
            guard cursors.count == clauses.count else { continue }
            let before = found.count
            try scorer.forEachMatch(cursors) { ordinal, score in
                guard live[segment].contains(ordinal) else { return }
                found.append(RankedParagraph(segment: segment, ordinal: ordinal, score: score))
            }
            try addTitleScores(titles, segment: segment, to: &found[before...])
        }
        return try answer(plan, found, mode: mode, limit: limit)
    }

    /// A cursor for each clause with its weight; fewer when the segment cannot hold one of them.
    private func cursors(_ clauses: [LiteralTerms], segment: Int) throws(SearchError) -> [LiteralScorer.Clause] {
        let model = BM25(snapshot.segments, field: .body)
        var cursors: [LiteralScorer.Clause] = []
        for clause in clauses {
            let verifier = LiteralVerifier(clause.sequence, segment: snapshot.segments[segment], analyzer: analyzer)
            let cursor = try SearchError.format { () throws(FormatError) in
                try LiteralCursor(clause, segment: segment, verifier: verifier)
            }
            guard let cursor else { continue }
            cursors.append(.init(cursor: cursor, weight: model.weight(documents: clause.documentCount)))
        }
        return cursors
    }

    private func addTitleScores(
        _ titles: DisjunctionScorer, segment: Int, to found: inout ArraySlice<RankedParagraph>
    ) throws(SearchError) {
        guard !found.isEmpty else { return }
        try SearchError.format { () throws(FormatError) in
            let reader = snapshot.segments[segment]
            var scores = [Float](repeating: 0, count: reader.info.articleCount)
            guard try titles.addScores(segment: segment, to: &scores) else { return }
            for index in found.indices {
                let article = try reader.articles.article(ofParagraph: found[index].ordinal)
                found[index].score += RankingWeights.title * scores[article]
            }
        }
    }

    // MARK: Best match

    /// Paragraphs that hold any part of the query. Where only an article's title does, its first paragraph
    /// stands for it.
    private func any(_ plan: QueryPlan, limit: Int) throws(SearchError) -> RankedAnswer {
        let segments = snapshot.segments
        let (body, titles) = try SearchError.format { () throws(FormatError) in
            (
                try DisjunctionScorer(plan.terms, field: .body, segments: segments),
                try DisjunctionScorer(plan.terms, field: .title, segments: segments)
            )
        }
        let clauses = try plan.quoted.map { (sequence) throws(SearchError) in
            try SearchError.format { () throws(FormatError) in try LiteralTerms(sequence, segments: segments) }
        }
        var found: [RankedParagraph] = []
        for segment in segments.indices {
            var scores = [Float](repeating: 0, count: segments[segment].paragraphCount)
            try SearchError.format { () throws(FormatError) in
                _ = try body.addScores(segment: segment, to: &scores)
            }
            let scorer = LiteralScorer(model: BM25(segments, field: .body), lengths: segments[segment].articles.paragraphLengths)
            for cursor in try cursors(clauses, segment: segment) {
                try scorer.forEachMatch([cursor]) { ordinal, score in scores[ordinal] += score }
            }
            try SearchError.format { () throws(FormatError) in
                try addTitles(titles, segment: segment, to: &scores)
            }
            for ordinal in scores.indices where scores[ordinal] > 0 && live[segment].contains(ordinal) {
                found.append(RankedParagraph(segment: segment, ordinal: ordinal, score: scores[ordinal]))
            }
        }
        return try answer(plan, found, mode: .any, limit: limit)
    }

    private func addTitles(_ titles: DisjunctionScorer, segment: Int, to scores: inout [Float]) throws(FormatError) {
        let articles = snapshot.segments[segment].articles
        var titleScores = [Float](repeating: 0, count: articles.articleCount)
        guard try titles.addScores(segment: segment, to: &titleScores) else { return }
        for article in titleScores.indices where titleScores[article] > 0 {
            let paragraphs = try articles.paragraphs(ofArticle: article)
            let added = RankingWeights.title * titleScores[article]
            for ordinal in paragraphs where scores[ordinal] > 0 || ordinal == paragraphs.lowerBound {
                scores[ordinal] += added
            }
        }
    }

    private func answer(_ plan: QueryPlan, _ found: [RankedParagraph], mode: SearchMode, limit: Int)
        throws(SearchError) -> RankedAnswer
    {
        let ranked = try SearchError.format { () throws(FormatError) in
            try TopHits.select(found, limit: limit, segments: snapshot.segments)
        }
        let summary = SearchSummary(mode: mode, hits: found.count, relation: .equal, returned: ranked.count)
        return RankedAnswer(plan: plan, summary: summary, ranked: ranked)
    }
}
