internal import Bytes
internal import JSON
internal import Model

/// Hits as JSON Lines: one object a hit, then one for the query.
enum JSONFormat {
    static func bytes(_ hits: [Hit], query: String) -> [UInt8] {
        var json = JSONWriter()
        for hit in hits {
            write(hit, query: query, to: &json)
            json.endLine()
        }
        return json.bytes
    }

    static func bytes(_ summary: SearchSummary, query: String) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("type", "summary")
            json.field("query", query)
            json.field("mode", summary.mode.rawValue)
            json.field("hits", summary.hits)
            json.field("relation", summary.relation.rawValue)
            json.field("returned", summary.returned)
            if let groups = summary.groups { json.field("groups", groups) }
            if !summary.suggestions.isEmpty {
                json.key("suggestions")
                json.array(of: summary.suggestions) { json, text in json.string(text) }
            }
        }
        json.endLine()
        return json.bytes
    }

    private static func write(_ hit: Hit, query: String, to json: inout JSONWriter) {
        json.object { json in
            json.field("type", "hit")
            json.field("query", query)
            json.field("rank", hit.rank)
            json.field("score", hit.score)
            json.field("match", hit.match.rawValue)
            json.field("healed", hit.isHealed)
            if let fold = hit.fold { json.field("fold", fold.rawValue) }
            json.key("article")
            json.object { json in
                json.members(articleID: hit.articleID, path: hit.path, title: hit.title, date: hit.date)
            }
            json.key("paragraph")
            json.object { json in
                json.members(number: hit.number, text: hit.text, source: hit.source, kind: hit.kind)
                json.field("hash", ParagraphHash(of: hit.text.utf8).description)
            }
            json.key("highlights")
            json.array(of: hit.highlights) { json, range in json.array(range) }
            writeDetails(of: hit, to: &json)
        }
    }

    /// What is there only when it was asked for.
    private static func writeDetails(of hit: Hit, to json: inout JSONWriter) {
        if let snippet = hit.snippet {
            json.key("snippet")
            json.object { json in
                json.field("text", snippet.text)
                json.field("start", snippet.start)
                json.key("highlights")
                json.array(of: snippet.highlights) { json, range in json.array(range) }
            }
        }
        if let context = hit.context {
            json.key("context")
            json.object { json in
                for (name, neighbours) in [("before", context.before), ("after", context.after)] {
                    json.key(name)
                    json.array(of: neighbours) { json, neighbour in
                        json.object { json in
                            json.field("number", neighbour.number)
                            json.field("text", neighbour.text)
                            json.field("line", neighbour.line)
                            json.field(neighbour.part)
                        }
                    }
                }
            }
        }
        if let group = hit.group { json.field("group", group.number) }
        if let duplicates = hit.duplicates { json.field("duplicates", duplicates) }
        if let explanation = hit.explanation {
            json.key("explanation")
            json.value(explanation.json)
        }
    }
}
