internal import JSON
internal import Model
internal import Suoyin

/// Articles as resources: their list, and the text of each as the index holds it.
enum ArticleResources {
    private static let pageSize = 100

    static func list(cursor: String?, _ library: Library) throws -> [JSONValue.Member] {
        var place: ArticlePlace?
        if let cursor {
            guard let found = ArticleCursor.place(cursor) else {
                throw RPCError(.invalidParameters, "there is no such cursor; leave it out to begin")
            }
            place = found
        }
        let (articles, hasMore) = try library.searcher().articles(after: place, limit: pageSize)
        var members: [JSONValue.Member] = [.init("resources", .array(articles.map { resource($0, library) }))]
        if hasMore, let last = articles.last {
            members.append(.init("nextCursor", .string(ArticleCursor.string(last.place))))
        }
        return members
    }

    private static func resource(_ article: ArticleSummary, _ library: Library) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("uri", .string(ArticleURI.string(article.id))),
            .init("name", .string(String(decoding: article.id, as: UTF8.self))),
        ]
        if !article.title.isEmpty { members.append(.init("title", .string(article.title))) }
        let date = article.date.isEmpty ? "" : ", \(article.date)"
        members.append(.init("description", .string(library.shown(article.path) + date)))
        members.append(.init("mimeType", "text/plain"))
        return .object(members)
    }

    /// The texts of all articles of an id: several files may have one each.
    static func read(_ uri: String, _ revision: Revision, _ library: Library) throws -> [JSONValue.Member] {
        let searcher = try library.searcher()
        let articles = try ArticleURI.id(uri).map { try searcher.articles(withID: $0) } ?? []
        guard !articles.isEmpty else {
            throw RPCError(
                revision.isStateless ? .invalidParameters : .resourceNotFound,
                "the index has no article of this address",
                data: ["uri": .string(uri)])
        }
        let contents = try articles.map { article -> JSONValue in
            let paragraphs = try searcher.paragraphs(of: article)
            return [
                "uri": .string(uri), "mimeType": "text/plain",
                "text": .string(paragraphs.map(\.text).joined(separator: "\n\n")),
            ]
        }
        return [.init("contents", .array(contents))]
    }
}
