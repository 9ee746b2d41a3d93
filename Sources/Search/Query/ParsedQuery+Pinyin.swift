internal import Model

/// Gives the Han strings of an index that pinyin may stand for, as Unicode scalars.
typealias PinyinStrings = (_ pinyin: String) throws(SearchError) -> [[UInt32]]

extension ParsedQuery {
    /// The expression with alternatives in place of pinyin: a quoted keyword for each string that an index has of it, since
    /// such a string is looked for whole in every mode. Pinyin that nothing is read as becomes alternatives of none.
    ///
    /// - Complexity: one call of `strings` for each pinyin, ``Model/QueryLimits/pinyin`` at most.
    func expandingPinyin(_ strings: PinyinStrings?) throws(SearchError) -> QueryExpression<QueryText>? {
        guard hasPinyin else { return expression }
        var known: [String: QueryExpression<QueryText>] = [:]
        return try expression?.flatMap { (text) throws(SearchError) -> QueryExpression<QueryText> in
            guard let pinyin = text.pinyin else { return .leaf(text) }
            if let alternatives = known[pinyin] { return alternatives }
            guard PinyinExpander.isPinyin(pinyin) else { throw .query(.noPinyin(at: text.place)) }
            guard let strings else { throw .query(.pinyinWithoutIndex(at: text.place)) }
            if known.count == QueryLimits.pinyin { throw .query(.tooMuchPinyin(at: text.place)) }
            let keywords = try strings(pinyin).map { Keyword(text: String.han($0), isQuoted: true) }
            let alternatives = QueryExpression.some(keywords.map { .leaf(QueryText($0)) })
            known[pinyin] = alternatives
            return alternatives
        }
    }
}
