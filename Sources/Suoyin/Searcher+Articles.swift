public import Model
internal import Search

extension Searcher {
    /// Articles that pass a filter, by the bytes of their ids.
    ///
    /// - Parameters:
    ///   - place: ``ArticleSummary/place`` of the article that the last list ended with, also one of an earlier commit; nil
    ///     to begin.
    ///   - limit: how many at most, from 1.
    /// - Returns: the articles, and whether there are more behind them.
    /// - Throws: ``QueryError/nothingInTitle``; others when the index is damaged.
    /// - Complexity: O(articles) for a filter that few pass, and the first time; else O(limit + log articles).
    public func articles(_ filter: SearchFilter = SearchFilter(), after place: ArticlePlace? = nil, limit: Int)
        throws
        -> (articles: [ArticleSummary], hasMore: Bool)
    {
        do {
            return try engine.articles(filter, after: place, limit: limit)
        } catch .query(let error) {
            throw error
        }
    }

    /// The articles of an id; more than one when several files have one each, and none is no error.
    public func articles(withID id: [UInt8]) throws -> [ArticleSummary] { try engine.articles(withID: id) }

    /// Paragraphs of an article that this searcher gave, in order.
    ///
    /// - Parameter numbers: which, from 1; those beyond its last are left out.
    public func paragraphs(of article: ArticleSummary, _ numbers: ClosedRange<Int> = 1...Int.max) throws
        -> [NumberedParagraph]
    {
        try engine.paragraphs(of: article, numbers)
    }
}
