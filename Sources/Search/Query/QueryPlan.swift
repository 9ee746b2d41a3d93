internal import Model
internal import Tokenizer

/// A query taken apart: what must stand literally, and what counts for ranking. A class, as every step is given it, and the answer
/// keeps it.
public final class QueryPlan {
    /// A term that adds to the score.
    struct ScoredTerm {
        var kind: TermKind
        /// The key of the term in paragraphs.
        var key: TermKey
        /// The granularity's weight times the times the query has it.
        var weight: Float
        /// For a character that has another beside it wherever the query has it, so that bigrams stand for it, too: the part of
        /// all paragraphs above which it is left to them. Nil for what always counts.
        var commonPart: Float?
    }

    /// Hits to return; 0 for all.
    let limit: Int
    /// Whether a hit is enough, and the rest need not be counted.
    let endsAtFirst: Bool
    /// Whether healed readings are searched too.
    let heals: Bool
    /// The widest difference of spelling that counts for none.
    let fold: FoldLevel
    /// Reads stored text at that level.
    let analyzer: Analyzer
    /// What must hold of a paragraph, where the query has operators; nil where that is to hold all ``keywords``.
    let expression: QueryExpression<QueryLeaf>?
    /// The same with every keyword cut into words.
    let wordExpression: QueryExpression<QueryLeaf>?
    /// What best match leaves out. Nil when the query has operators that it does not know.
    let excluded: [QueryExpression<QueryLeaf>]?
    /// The keywords to find: all of them, literally, is an exact match, where there is no ``expression``.
    let keywords: [Literal]
    /// As typed, in the same order, without marks at the ends.
    let spellings: [[UInt8]]
    /// Those among them written in quotation marks.
    let quoted: [Literal]
    /// The query's words by ICU, and the quoted keywords whole.
    let words: [Literal]
    /// All keywords, for the terms to rank by: which of them are wanted, a search tells later.
    private let analyses: [(analysis: Analysis, isQuoted: Bool)]

    /// - Parameters:
    ///   - analyzer: the one of the index.
    ///   - narrow: the one of the request's fold level, where it is another.
    ///   - strings: what of the index is read so.
    init(_ request: SearchRequest, analyzer: Analyzer, narrow: Analyzer?, pinyin strings: @escaping PinyinStrings)
        throws(SearchError)
    {
        var keywords: [AnalysedKeyword] = []
        var known: Set<Literal> = []
        var quoted: [Literal] = []
        var words: [Literal] = []
        var analyses: [(analysis: Analysis, isQuoted: Bool)] = []
        let query = try AnalysedQuery(request, analyzer: analyzer, narrow: narrow, pinyin: strings)
        for keyword in query.keywords {
            if known.insert(keyword.literal).inserted { keywords.append(keyword) }
            analyses.append((keyword.analysis, keyword.keyword.isQuoted))
            if keyword.keyword.isQuoted {
                quoted.append(keyword.literal)
                words.append(keyword.literal)
            } else {
                words += keyword.words()
            }
        }
        limit = request.limit
        endsAtFirst = request.endsAtFirst
        heals = request.heals
        fold = narrow == nil ? .full : request.fold
        self.analyzer = narrow ?? analyzer
        expression = query.literal
        wordExpression = request.mode == .all ? query.words() : nil
        excluded = query.isRankable ? query.expression.exceptions.map { $0.flatMap { .leaf($0.leaf) } } : nil
        self.keywords = keywords.map(\.literal)
        spellings = keywords.map(\.spelling)
        self.quoted = Self.distinct(quoted)
        self.words = Self.distinct(words)
        self.analyses = analyses
    }

    /// What best match ranks by: the terms of the keywords that are not quoted. O(query).
    func rankingTerms() -> [ScoredTerm] {
        var terms = TermWeights()
        for (analysis, isQuoted) in analyses where !isQuoted { terms.add(analysis, characters: true) }
        return terms.scored
    }

    /// What literal matches are ranked by beside the keywords themselves: the terms of all keywords, without single characters,
    /// which say little beside the words they make up. O(query).
    func extraTerms() -> [ScoredTerm] {
        var terms = TermWeights()
        for (analysis, _) in analyses { terms.add(analysis, characters: false) }
        return terms.scored
    }

    private static func distinct(_ literals: [Literal]) -> [Literal] {
        // One keyword is what most queries are.
        if literals.count < 2 { return literals }
        var known: Set<Literal> = []
        return literals.filter { known.insert($0).inserted }
    }
}
