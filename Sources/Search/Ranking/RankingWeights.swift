/// Every number that ranking depends on. One setting, for all texts and queries.
///
/// Three granularities of the same text are scored side by side with BM25 and added up: words carry meaning but
/// follow a segmentation that may differ between query and text, bigrams bridge such differences, and single
/// characters reach what is abbreviated or inflected otherwise. A bigram of the query that straddles two words
/// is half accidental, and counts half.
public enum RankingWeights {
    public static let character: Float = 0.5
    public static let bigram: Float = 0.5
    /// ICU words of two or more Han characters, and runs of other letters and digits.
    public static let word: Float = 1
    /// Factor for a query bigram that crosses a word boundary.
    public static let crossing: Float = 0.5
    /// Factor for what a title adds to its article's paragraphs.
    public static let title: Float = 1
    /// BM25: how soon repetition stops counting.
    public static let k1: Float = 1.2
    /// BM25: how much length counts.
    public static let b: Float = 0.6
}
