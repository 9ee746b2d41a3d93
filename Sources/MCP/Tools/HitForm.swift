internal import JSON
internal import Model
internal import Output

/// How hits look in answers. What lines of `jsonl` say of a hit, too, is called as there and formed alike.
enum HitForm {
    static let schema = Schema.object(
        [
            ("rank", Schema.count("from 1")),
            ("score", Schema.number("higher is better; comparable within one query")),
            ("match", Schema.words(["exact", "partial"], "whether every keyword stands in it")),
            ("healed", Schema.flag("whether something matched only once noise, such as torn words, was left out")),
            (
                "fold",
                Schema.words(
                    FoldLevel.allCases.map(\.rawValue),
                    "the narrowest fold at which it matches; missing where the match is partial")
            ),
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
            (
                "context",
                Schema.object(
                    [
                        ("before", Schema.array(of: neighbour, "those before it")),
                        ("after", Schema.array(of: neighbour, "those after it")),
                    ], required: ["before", "after"])
            ),
            ("group", Schema.count("the article's number, from 1")),
            ("duplicates", Schema.count("paragraphs that say nearly the same and are left out")),
            ("explanation", ScoreForm.schema),
        ], required: ["rank", "score", "match", "healed", "citation", "article", "paragraph"])

    private static let neighbour = Schema.object(
        ParagraphForm.place + [
            ("text", Schema.string("the paragraph, or its beginning")),
            ("isCut", Schema.flag("whether it says more than text")),
        ], required: ["number", "line", "text", "isCut"])

    static func value(_ hit: Hit, snippet: Int, _ library: Library) -> JSONValue {
        let path = library.shown(hit.path)
        var members: [JSONValue.Member] = [
            .init("rank", .number(hit.rank)), .init("score", .number(hit.score)),
            .init("match", .string(hit.match.rawValue)), .init("healed", .bool(hit.isHealed)),
        ]
        if let fold = hit.fold { members.append(.init("fold", .string(fold.rawValue))) }
        let isCut = hit.snippet.map { $0.isCutBefore || $0.isCutAfter } ?? false
        members += [
            .init("citation", .string(ParagraphForm.place(path: path, hit.source))),
            .init(
                "article",
                .object(ArticleForm.members(id: hit.articleID, title: hit.title, date: hit.date, path: path))),
            .init(
                "paragraph",
                .object(
                    ParagraphForm.members(number: hit.number, source: hit.source, kind: hit.kind, text: text(hit))
                        + [.init("isCut", .bool(isCut))])),
        ]
        if let context = hit.context {
            func values(_ neighbours: [Hit.Neighbour]) -> JSONValue {
                .array(neighbours.map { value($0, snippet: snippet) })
            }
            members.append(
                .init("context", ["before": values(context.before), "after": values(context.after)]))
        }
        if let group = hit.group { members.append(.init("group", .number(group.number))) }
        if let duplicates = hit.duplicates { members.append(.init("duplicates", .number(duplicates))) }
        if let explanation = hit.explanation { members.append(.init("explanation", explanation.json)) }
        return .object(members)
    }

    private static func value(_ neighbour: Hit.Neighbour, snippet: Int) -> JSONValue {
        let text = text(neighbour, snippet: snippet)
        return .object(
            ParagraphForm.place(number: neighbour.number, line: neighbour.line, part: neighbour.part) + [
                .init("text", .string(text.shown)), .init("isCut", .bool(text.isCut)),
            ])
    }

    /// What is shown of a hit.
    static func text(_ hit: Hit) -> String {
        guard let snippet = hit.snippet else { return hit.text }
        return (snippet.isCutBefore ? "…" : "") + snippet.text + (snippet.isCutAfter ? "…" : "")
    }

    /// What is shown of a paragraph near a hit: as much as of a hit, from its beginning.
    ///
    /// - Parameter snippet: characters; 0 for all.
    static func text(_ neighbour: Hit.Neighbour, snippet: Int) -> (shown: String, isCut: Bool) {
        let scalars = neighbour.text.unicodeScalars
        guard snippet > 0,
            let end = scalars.index(scalars.startIndex, offsetBy: snippet, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return (neighbour.text, false) }
        return (String(scalars[..<end]) + "…", true)
    }
}
