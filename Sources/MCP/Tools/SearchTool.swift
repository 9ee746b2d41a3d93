internal import JSON
internal import Model
internal import Suoyin

/// Ranked paragraphs for a query.
struct SearchTool: Tool {
    /// Longer queries would keep everyone waiting. In characters.
    private static let queryLimit = 2000
    private static let limits = 1...50
    /// As deep as anyone leafs. Every page ranks all before it.
    private static let offsets = 0...10_000
    /// The same where paragraphs are compared: the text of eight times as many is read.
    private static let collapsedOffset = 200
    private static let snippets = 0...100_000
    private static let neighbours = 0...10
    private static let perArticle = 1...20

    let name = "search"
    let title = "Search articles"
    let description = """
        Find the paragraphs of Chinese articles that answer a query, best first, each with its place as path:line. Simplified \
        and Traditional find each other. A query is keywords apart by spaces; few and short ones find more than a sentence.
        """

    var inputSchema: JSONValue {
        Schema.object(
            [
                (
                    "query",
                    Schema.string(
                        """
                        keywords apart by spaces; also "one keyword", gpt*, "甲 乙"~10, py:zjtd, OR, NOT and parentheses
                        """)
                ),
                ("limit", Schema.integer(Self.limits, default: 10, "hits to give; with group, articles")),
                (
                    "offset",
                    Schema.integer(
                        Self.offsets, default: 0, "hits or articles to pass over: nextOffset of the page before")
                ),
                (
                    "mode",
                    Schema.words(
                        SearchMode.allCases.map(\.rawValue), default: "auto",
                        """
                        exact: every keyword stands in the paragraph, literally; all: every word of the query does; any: best \
                        match; auto: exact if that has hits, else any
                        """)
                ),
                ("plain", Schema.flag("the query is text: no quotation marks, no operators")),
                (
                    "fold",
                    Schema.words(
                        FoldLevel.allCases.map(\.rawValue), default: "full",
                        """
                        spellings that count as one. none: the same characters; width: compatibility forms; icu: case, and \
                        Traditional and Simplified, too; full: other variants, too. Narrower than full, mode auto is exact
                        """)
                ),
            ] + FilterArguments.schema + [
                ("article", Schema.strings("only the articles of these ids")),
                (
                    "snippet",
                    Schema.integer(
                        Self.snippets, default: 300,
                        "characters to give of a paragraph, around what matched; 0 for all")
                ),
                (
                    "context",
                    Schema.integer(
                        Self.neighbours, default: 0, "paragraphs of the article to give before and after each hit")
                ),
                ("group", Schema.flag("hits under their articles, best article first")),
                (
                    "perArticle",
                    Schema.integer(Self.perArticle, default: 3, "with group: hits of an article to give")
                ),
                (
                    "collapse",
                    Schema.flag("one of paragraphs that say nearly the same, with how many are like it")
                ),
                ("explain", Schema.flag("how the score of each hit came about")),
            ], required: ["query"])
    }

    var outputSchema: JSONValue {
        Schema.object(
            [
                ("mode", Schema.words(["exact", "all", "any"], "the mode that gave the hits")),
                ("hits", Schema.count("paragraphs that match")),
                ("relation", Schema.words(["eq", "gte"], "whether hits is exact or a lower bound")),
                ("groups", Schema.count("with group: articles on this page")),
                ("results", Schema.array(of: HitForm.schema, "the hits of this page")),
                ("nextOffset", Schema.count("offset of the next page; missing on the last")),
                (
                    "suggestions",
                    Schema.array(
                        of: ["type": "string"], "other queries that have literal hits, where this one has none")
                ),
                ("warning", Schema.string("why hits may be missing")),
            ], required: ["mode", "hits", "relation", "results", "suggestions"])
    }

    func call(_ arguments: ToolArguments, _ library: Library) throws -> ToolAnswer {
        let query = try arguments.required("query")
        guard query.unicodeScalars.count <= Self.queryLimit else {
            throw ToolError("query has \(Self.queryLimit) characters at most; give the keywords that matter")
        }
        let limit = try arguments.integer("limit", in: Self.limits, default: 10)
        let offset = try arguments.integer("offset", in: Self.offsets, default: 0)
        // One more than is shown tells whether there is another page.
        var request = SearchRequest(
            query, mode: try arguments.word("mode", default: .auto), limit: offset + limit + 1,
            isPlain: try arguments.flag("plain"), fold: try arguments.word("fold", default: .full),
            filter: try FilterArguments.filter(arguments))
        request.filter.articles = Set(try arguments.strings("article").map(ArticleURI.id(named:)))
        request.results = try results(arguments)
        if request.results.collapses, offset > Self.collapsedOffset {
            throw ToolError("with collapse, offset is \(Self.collapsedOffset) at most; leave collapse out to go on")
        }
        let searcher = try library.searcher()
        let answer = try searcher.rank(request)
        let found = answer.summary.groups ?? answer.summary.returned
        let shown = min(offset, found)..<min(offset + limit, found)
        let places = request.results.perArticle > 0 ? answer.places(ofArticles: shown) : shown
        var page = SearchPage(
            hits: try searcher.hits(answer, places), summary: answer.summary,
            snippet: request.results.snippet, library: library)
        let last = request.results.collapses ? Self.collapsedOffset : Self.offsets.upperBound
        page.nextOffset =
            found > shown.upperBound && shown.upperBound <= last ? shown.upperBound : nil
        page.isFallback = request.mode == .auto && answer.summary.mode == .any
        if answer.summary.hits == 0 || page.isFallback { page.suggestions = try searcher.suggestions(request) }
        page.unreadFiles = searcher.unreadFiles
        return ToolAnswer(text: page.text, value: page.value)
    }

    private func results(_ arguments: ToolArguments) throws(ToolError) -> ResultOptions {
        var options = ResultOptions()
        options.snippet = try arguments.integer("snippet", in: Self.snippets, default: 300)
        options.context = try arguments.integer("context", in: Self.neighbours, default: 0)
        let perArticle = try arguments.integer("perArticle", in: Self.perArticle, default: 0)
        if try arguments.flag("group") {
            options.perArticle = perArticle == 0 ? 3 : perArticle
        } else if perArticle > 0 {
            throw ToolError("perArticle goes with group: true")
        }
        options.collapses = try arguments.flag("collapse")
        options.explains = try arguments.flag("explain")
        return options
    }
}
