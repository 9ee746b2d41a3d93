internal import Model
internal import Tokenizer

/// One thing to find, analysed: a keyword, or two that are to stand near each other.
struct AnalysedText {
    /// One or two.
    let keywords: [AnalysedKeyword]
    /// Units between two, at most.
    let distance: Int?

    var leaf: QueryLeaf {
        QueryLeaf(
            parts: keywords.map { .init(literal: $0.literal, spelling: $0.spelling, isPrefix: $0.isPrefix) },
            distance: distance)
    }
}

/// A query, parsed and analysed. Keywords of marks alone are left out.
struct AnalysedQuery {
    let expression: QueryExpression<AnalysedText>
    private let parsed: ParsedQuery

    /// - Parameters:
    ///   - narrow: the analyzer of the level that the query narrows to, if any.
    ///   - strings: what of an index is read so; nil where there is no index.
    init(_ request: SearchRequest, analyzer: Analyzer, narrow: Analyzer?, pinyin strings: PinyinStrings?)
        throws(SearchError)
    {
        do { parsed = try QueryParser.parse(request.query, isPlain: request.isPlain) } catch { throw .query(error) }
        let expanded = try parsed.expandingPinyin(strings)
        let isPlain = request.isPlain
        let expression = try expanded?.compactMap { (text) throws(SearchError) -> AnalysedText? in
            var keywords: [AnalysedKeyword] = []
            for keyword in text.keywords {
                let analysed = try AnalysedKeyword(keyword, analyzer: analyzer, narrow: narrow, isPlain: isPlain)
                if let analysed { keywords.append(analysed) }
            }
            if text.distance != nil, keywords.count < 2 { throw .query(.notAPair(at: text.place)) }
            return keywords.isEmpty ? nil : AnalysedText(keywords: keywords, distance: text.distance)
        }
        guard let expression else { throw .query(.nothingToFind) }
        self.expression = expression
    }

    /// The keywords to find, in order.
    var keywords: [AnalysedKeyword] { expression.leaves.flatMap(\.keywords) }

    /// A keyword where it stands in the query.
    struct Mention {
        let keyword: AnalysedKeyword
        /// Whether it is after NOT.
        let isExcluded: Bool
        /// Units between it and the next, at most, where the two are a pair.
        let distance: Int?
    }

    /// All keywords, those after NOT beside what they are taken away from.
    var mentions: [Mention] { Self.mentions(expression, isExcluded: false) }

    private static func mentions(_ expression: QueryExpression<AnalysedText>, isExcluded: Bool) -> [Mention] {
        switch expression {
        case .leaf(let text):
            text.keywords.enumerated().map { index, keyword in
                Mention(keyword: keyword, isExcluded: isExcluded, distance: index == 0 ? text.distance : nil)
            }
        case .every(let parts, let except):
            parts.flatMap { mentions($0, isExcluded: isExcluded) }
                + except.flatMap { mentions($0, isExcluded: !isExcluded) }
        case .some(let parts): parts.flatMap { mentions($0, isExcluded: isExcluded) }
        }
    }

    /// Whether it is more than keywords that are all to be found.
    var hasOperators: Bool {
        parsed.isBoolean || parsed.hasPinyin
            || expression.hasLeaf { $0.distance != nil || $0.keywords[0].isPrefix }
    }

    /// Whether best match can answer it: keywords, and others taken away.
    var isRankable: Bool {
        !parsed.isNested && !parsed.hasPinyin
            && !expression.hasLeaf { $0.distance != nil || $0.keywords[0].isPrefix }
    }

    /// What must hold of a paragraph; nil where that is that it holds ``keywords``.
    var literal: QueryExpression<QueryLeaf>? { hasOperators ? expression.flatMap { .leaf($0.leaf) } : nil }

    /// The same with every keyword cut into its words (see ``AnalysedKeyword/words()``).
    func words() -> QueryExpression<QueryLeaf>? {
        guard hasOperators else { return nil }
        let cut = expression.compactMap { text -> QueryExpression<QueryLeaf>? in
            guard text.distance == nil, !text.keywords[0].keyword.isQuoted else { return .leaf(text.leaf) }
            let leaves = text.keywords[0].words().map { QueryLeaf(parts: [.init(literal: $0)], distance: nil) }
            return leaves.isEmpty ? nil : .every(leaves.map { .leaf($0) }, except: [])
        }
        return cut?.flatMap { $0 }
    }
}
