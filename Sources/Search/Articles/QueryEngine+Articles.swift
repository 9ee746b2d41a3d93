internal import Bytes
internal import InvertedIndex
public import Model

extension QueryEngine {
    /// Articles that pass a filter, by the bytes of their ids.
    ///
    /// - Parameters:
    ///   - place: the article that the last list ended with; nil to begin.
    ///   - limit: how many at most, from 1.
    /// - Returns: the articles, and whether there are more behind them.
    /// - Complexity: O(articles) for a filter that few pass; else O(limit + log articles), once the order is known.
    public func articles(_ filter: SearchFilter, after place: ArticlePlace?, limit: Int) throws(SearchError)
        -> (articles: [ArticleSummary], hasMore: Bool)
    {
        precondition(limit > 0, "a list has room for an article")
        let order = try articleOrder()
        let gate = try ArticleFilter(
            SearchRequest("", filter: filter), snapshot, finder: finder, analyzer: analyzer)
        var index = 0
        if let place {
            index = try SearchError.format { () throws(FormatError) in
                try order.firstIndex { $0 <= place }
            }
        }
        var found: [ArticleSummary] = []
        while index < order.count {
            let address = order.address(at: index)
            if try gate?.contains(article: address.article, segment: address.segment) ?? true {
                if found.count == limit { return (found, true) }
                found.append(try SearchError.format { () throws(FormatError) in try order.summary(at: index) })
            }
            index += 1
        }
        return (found, false)
    }

    /// The articles of an id; more than one when several files have one each.
    ///
    /// The first look-up goes through the articles, without a sort or memory for them; whoever looks up more gets their order, in
    /// which it takes O(log articles).
    public func articles(withID id: [UInt8]) throws(SearchError) -> [ArticleSummary] {
        if order == nil, !hasLookedUpArticle {
            hasLookedUpArticle = true
            return try SearchError.format { () throws(FormatError) in try snapshot.summaries(ofID: id) }
        }
        let order = try articleOrder()
        return try SearchError.format { () throws(FormatError) in
            var found: [ArticleSummary] = []
            let first = ArticlePlace(id: id, source: 0)
            var index = try order.firstIndex { $0 < first }
            while index < order.count {
                let summary = try order.summary(at: index)
                guard summary.id == id else { break }
                found.append(summary)
                index += 1
            }
            return found
        }
    }

    /// Paragraphs of an article, in order.
    ///
    /// - Parameter numbers: which, from 1; those beyond its last are left out.
    public func paragraphs(of article: ArticleSummary, _ numbers: ClosedRange<Int>) throws(SearchError)
        -> [NumberedParagraph]
    {
        let segment = snapshot.segments[article.address.segment]
        let reader = StoredTextReader(segment.text)
        return try SearchError.format { () throws(FormatError) in
            let all = try segment.articles.paragraphs(ofArticle: article.address.article)
            let shift = segment.shift(ofArticle: article.address.article)
            guard !all.isEmpty, numbers.lowerBound <= all.count, numbers.upperBound >= 1 else { return [] }
            var found: [NumberedParagraph] = []
            for number in max(1, numbers.lowerBound)...min(all.count, numbers.upperBound) {
                let stored = try reader.paragraph(all.lowerBound + number - 1)
                found.append(
                    NumberedParagraph(
                        number: number, text: String(decoding: stored.text, as: UTF8.self),
                        source: stored.source.moved(by: shift), kind: stored.kind))
            }
            return found
        }
    }

    /// The order of the articles, made when it is first asked for.
    private func articleOrder() throws(SearchError) -> ArticleOrder {
        if let order { return order }
        let made = try SearchError.format { () throws(FormatError) in try ArticleOrder(snapshot) }
        order = made
        return made
    }
}
