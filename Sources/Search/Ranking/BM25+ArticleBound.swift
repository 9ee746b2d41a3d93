internal import InvertedIndex

extension BM25 {
    /// The share that no article of one paragraph exceeds, as an impact of its paragraph bounds it.
    ///
    /// Impacts are made with the `b` of paragraphs, and an article has another, so that the share of a short one may be greater
    /// than its paragraph's. Let `n` be what the paragraph of length `l` has below the fraction beside its frequency `f`, and `m`
    /// what the article has. Of a share `f / (f + n)` of at most `s` follows `n = f · (1 - s) / s` or more, and where `m` is no
    /// less than `r · n`, the article's share is at most `s / (s + r · (1 - s))`. As `f` is at least 1, `l` cannot be so small
    /// that `n` is below `(1 - s) / s`; from there on `m / n` either rises or falls towards its limit, so the lesser of both ends
    /// is `r`.
    ///
    /// - Parameters:
    ///   - impact: the greatest of some postings of paragraphs.
    ///   - scale: what it was made with.
    /// - Returns: 0 to 1.
    func articleBound(_ impact: UInt8, _ scale: ImpactScale) -> Float {
        let (k1, b, articleB) = (RankingWeights.k1, RankingWeights.b, RankingWeights.articleB)
        let share = Float(impact) / 255
        guard share < 1 else { return 1 }
        guard share > 0 else { return 0 }
        let least = max((1 - share) / share, k1 * (1 - b))
        let shortest = (least - k1 * (1 - b)) / (k1 * b) * scale.average
        let ofArticle = k1 * (1 - articleB) + k1 * articleB * shortest / averageArticle
        let ratio = min(ofArticle / least, articleB / b * scale.average / averageArticle)
        return share / (share + ratio * (1 - share))
    }
}
