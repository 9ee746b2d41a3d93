internal import Bytes
internal import InvertedIndex
public import Model

extension QueryEngine {
    /// How a hit of an answer got its score.
    ///
    /// - Parameters:
    ///   - ranked: one of the answer's.
    ///   - answer: of this engine.
    /// - Complexity: one look-up of each term of the query in each segment, one seek for each of its postings lists and, in
    ///   literal modes, one pass over the title postings of the query's terms.
    public func explanation(of ranked: RankedParagraph, in answer: RankedAnswer) throws(SearchError)
        -> ScoreExplanation
    {
        try explanations(of: [ranked], in: answer)[0]
    }

    /// The same of several hits, for one look-up and one pass.
    public func explanations(of ranked: [RankedParagraph], in answer: RankedAnswer) throws(SearchError)
        -> [ScoreExplanation]
    {
        if answer.summary.mode == .any {
            let explainer = try BestMatchExplainer(self, answer.plan)
            var explanations: [ScoreExplanation] = []
            for paragraph in ranked { explanations.append(try explainer.explain(paragraph)) }
            return explanations
        }
        let explainer = try LiteralExplainer(self, answer)
        let extras = try explainer.extras(ranked)
        var explanations: [ScoreExplanation] = []
        for (paragraph, extra) in zip(ranked, extras) {
            explanations.append(
                ScoreExplanation(
                    terms: [], keywords: try explainer.keywords(of: paragraph), wordScore: extra.words,
                    titleScore: extra.title))
        }
        return explanations
    }
}
