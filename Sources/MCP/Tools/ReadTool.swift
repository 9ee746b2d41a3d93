internal import JSON
internal import Model
internal import Suoyin

/// A paragraph of an article with those around it.
struct ReadTool: Tool {
    private static let neighbours = 0...50

    let name = "read"
    let title = "Read around a paragraph"
    let description = """
        Give a paragraph of an article, and paragraphs before and after it: what search found, in full and in its context. \
        Whole articles are resources.
        """

    var inputSchema: JSONValue {
        Schema.object(
            [
                ("article", Schema.string("the article's id or uri, as search and articles give it")),
                (
                    "paragraph",
                    Schema.integer(1...Int(Int32.max), default: 1, "the paragraph's number, as search gives it")
                ),
                ("before", Schema.integer(Self.neighbours, default: 2, "paragraphs before it")),
                ("after", Schema.integer(Self.neighbours, default: 2, "paragraphs after it")),
                ("path", Schema.string("the article's file, where several files have an article of that id")),
            ], required: ["article"])
    }

    var outputSchema: JSONValue {
        let paragraph = Schema.object(
            ParagraphForm.schema + [("text", Schema.string("all of it"))], required: ParagraphForm.required)
        return Schema.object(
            [
                (
                    "article",
                    Schema.object(
                        ArticleForm.schema + [("paragraphs", Schema.count("how many it has"))],
                        required: ArticleForm.required + ["paragraphs"])
                ),
                (
                    "paragraphs",
                    Schema.array(of: paragraph, "the paragraph asked for and those around it, in order")
                ),
            ], required: ["article", "paragraphs"])
    }

    func call(_ arguments: ToolArguments, _ library: Library) throws -> ToolAnswer {
        let named = try arguments.required("article")
        let number = try arguments.integer("paragraph", in: 1...Int(Int32.max), default: 1)
        let before = try arguments.integer("before", in: Self.neighbours, default: 2)
        let after = try arguments.integer("after", in: Self.neighbours, default: 2)
        let path = try arguments.string("path")
        let searcher = try library.searcher()
        let found = try searcher.articles(withID: ArticleURI.id(named: named))
        let article = try choose(found, named: named, path: path, library)
        guard number <= article.paragraphs else {
            throw ToolError(
                article.paragraphs == 0
                    ? "the article \"\(named)\" has no paragraphs"
                    : "the article \"\(named)\" has paragraphs 1 to \(article.paragraphs), and no \(number)")
        }
        let paragraphs = try searcher.paragraphs(of: article, max(1, number - before)...number + after)
        return ToolAnswer(
            text: text(article, paragraphs, asked: number, library), value: value(article, paragraphs, library))
    }

    /// The one article that is meant.
    private func choose(_ found: [ArticleSummary], named: String, path: String?, _ library: Library)
        throws(ToolError)
        -> ArticleSummary
    {
        if found.isEmpty {
            throw ToolError("the index has no article \"\(named)\"; search and articles give ids")
        }
        guard let path else {
            if found.count == 1 { return found[0] }
            let paths = found.map { library.shown($0.path) }.joined(separator: ", ")
            throw ToolError("several files have an article \"\(named)\"; give path, one of \(paths)")
        }
        // Compared with what the index holds, and never opened.
        guard let article = found.first(where: { library.shown($0.path) == path || $0.path.lossyString == path })
        else {
            let paths = found.map { library.shown($0.path) }.joined(separator: ", ")
            throw ToolError("no article \"\(named)\" comes from \(path), but from \(paths)")
        }
        return article
    }

    private func text(_ article: ArticleSummary, _ paragraphs: [NumberedParagraph], asked: Int, _ library: Library)
        -> String
    {
        let path = library.shown(article.path)
        let date = article.date.isEmpty ? "" : ", \(article.date)"
        var text = "\(ArticleForm.name(title: article.title, id: article.id))\(date), "
        text += "\(paragraphs.first?.number ?? 0) to \(paragraphs.last?.number ?? 0) of \(article.paragraphs) "
        text += article.paragraphs == 1 ? "paragraph\n" : "paragraphs\n"
        for paragraph in paragraphs {
            let place = ArticleForm.citation(
                path: path, paragraph.source, id: article.id, number: paragraph.number)
            text += "\n\(paragraph.number == asked ? "> " : "")(\(place))\n\(paragraph.text)\n"
        }
        return text
    }

    private func value(_ article: ArticleSummary, _ paragraphs: [NumberedParagraph], _ library: Library)
        -> JSONValue
    {
        [
            "article": library.value(article),
            "paragraphs": .array(
                paragraphs.map { paragraph in
                    .object(
                        ParagraphForm.members(
                            number: paragraph.number, source: paragraph.source, kind: paragraph.kind,
                            text: paragraph.text))
                }),
        ]
    }
}
