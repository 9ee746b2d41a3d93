internal import InvertedIndex

/// Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).
///
/// A term in `df` of `N` documents, `tf` times in a document of length `l`, adds
/// `idf · tf · (k1 + 1) / (tf + k1 · (1 - b + b · l / average))` with `idf = ln(1 + (N - df + ½) / (df + ½))`.
/// Counts are of the whole index, over all segments, deleted documents included for as long as their segment
/// lives.
struct BM25 {
    private let documentCount: Int
    /// `k1 · (1 - b)` and `k1 · b / average`: the denominator is `tf + fixed + slope · l`.
    let fixed: Float
    let slope: Float
    /// `fixed + slope · l` for each code of a length.
    let norms: [Float]

    init(_ segments: [SegmentReader]) {
        var documents = 0
        var length: UInt64 = 0
        for segment in segments {
            documents += segment.info.paragraphCount
            length += segment.info.bodyLength
        }
        documentCount = documents
        let average = documents > 0 && length > 0 ? Float(length) / Float(documents) : 1
        fixed = RankingWeights.k1 * (1 - RankingWeights.b)
        slope = RankingWeights.k1 * RankingWeights.b / average
        let (fixed, slope) = (fixed, slope)
        norms = (0..<LengthCode.count).map { fixed + slope * Float(LengthCode.decode(UInt8($0))) }
    }

    /// What a term in `documents` documents is worth, `k1 + 1` included.
    func weight(documents: Int) -> Float {
        Self.inverseFrequency(documents: documents, of: documentCount) * (RankingWeights.k1 + 1)
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
