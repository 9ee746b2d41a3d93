internal import JSON
internal import Model

/// A page of hits, as text and as a value.
struct SearchPage {
    let hits: [Hit]
    let summary: SearchSummary
    let library: Library
    var nextOffset: Int?
    var isFallback = false
    var suggestions: [String] = []
    var unreadFiles = 0

    private var warning: String? {
        unreadFiles == 0
            ? nil
            : "hits may be missing: \(unreadFiles) files lost articles when the index was repaired; "
                + "`suoyin index` on where they are reads them again"
    }

    var text: String {
        var text = heading + "\n"
        for hit in hits {
            let path = library.shown(hit.path)
            let place = ArticleForm.citation(
                path: path, hit.source, id: hit.articleID, number: hit.number)
            text += "\n\(hit.rank). \(ArticleForm.name(title: hit.title, id: hit.articleID)) (\(place))\n"
            text += shown(hit) + "\n"
        }
        if let nextOffset { text += "\nmore with offset \(nextOffset)\n" }
        if !suggestions.isEmpty { text += "\ndid you mean: \(suggestions.joined(separator: "; "))\n" }
        if let warning { text += "\n\(warning)\n" }
        return text
    }

    private var heading: String {
        if summary.hits == 0 { return "nothing found" }
        let hitsText = "\(summary.hits)\(summary.relation == .atLeast ? " or more" : "")"
        let fallback = isFallback ? "; no paragraph has every keyword literally" : ""
        let ranks = hits.isEmpty ? "none of them here" : "\(hits[0].rank) to \(hits[hits.count - 1].rank)"
        return
            "\(ranks) of \(hitsText) \(summary.hits == 1 ? "paragraph" : "paragraphs") (\(summary.mode.rawValue))\(fallback)"
    }

    private func shown(_ hit: Hit) -> String {
        guard let snippet = hit.snippet else { return hit.text }
        return (snippet.isCutBefore ? "…" : "") + snippet.text + (snippet.isCutAfter ? "…" : "")
    }

    var value: JSONValue {
        var members: [JSONValue.Member] = [
            .init("mode", .string(summary.mode.rawValue)), .init("hits", .number(summary.hits)),
            .init("relation", .string(summary.relation.rawValue)), .init("results", .array(hits.map(value))),
        ]
        if let nextOffset { members.append(.init("nextOffset", .number(nextOffset))) }
        members.append(.init("suggestions", .array(suggestions.map { .string($0) })))
        if let warning { members.append(.init("warning", .string(warning))) }
        return .object(members)
    }

    private func value(_ hit: Hit) -> JSONValue {
        let path = library.shown(hit.path)
        let isCut = hit.snippet.map { $0.isCutBefore || $0.isCutAfter } ?? false
        return [
            "rank": .number(hit.rank), "score": .number(hit.score), "match": .string(hit.match.rawValue),
            "citation": .string(ParagraphForm.place(path: path, hit.source)),
            "article": .object(
                ArticleForm.members(id: hit.articleID, title: hit.title, date: hit.date, path: path)),
            "paragraph": .object(
                ParagraphForm.members(number: hit.number, source: hit.source, kind: hit.kind, text: shown(hit))
                    + [.init("isCut", .bool(isCut))]),
        ]
    }
}
