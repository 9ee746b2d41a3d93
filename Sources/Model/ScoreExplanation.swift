/// How the score of a hit came about: what each part of the query added to it.
///
/// Parts that add nothing are left out. All that is here together is the score, but for rounding.
public struct ScoreExplanation: Equatable, Sendable {
    /// What best match looks for side by side.
    public enum Kind: String, Sendable {
        /// One Han or kana character.
        case character
        /// Two of them in a row.
        case bigram
        /// A word: ICU's where it is Han, else letters and digits in a row.
        case word
    }

    /// A term of best match. An occurrence in the title counts as one in each paragraph of the article, too, weighted.
    public struct Term: Equatable, Sendable {
        /// Folded, as the index has it.
        public var text: String
        public var kind: Kind
        /// What its kind and its place in the query make it count, as often as the query has it.
        public var weight: Float
        /// Inverse document frequency: how rare it is.
        public var inverseFrequency: Float
        /// Paragraphs of the index that hold it, or titles where these are more.
        public var documentCount: Int
        /// Occurrences in the paragraph, in the reading that has more.
        public var inParagraph: Int
        /// Occurrences in the article's title.
        public var inTitle: Int
        /// Occurrences in all paragraphs of the article.
        public var inArticle: Int
        /// What it adds by the paragraph, and by the article as a whole.
        public var paragraphScore: Float
        public var articleScore: Float

        public init(
            text: String, kind: Kind, weight: Float, inverseFrequency: Float, documentCount: Int, inParagraph: Int,
            inTitle: Int, inArticle: Int, paragraphScore: Float, articleScore: Float
        ) {
            self.text = text
            self.kind = kind
            self.weight = weight
            self.inverseFrequency = inverseFrequency
            self.documentCount = documentCount
            self.inParagraph = inParagraph
            self.inTitle = inTitle
            self.inArticle = inArticle
            self.paragraphScore = paragraphScore
            self.articleScore = articleScore
        }
    }

    /// What stands in the paragraph literally: a keyword, a word of one in mode `all`, or a pair.
    public struct Keyword: Equatable, Sendable {
        /// Folded; marks inside it are shown as `|`.
        public var text: String
        /// Inverse document frequency: how rare it is.
        public var inverseFrequency: Float
        /// Paragraphs of the index that hold its rarest part: what its own number is taken to be.
        public var documentCount: Int
        /// Occurrences in the paragraph, in the reading that has more.
        public var inParagraph: Int
        /// What it adds.
        public var score: Float

        public init(text: String, inverseFrequency: Float, documentCount: Int, inParagraph: Int, score: Float) {
            self.text = text
            self.inverseFrequency = inverseFrequency
            self.documentCount = documentCount
            self.inParagraph = inParagraph
            self.score = score
        }
    }

    /// In best match: the terms of the query, in its order, that the article or its title holds.
    public var terms: [Term]
    /// In literal modes all keywords that are found, in the order of the query; in best match those in quotation marks.
    public var keywords: [Keyword]
    /// What words of the keywords add in literal modes that stand in the paragraph as words.
    public var wordScore: Float
    /// What the title adds in literal modes; in best match it is part of what terms add.
    public var titleScore: Float

    public init(terms: [Term], keywords: [Keyword], wordScore: Float = 0, titleScore: Float = 0) {
        self.terms = terms
        self.keywords = keywords
        self.wordScore = wordScore
        self.titleScore = titleScore
    }

    /// The sum of everything.
    public var score: Float {
        terms.reduce(0) { $0 + $1.paragraphScore + $1.articleScore } + keywords.reduce(0) { $0 + $1.score }
            + wordScore + titleScore
    }
}
