/// How a query selects paragraphs.
public enum SearchMode: String, CaseIterable, Sendable {
    /// `exact` if that has hits, else `any`. A query with operators is `exact`, hits or not.
    case auto
    /// Every keyword occurs literally in the paragraph.
    case exact
    /// Every ICU word of the query occurs literally, anywhere in the paragraph.
    case all
    /// Best match: any of it.
    case any
}

/// A question to an index.
public struct SearchRequest: Sendable {
    /// The query as typed.
    public var query: String
    public var mode: SearchMode
    /// Hits to return; 0 for all.
    public var limit: Int
    /// Takes the query as text alone: no quotes, no operators. Such a query parses up to ``QueryLimits/length``.
    public var isPlain: Bool
    /// Searches what noise such as torn words was before it was torn, too.
    public var heals: Bool
    /// The widest difference of spelling that counts for none. What is narrower than `full` is for literal search:
    /// `auto` is then `exact`, and `any` an error.
    public var fold: FoldLevel
    /// Which articles to look at.
    public var filter: SearchFilter
    /// Only asks whether there is any hit: which ones are found, and how many, is then open.
    public var endsAtFirst = false
    /// Snippets, context, groups and the like.
    public var results = ResultOptions()

    public init(
        _ query: String, mode: SearchMode = .auto, limit: Int = 10, isPlain: Bool = false, heals: Bool = true,
        fold: FoldLevel = .full, filter: SearchFilter = SearchFilter()
    ) {
        self.query = query
        self.mode = mode
        self.limit = limit
        self.isPlain = isPlain
        self.heals = heals
        self.fold = fold
        self.filter = filter
    }
}

/// A paragraph that answers a query.
public struct Hit: Sendable {
    /// How much of the query the paragraph holds.
    public enum Match: String, Sendable {
        /// Every keyword, literally.
        case exact
        /// Some of it.
        case partial
    }

    /// From 1.
    public var rank: Int
    public var score: Float
    public var match: Match
    /// Whether something of the query stands only in the healed reading of the paragraph, without its noise.
    public var isHealed = false
    /// The narrowest level at which every keyword stands in the paragraph; nil for a partial match.
    public var fold: FoldLevel?
    public var articleID: [UInt8]
    public var path: Path
    /// UTF-8; empty when the article has none.
    public var title: String
    /// As found in the article; empty when it has none.
    public var date: String
    /// The paragraph's number in its article, from 1.
    public var number: Int
    public var text: String
    public var source: SourceRange
    /// What the paragraph was in its document.
    public var kind = ParagraphKind.text
    /// What matched, as `[start, end)` in Unicode scalars of ``text``, ascending and apart.
    public var highlights: [Range<Int>]
    /// The part of ``text`` to show; nil when none was asked for.
    public var snippet: Snippet?
    /// The paragraphs around it; nil when none were asked for.
    public var context: Context?
    /// Nil when hits are not grouped.
    public var group: Group?
    /// Paragraphs folded into this one; nil when none are folded.
    public var duplicates: Int?
    /// How ``score`` came about; nil when that was not asked for.
    public var explanation: ScoreExplanation?

    public init(
        rank: Int, score: Float, match: Match, articleID: [UInt8], path: Path, title: String, date: String,
        number: Int, text: String, source: SourceRange, highlights: [Range<Int>]
    ) {
        self.rank = rank
        self.score = score
        self.match = match
        self.articleID = articleID
        self.path = path
        self.title = title
        self.date = date
        self.number = number
        self.text = text
        self.source = source
        self.highlights = highlights
    }
}

/// What a whole search found.
public struct SearchSummary: Equatable, Sendable {
    /// Whether ``hits`` is the exact number or a lower bound.
    public enum Relation: String, Sendable {
        case equal = "eq"
        case atLeast = "gte"
    }

    /// The mode that gave the hits; never `auto`.
    public var mode: SearchMode
    /// Paragraphs that match.
    public var hits: Int
    public var relation: Relation
    /// Paragraphs returned.
    public var returned: Int
    /// Articles returned; nil when hits are not grouped.
    public var groups: Int?
    /// Queries that have hits, where this one has none; empty when none were looked for.
    public var suggestions: [String] = []

    public init(mode: SearchMode, hits: Int, relation: Relation, returned: Int) {
        self.mode = mode
        self.hits = hits
        self.relation = relation
        self.returned = returned
    }
}
