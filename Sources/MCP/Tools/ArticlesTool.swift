internal import JSON
internal import Model
internal import Suoyin

/// The articles that there are.
struct ArticlesTool: Tool {
    private static let limits = 1...200

    let name = "articles"
    let title = "List articles"
    let description = """
        List the articles of the index, or those that a file's name, a title or a date tells, by id, a page at a time. To find \
        what articles say, use search.
        """

    var inputSchema: JSONValue {
        Schema.object(
            FilterArguments.schema + [
                ("limit", Schema.integer(Self.limits, default: 50, "articles to give")),
                ("cursor", Schema.string("nextCursor of the page before")),
            ])
    }

    var outputSchema: JSONValue {
        Schema.object(
            [
                (
                    "articles",
                    Schema.array(
                        of: Schema.object(
                            ArticleForm.schema + [("paragraphs", Schema.count("how many it has"))],
                            required: ArticleForm.required + ["paragraphs"]), "the articles of this page")
                ),
                ("nextCursor", Schema.string("cursor of the next page; missing on the last")),
            ], required: ["articles"])
    }

    func call(_ arguments: ToolArguments, _ library: Library) throws -> ToolAnswer {
        let limit = try arguments.integer("limit", in: Self.limits, default: 50)
        var place: ArticlePlace?
        if let text = try arguments.string("cursor") {
            guard let cursor = ArticleCursor.place(text) else {
                throw ToolError("cursor is nextCursor of the page before, as it was given; leave it out to begin")
            }
            place = cursor
        }
        let filter = try FilterArguments.filter(arguments)
        let (articles, hasMore) = try library.searcher().articles(filter, after: place, limit: limit)
        let next = hasMore ? articles.last.map { ArticleCursor.string($0.place) } : nil
        var members: [JSONValue.Member] = [.init("articles", .array(articles.map(library.value)))]
        if let next { members.append(.init("nextCursor", .string(next))) }
        return ToolAnswer(text: text(articles, next: next, library), value: .object(members))
    }

    private func text(_ articles: [ArticleSummary], next: String?, _ library: Library) -> String {
        if articles.isEmpty { return "no articles\n" }
        var text = ""
        for article in articles {
            let id = String(decoding: article.id, as: UTF8.self)
            let date = article.date.isEmpty ? "" : ", \(article.date)"
            let count = article.paragraphs == 1 ? "1 paragraph" : "\(article.paragraphs) paragraphs"
            text += library.line(
                "\(ArticleForm.name(title: article.title, id: article.id))\(date), \(count) (\(library.shown(article.path)), \(id))"
            )
        }
        if let next { text += "\nmore with cursor \(next)\n" }
        return text
    }
}
