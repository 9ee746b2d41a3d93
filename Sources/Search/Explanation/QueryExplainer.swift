public import Model
public import Tokenizer

/// Given a query, tells of any text why it holds the query's keywords, or where it parts from them.
///
/// The comparison that search makes through the index, made on one text and shown.
public final class QueryExplainer {
    /// A keyword as it is looked for.
    public struct Keyword: Sendable {
        /// As written.
        public var text: String
        public var analysis: Analysis
        /// The units that are looked for: all but marks at the ends.
        public var units: Range<Int>
        /// Whether any word counts that begins like its last one.
        public var isPrefix: Bool
        /// Whether it stands after NOT.
        public var isExcluded: Bool
        /// Units between it and the next keyword, at most, where the two are a pair.
        public var distance: Int?
    }

    /// A text's readings, and how each keyword compares with them, in the order of ``keywords``.
    public struct Explanation: Sendable {
        public var plain: Analysis
        /// Nil when it is the plain one, or was not asked for.
        public var healed: Analysis?
        public var comparisons: [KeywordComparison]
        /// Whether what the query says holds of the text, its operators too.
        public var isMatch: Bool
    }

    private let query: AnalysedQuery
    private let analysed: [AnalysedQuery.Mention]
    private let heals: Bool
    private let analyzer: Analyzer

    /// Parses and analyses the query of `request`; of the rest only ``SearchRequest/isPlain`` and
    /// ``SearchRequest/heals`` count.
    ///
    /// - Parameter analyzer: of the level at which both sides are to be folded.
    /// - Throws: also for pinyin, which only an index gives a meaning.
    public init(_ request: SearchRequest, analyzer: Analyzer) throws(SearchError) {
        query = try AnalysedQuery(request, analyzer: analyzer, narrow: nil, pinyin: nil)
        analysed = query.mentions
        heals = request.heals
        self.analyzer = analyzer
    }

    public var keywords: [Keyword] {
        analysed.map { mention in
            let keyword = mention.keyword
            return Keyword(
                text: keyword.keyword.text, analysis: keyword.analysis, units: keyword.units,
                isPrefix: keyword.isPrefix, isExcluded: mention.isExcluded, distance: mention.distance)
        }
    }

    /// Compares a paragraph's text, UTF-8, with the keywords.
    public func explain(_ text: [UInt8]) throws(SearchError) -> Explanation {
        let paragraph = try AnalysedParagraph(text, analyzer: analyzer, heals: heals)
        var comparisons = analysed.map { KeywordComparison($0.keyword.literal.sequence, paragraph) }
        for (index, mention) in analysed.enumerated() where mention.distance != nil {
            let (first, second) = (comparisons[index], comparisons[index + 1])
            guard first.reading == second.reading else { continue }
            comparisons[index].between = LeafPlaces.leastGap(
                first.occurrences, second.occurrences,
                in: first.reading == .healed ? paragraph.healed ?? paragraph.plain : paragraph.plain)
        }
        return Explanation(
            plain: paragraph.plain, healed: paragraph.healed, comparisons: comparisons,
            isMatch: query.expression.holds { $0.leaf.isFound(in: paragraph) })
    }
}
