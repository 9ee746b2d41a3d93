internal import InvertedIndex

/// Every number that ranking depends on. One setting, for all texts and queries.
///
/// Three granularities of the same text are scored side by side with BM25 and added up: words carry meaning but
/// follow a segmentation that may differ between query and text, bigrams bridge such differences, and single
/// characters reach what is abbreviated or written otherwise. A run of Latin letters or digits has neither
/// bigrams nor characters, and names things that nothing else names, so it counts for all three and more.
///
/// <doc:Ranking> has the measurements behind the values.
public enum RankingWeights {
    /// A Han or kana character of a longer word, and one that ICU takes for a word by itself.
    public static let character: Float = 0.4
    public static let characterWord: Float = 1.1
    /// Two in a row, whether or not they cross a boundary between words.
    public static let bigram: Float = 0.5
    /// An ICU word of two or more Han characters.
    public static let hanWord: Float = 0.6
    /// A run of other letters and digits.
    public static let word: Float = 2.4
    /// What words count for that ask (什么, 多少, where a question has them) and those that mean little (的, 在, 我们): parts of
    /// the weight they would have.
    public static let questionWord: Float = 0.25
    public static let functionWord: Float = 0.33
    /// What an occurrence in the title counts for, in occurrences in the paragraph.
    public static let title: Float = 1
    /// What the article behind a paragraph counts for, in parts of what the paragraph does, and what an occurrence in the
    /// title counts for there.
    public static let article: Float = 1
    public static let articleTitle: Float = 2
    /// A character that stands in more than this part of all paragraphs, and in more of them than that number, counts only
    /// where no bigram that is found has it: these say better what was meant, and its list is among the longest. A word of
    /// one character has no other term of its own, and tells more.
    public static let commonPart: Float = 0.05
    public static let commonWordPart: Float = 0.2
    public static let commonCount = 1000
    /// BM25: how soon repetition stops counting.
    public static let k1 = ImpactScale.k1
    /// BM25: how much length counts for a paragraph, and for an article. Articles differ more in length, and a long one has some
    /// of everything.
    public static let b = ImpactScale.b
    public static let articleB: Float = 0.8
}
