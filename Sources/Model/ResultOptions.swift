/// The order of hits.
public enum HitOrder: String, CaseIterable, Sendable {
    /// The best first; equal scores by the bytes of the article's id, then by the paragraph's number.
    case score
    /// The newest article first, a year or month as its first day; those without a date that can be read last. Equal dates
    /// as in ``score``.
    case date
    /// By the bytes of the file's path, then of the article's id, then by the paragraph's number.
    case path
}

/// What to make of the ranked paragraphs of a query, beyond printing them in order.
public struct ResultOptions: Equatable, Sendable {
    /// Unicode scalars of a paragraph to show, around what matched; 0 for no snippet.
    public var snippet = 0
    /// Paragraphs of the same article to read before and after each hit.
    public var context = 0
    /// Hits to give of each article, best first, under the article; 0 for no groups. With groups,
    /// ``SearchRequest/limit`` counts articles.
    public var perArticle = 0
    /// Folds paragraphs that say nearly the same into the best of them. ``SearchRequest/limit`` counts what is left.
    public var collapses = false
    /// In which order hits come, and with groups articles. Of a literal search all hits are put in order, then limited; of best
    /// match the best ones that the limit leaves, since any paragraph with a character of the query would go before them.
    public var order = HitOrder.score
    /// Says of each hit how its score came about.
    public var explains = false

    public init() {}
}

extension Hit {
    /// The part of a hit's text that shows best why it was found.
    public struct Snippet: Equatable, Sendable {
        public var text: String
        /// Where it begins, in Unicode scalars of ``Hit/text``.
        public var start: Int
        /// What matched in it, in Unicode scalars of ``text``.
        public var highlights: [Range<Int>]
        /// Whether the hit's text goes on before it, and after it.
        public var isCutBefore: Bool
        public var isCutAfter: Bool

        public init(
            text: String, start: Int, highlights: [Range<Int>], isCutBefore: Bool = false, isCutAfter: Bool = false
        ) {
            self.text = text
            self.start = start
            self.highlights = highlights
            self.isCutBefore = isCutBefore
            self.isCutAfter = isCutAfter
        }
    }

    /// The paragraphs around a hit, in the order of the article.
    public struct Context: Equatable, Sendable {
        public var before: [Neighbour]
        public var after: [Neighbour]

        public init(before: [Neighbour], after: [Neighbour]) {
            self.before = before
            self.after = after
        }
    }

    /// A paragraph near a hit.
    public struct Neighbour: Equatable, Sendable {
        /// The paragraph's number in its article, from 1.
        public var number: Int
        public var text: String
        /// The line of the file on which it begins.
        public var line: Int
        /// Its page or chapter, where that is known.
        public var part: SourcePart?

        public init(number: Int, text: String, line: Int, part: SourcePart? = nil) {
            self.number = number
            self.text = text
            self.line = line
            self.part = part
        }
    }

    /// A hit's place in the article it is grouped under.
    public struct Group: Equatable, Sendable {
        /// The article's place among articles, from 1.
        public var number: Int
        /// The hit's place in it, from 1.
        public var place: Int

        public init(number: Int, place: Int) {
            self.number = number
            self.place = place
        }
    }
}
