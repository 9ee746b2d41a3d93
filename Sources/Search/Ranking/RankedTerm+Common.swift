internal import Model

extension RankedTerm {
    /// The terms that are scored of those that were found: without characters that are common and stand in a bigram
    /// that was found, which says better what is meant (``RankingWeights/commonPart``).
    ///
    /// - Complexity: O(common characters × terms).
    static func telling(of terms: [RankedTerm], model: BM25) -> [RankedTerm] {
        let bigrams = terms.compactMap { $0.term.kind == .bigram ? $0.term.key.characters : nil }
        return terms.filter { term in
            guard let part = term.term.commonPart, model.isCommon(documents: term.documentCount, above: part)
            else { return true }
            let character = term.term.key.characters
            return !bigrams.contains { $0 >> 24 == character || $0 & 0xFF_FFFF == character }
        }
    }
}
