internal import InvertedIndex

/// Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).
///
/// A term in `df` of `N` documents, `tf` times in a document of length `l`, adds
/// `idf · tf · (k1 + 1) / (tf + k1 · (1 - b + b · l / average))` with `idf = ln(1 + (N - df + ½) / (df + ½))`.
/// Counts are of the whole index, over all segments, deleted documents included for as long as their segment
/// lives. `N` and `df` count paragraphs, also where an article is the document; an article has a `b` and an average of its own.
///
/// A class, as all that rank keep it: a copy would count references to its tables.
final class BM25 {
    private let documentCount: Int
    /// `k1 · (1 - b)` and `k1 · b / average` of paragraphs: the denominator is `tf + fixed + slope · l`.
    let fixed: Float
    let slope: Float
    /// What is added to a frequency below the fraction, for each code of a length: for paragraphs, `fixed + slope · l`, and for
    /// articles, whose `b` and average length are others.
    let norms: [Float]
    let articleNorms: [Float]
    /// The shares of frequencies, looked up.
    let tables: ShareTables
    /// Average length of a paragraph, in units.
    let averageLength: Float
    /// Of an article.
    let averageArticle: Float

    init(_ segments: [SegmentReader]) {
        var documents = 0
        var articles = 0
        var length: UInt64 = 0
        for segment in segments {
            documents += segment.info.paragraphCount
            articles += segment.info.articleCount
            // A damaged index may say any length.
            length &+= segment.info.bodyLength
        }
        documentCount = documents
        averageLength = documents > 0 && length > 0 ? Float(length) / Float(documents) : 1
        averageArticle = articles > 0 && length > 0 ? Float(length) / Float(articles) : 1
        fixed = RankingWeights.k1 * (1 - RankingWeights.b)
        slope = RankingWeights.k1 * RankingWeights.b / averageLength
        let (fixed, slope) = (fixed, slope)
        norms = LengthCode.lengths.map { fixed + slope * Float($0) }
        let articleFixed = RankingWeights.k1 * (1 - RankingWeights.articleB)
        let articleSlope = RankingWeights.k1 * RankingWeights.articleB / averageArticle
        articleNorms = LengthCode.lengths.map { articleFixed + articleSlope * Float($0) }
        tables = ShareTables(norms, articles: articleNorms)
    }

    /// What a term in `documents` documents is worth, `k1 + 1` included.
    func weight(documents: Int) -> Float {
        Self.inverseFrequency(documents: documents, of: documentCount) * (RankingWeights.k1 + 1)
    }

    /// Whether a term is in so many documents that it tells little: more than a part of all, and not just a few.
    func isCommon(documents: Int, above part: Float) -> Bool {
        documents > RankingWeights.commonCount && Float(documents) > Float(documentCount) * part
    }

    /// `idf` of a term in `documents` of `total` documents.
    static func inverseFrequency(documents: Int, of total: Int) -> Float {
        let df = Float(documents)
        return logarithm(onePlus: (max(0, Float(total) - df) + 0.5) / (df + 0.5))
    }

    /// The share of the weight that a document gets.
    @inline(__always)
    func share(frequency: Float, length: Int) -> Float { frequency / (frequency + (fixed + slope * Float(length))) }
}
