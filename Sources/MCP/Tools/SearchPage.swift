internal import JSON
internal import Model
internal import Output

/// A page of hits, as text and as a value.
struct SearchPage {
    let hits: [Hit]
    let summary: SearchSummary
    /// Characters shown of a paragraph; 0 for all.
    let snippet: Int
    let library: Library
    var nextOffset: Int?
    var isFallback = false
    var suggestions: [String] = []
    var unreadFiles = 0

    private var warning: String? {
        unreadFiles == 0
            ? nil
            : "hits may be missing: \(unreadFiles) files lost articles when the index was repaired; "
                + "`suoyin index --index \(library.location)` on where they are reads them again"
    }

    /// Articles on this page; nil when hits are not grouped.
    private var groups: Int? { summary.groups.map { _ in Set(hits.compactMap { $0.group?.number }).count } }

    var text: String {
        var text = heading + "\n"
        for hit in hits {
            text += "\n" + place(hit)
            for neighbour in hit.context?.before ?? [] { text += line(neighbour) }
            text += HitForm.text(hit) + "\n"
            for neighbour in hit.context?.after ?? [] { text += line(neighbour) }
            for line in hit.explanation.map({ ScoreTable($0).lines }) ?? [] { text += line + "\n" }
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
        let articles = groups.map { " in \($0) \($0 == 1 ? "article" : "articles")" } ?? ""
        return
            "\(ranks)\(articles) of \(hitsText) \(summary.hits == 1 ? "paragraph" : "paragraphs") (\(summary.mode.rawValue))\(fallback)"
    }

    /// What goes before a hit's text: its article, once where hits are grouped, and its place.
    private func place(_ hit: Hit) -> String {
        let name = ArticleForm.name(title: hit.title, id: hit.articleID)
        let place = ArticleForm.citation(
            path: library.shown(hit.path), hit.source, id: hit.articleID, number: hit.number)
        let copies = hit.duplicates.map { $0 > 0 ? ", and \($0) like it" : "" } ?? ""
        switch hit.group?.place {
        case nil: return "\(hit.rank). \(name) (\(place))\(copies)\n"
        case 1: return "\(name)\n\n\(hit.rank). (\(place))\(copies)\n"
        default: return "\(hit.rank). (\(place))\(copies)\n"
        }
    }

    /// A paragraph near a hit, after its number.
    private func line(_ neighbour: Hit.Neighbour) -> String {
        "#\(neighbour.number)- \(HitForm.text(neighbour, snippet: snippet).shown)\n"
    }

    var value: JSONValue {
        var members: [JSONValue.Member] = [
            .init("mode", .string(summary.mode.rawValue)), .init("hits", .number(summary.hits)),
            .init("relation", .string(summary.relation.rawValue)),
        ]
        if let groups { members.append(.init("groups", .number(groups))) }
        members.append(
            .init("results", .array(hits.map { HitForm.value($0, snippet: snippet, library) })))
        if let nextOffset { members.append(.init("nextOffset", .number(nextOffset))) }
        members.append(.init("suggestions", .array(suggestions.map { .string($0) })))
        if let warning { members.append(.init("warning", .string(warning))) }
        return .object(members)
    }
}
