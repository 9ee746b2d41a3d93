internal import Bytes
internal import InvertedIndex
internal import Model

/// Takes best-match scores apart: by the formula of ``ArticleScorer``, term by term, for one paragraph at a time.
struct BestMatchExplainer {
    private let engine: QueryEngine
    private let model: BM25
    private let terms: [RankedTerm]
    /// Those among them that are scored, unless nothing holds any.
    private let telling: [RankedTerm]
    private let quoted: LiteralExplainer

    init(_ engine: QueryEngine, _ plan: QueryPlan) throws(SearchError) {
        self.engine = engine
        let model = engine.model
        self.model = model
        terms = try SearchError.format { () throws(FormatError) in try engine.rankedTerms(plan, model) }
        telling = RankedTerm.telling(of: terms, model: model)
        let leaves = plan.quoted.map { QueryLeaf(parts: [.init(literal: $0)], distance: nil) }
        quoted = try LiteralExplainer(engine, plan, leaves.isEmpty ? nil : .some(leaves.map { .leaf($0) }))
    }

    func explain(_ ranked: RankedParagraph) throws(SearchError) -> ScoreExplanation {
        let keywords = try quoted.keywords(of: ranked)
        let explained = try SearchError.format { () throws(FormatError) in
            let found = try explain(telling, in: ranked)
            // A hit that has none of them was found by what they leave out.
            return found.isEmpty && keywords.isEmpty ? try explain(terms, in: ranked) : found
        }
        return ScoreExplanation(terms: explained, keywords: keywords, titleScore: 0)
    }

    private func explain(_ terms: [RankedTerm], in ranked: RankedParagraph) throws(FormatError)
        -> [ScoreExplanation.Term]
    {
        let segment = engine.snapshot.segments[ranked.segment]
        let spans = try engine.spans.of(ranked.segment)
        let length = try segment.articles.paragraphLengths.length(of: ranked.ordinal)
        let article = spans.article(of: ranked.ordinal)
        let articleNorm = model.articleNorms[Int(spans.lengths[article])]
        let paragraphs = spans.paragraphs(article)
        var explained: [ScoreExplanation.Term] = []
        var ranges = ArticleRanges()
        ranges.append(article, paragraphs)
        var postings = TermPostings()
        for term in terms {
            try TermReader(term, segment: ranked.segment, of: segment).find(in: ranges, into: &postings)
            let title = Float(postings.titles.first?.frequency ?? 0)
            // A paragraph counts by the reading that holds the term more often.
            var frequencies: [UInt32: UInt32] = [:]
            for posting in postings.plain + postings.healed {
                frequencies[posting.document] = max(frequencies[posting.document] ?? 0, posting.frequency)
            }
            guard title > 0 || !frequencies.isEmpty else { continue }
            let here = Float(frequencies[UInt32(ranked.ordinal)] ?? 0)
            let everywhere = frequencies.values.reduce(Float(0)) { $0 + Float($1) }
            let inParagraph = here + RankingWeights.title * title
            let inArticle = everywhere + RankingWeights.articleTitle * title
            let share = inParagraph > 0 ? model.share(frequency: inParagraph, length: length) : 0
            explained.append(
                ScoreExplanation.Term(
                    text: term.term.text, kind: ScoreExplanation.Kind(term.term.kind), weight: term.term.weight,
                    inverseFrequency: model.inverseFrequency(documents: term.documentCount),
                    documentCount: term.documentCount, inParagraph: Int(here), inTitle: Int(title),
                    inArticle: Int(everywhere), paragraphScore: term.weight * share,
                    articleScore: term.weight * RankingWeights.article * inArticle / (inArticle + articleNorm)))
        }
        return explained
    }
}

extension ScoreExplanation.Kind {
    fileprivate init(_ kind: TermKind) {
        self =
            switch kind {
            case .character: .character
            case .bigram: .bigram
            // A word of two characters is a term of another kind only to save room.
            case .pair, .hanWord, .word: .word
            }
    }
}

extension QueryPlan.ScoredTerm {
    /// What the key stands for: code points of three bytes each, or UTF-8.
    fileprivate var text: String {
        let content = key.bytes.dropFirst()
        switch kind {
        case .word, .hanWord: return String(decoding: content, as: UTF8.self)
        case .character, .bigram, .pair:
            return String.han(
                stride(from: content.startIndex, to: content.endIndex, by: 3).map { start in
                    content[start..<start + 3].reduce(0) { $0 << 8 | UInt32($1) }
                })
        }
    }
}

extension BM25 {
    /// The factor of a weight that tells how rare a term is.
    func inverseFrequency(documents: Int) -> Float { weight(documents: documents) / (RankingWeights.k1 + 1) }
}
