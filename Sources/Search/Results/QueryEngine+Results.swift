internal import Bytes
internal import InvertedIndex
public import Model
internal import Tokenizer

extension QueryEngine {
    /// Ranks that are looked at first: deep enough that most articles of an answer have their best paragraphs there.
    static let groupedRanks = 2000
    /// The same where the text of each must be read, which takes a tenth of a millisecond.
    static let collapsedRanks = 200

    /// Finds, ranks and counts, then groups and folds as ``SearchRequest/results`` asks.
    ///
    /// Groups and folds look at the best 2,000 paragraphs, or 200 when they fold, or eight times the limit if that is more,
    /// and at twice as many for as long as these do not fill the limit. A paragraph that ranks lower than these is
    /// not shown in its article's group, nor counted as a duplicate.
    public func arrange(_ request: SearchRequest) throws(SearchError) -> ArrangedAnswer {
        if request.results.order != .score { return try arrangeOrdered(request) }
        let options = request.results
        guard options.perArticle > 0 || options.collapses else {
            return ArrangedAnswer(answer: try run(request), options: options, groups: [], duplicates: [])
        }
        let arranger = HitArranger(
            limit: request.limit, perArticle: options.perArticle, collapses: options.collapses)
        var texts = CandidateTexts(self)
        var deeper = request
        let (wanted, overflow) = request.limit.multipliedReportingOverflow(by: 8)
        let least = options.collapses ? Self.collapsedRanks : Self.groupedRanks
        deeper.limit = request.limit == 0 || overflow ? 0 : max(least, wanted)
        while true {
            let found = try run(deeper)
            let (taken, isFull) = try arranger.take(
                found.ranked.indices,
                article: { (rank) throws(SearchError) in try article(of: found.ranked[rank]) },
                sketch: { (rank) throws(SearchError) in try texts.sketch(of: found.ranked[rank]) })
            if isFull || deeper.limit == 0 || found.ranked.count < deeper.limit {
                return ArrangedAnswer(found, taken, options)
            }
            let (next, overflow) = deeper.limit.multipliedReportingOverflow(by: 2)
            deeper.limit = overflow ? 0 : next
        }
    }

    /// Groups and folds all that was found, in the order in which it stands.
    func arrange(_ found: RankedAnswer, _ arranger: HitArranger, _ options: ResultOptions) throws(SearchError)
        -> ArrangedAnswer
    {
        var texts = CandidateTexts(self)
        let (taken, _) = try arranger.take(
            found.ranked.indices,
            article: { (rank) throws(SearchError) in try article(of: found.ranked[rank]) },
            sketch: { (rank) throws(SearchError) in try texts.sketch(of: found.ranked[rank]) })
        return ArrangedAnswer(found, taken, options)
    }

    /// The hits of an answer, with snippets, context and explanations where they were asked for.
    ///
    /// - Parameter places: which of them, from 0; nil for all.
    public func hits(_ arranged: ArrangedAnswer, _ places: Range<Int>? = nil, detail: HitDetail = .full)
        throws(SearchError) -> [Hit]
    {
        var hits = try hits(arranged.answer, places, detail: detail)
        let texts = arranged.options.context > 0 ? snapshot.segments.map { StoredTextReader($0.text) } : []
        let explanations =
            arranged.options.explains
            ? try explanations(of: hits.map { arranged.answer.ranked[$0.rank - 1] }, in: arranged.answer) : []
        for index in hits.indices {
            let place = hits[index].rank - 1
            if !explanations.isEmpty { hits[index].explanation = explanations[index] }
            if !arranged.groups.isEmpty { hits[index].group = arranged.groups[place] }
            if !arranged.duplicates.isEmpty { hits[index].duplicates = arranged.duplicates[place] }
            guard detail != .reference else { continue }
            if arranged.options.snippet > 0 {
                hits[index].snippet = Hit.Snippet(
                    hits[index].text, highlights: hits[index].highlights, limit: arranged.options.snippet)
            }
            if arranged.options.context > 0 {
                let ranked = arranged.answer.ranked[place]
                hits[index].context = try SearchError.format { () throws(FormatError) in
                    try context(of: ranked, arranged.options.context, texts[ranked.segment])
                }
            }
        }
        return hits
    }

    /// Up to `count` paragraphs of the same article on each side.
    private func context(of ranked: RankedParagraph, _ count: Int, _ texts: StoredTextReader) throws(FormatError)
        -> Hit.Context
    {
        let articles = snapshot.segments[ranked.segment].articles
        let all = try articles.paragraphs(ofArticle: try articles.article(ofParagraph: ranked.ordinal))
        func neighbours(_ ordinals: some Sequence<Int>) throws(FormatError) -> [Hit.Neighbour] {
            var found: [Hit.Neighbour] = []
            for ordinal in ordinals {
                let paragraph = try texts.paragraph(ordinal)
                let source = try place(
                    paragraph.source, of: RankedParagraph(segment: ranked.segment, ordinal: ordinal, score: 0))
                found.append(
                    Hit.Neighbour(
                        number: ordinal - all.lowerBound + 1, text: String(decoding: paragraph.text, as: UTF8.self),
                        line: source.line, part: source.part))
            }
            return found
        }
        return Hit.Context(
            before: try neighbours((all.lowerBound..<ranked.ordinal).suffix(count)),
            after: try neighbours((ranked.ordinal + 1..<all.upperBound).prefix(count)))
    }

    /// What tells articles apart.
    private struct ArticlePlace: Hashable {
        var segment: Int
        var article: Int
    }

    private func article(of ranked: RankedParagraph) throws(SearchError) -> ArticlePlace {
        try SearchError.format { () throws(FormatError) in
            let articles = snapshot.segments[ranked.segment].articles
            return ArticlePlace(
                segment: ranked.segment, article: try articles.article(ofParagraph: ranked.ordinal))
        }
    }
}

extension ArrangedAnswer {
    fileprivate init(_ found: RankedAnswer, _ taken: [HitArranger.Taken], _ options: ResultOptions) {
        var summary = found.summary
        summary.returned = taken.count
        summary.groups = options.perArticle > 0 ? taken.last?.group.number ?? 0 : nil
        answer = RankedAnswer(plan: found.plan, summary: summary, ranked: taken.map { found.ranked[$0.rank] })
        self.options = options
        groups = options.perArticle > 0 ? taken.map(\.group) : []
        duplicates = options.collapses ? taken.map(\.duplicates) : []
    }
}

/// What is compared of candidates, each read once however often ranks are looked at.
private struct CandidateTexts {
    private struct Place: Hashable {
        var segment: Int
        var ordinal: Int
    }

    private let analyzer: Analyzer
    private let texts: [StoredTextReader]
    private var known: [Place: NearDuplicates.Sketch] = [:]

    init(_ engine: QueryEngine) {
        analyzer = engine.analyzer
        texts = engine.snapshot.segments.map { StoredTextReader($0.text) }
    }

    mutating func sketch(of ranked: RankedParagraph) throws(SearchError) -> NearDuplicates.Sketch {
        let place = Place(segment: ranked.segment, ordinal: ranked.ordinal)
        if let known = known[place] { return known }
        let paragraph = try SearchError.format { () throws(FormatError) in
            try texts[ranked.segment].paragraph(ranked.ordinal)
        }
        let text = try AnalysedParagraph(paragraph.text, analyzer: analyzer, heals: false)
        let sketch = NearDuplicates.Sketch(text.plain)
        known[place] = sketch
        return sketch
    }
}
