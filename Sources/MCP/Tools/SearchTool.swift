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
    private static let snippets = 0...100_000

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
                ("limit", Schema.integer(Self.limits, default: 10, "hits to give")),
                (
                    "offset",
                    Schema.integer(Self.offsets, default: 0, "hits to pass over: nextOffset of the page before")
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
            ] + FilterArguments.schema + [
                ("article", Schema.strings("only the articles of these ids")),
                (
                    "snippet",
                    Schema.integer(
                        Self.snippets, default: 300,
                        "characters to give of a paragraph, around what matched; 0 for all")
                ),
            ], required: ["query"])
    }

    var outputSchema: JSONValue {
        let hit = Schema.object(
            [
                ("rank", Schema.count("from 1")),
                ("score", Schema.number("higher is better; comparable within one query")),
                ("match", Schema.words(["exact", "partial"], "whether every keyword stands in it")),
                ("citation", Schema.string("path:line, with the page or chapter where there is one")),
                ("article", Schema.object(ArticleForm.schema, required: ArticleForm.required)),
                (
                    "paragraph",
                    Schema.object(
                        ParagraphForm.schema + [
                            ("text", Schema.string("the paragraph, or the part of it that matched")),
                            ("isCut", Schema.flag("whether it says more than text")),
                        ], required: ParagraphForm.required + ["isCut"])
                ),
            ], required: ["rank", "score", "match", "citation", "article", "paragraph"])
        return Schema.object(
            [
                ("mode", Schema.words(["exact", "all", "any"], "the mode that gave the hits")),
                ("hits", Schema.count("paragraphs that match")),
                ("relation", Schema.words(["eq", "gte"], "whether hits is exact or a lower bound")),
                ("results", Schema.array(of: hit, "the hits of this page")),
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
        var request = SearchRequest(
            query, mode: try arguments.word("mode", default: .auto), limit: offset + limit,
            isPlain: try arguments.flag("plain"), filter: try FilterArguments.filter(arguments))
        request.filter.articles = Set(try arguments.strings("article").map(ArticleURI.id(named:)))
        request.results.snippet = try arguments.integer("snippet", in: Self.snippets, default: 300)
        let searcher = try library.searcher()
        let answer = try searcher.rank(request)
        let found = answer.summary.returned
        let hits = try searcher.hits(answer, min(offset, found)..<found, detail: .text)
        var page = SearchPage(hits: hits, summary: answer.summary, library: library)
        // A page of which the index has more behind it: a lower bound of hits may be that of this very page.
        let isLast = found < offset + limit || answer.summary.relation == .equal && answer.summary.hits == found
        page.nextOffset = isLast || offset + limit > Self.offsets.upperBound ? nil : offset + limit
        page.isFallback = request.mode == .auto && answer.summary.mode == .any
        if answer.summary.hits == 0 || page.isFallback { page.suggestions = try searcher.suggestions(request) }
        page.unreadFiles = searcher.unreadFiles
        return ToolAnswer(text: page.text, value: page.value)
    }
}
