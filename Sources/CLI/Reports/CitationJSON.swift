internal import JSON
internal import Model
internal import Output
internal import Suoyin

/// What has become of citations, a line of JSON each.
enum CitationJSON {
    static func bytes(_ line: CitationLines.Line, _ verdict: CitationVerdict) -> [UInt8] {
        let citation = line.citation
        var json = JSONWriter()
        json.object { json in
            json.field("type", "citation")
            json.field("input_line", line.number)
            json.field("status", verdict.name)
            if case .gone(let loss) = verdict { json.field("missing", loss.rawValue) }
            if case .unread(let problem) = verdict { json.field("problem", "\(problem)") }
            json.key("article")
            json.object { json in
                json.members(articleID: citation.articleID, path: citation.path)
            }
            json.key("paragraph")
            json.object { json in
                write(citation.number, citation.source, to: &json)
                json.field("hash", citation.hash)
            }
            guard let place = verdict.place else { return }
            json.key("now")
            json.object { json in
                write(place.number, place.source, to: &json)
                if case .changed = verdict { json.field("text", place.text) }
            }
        }
        json.endLine()
        return json.bytes
    }

    private static func write(_ number: Int?, _ source: SourceRange, to json: inout JSONWriter) {
        if let number { json.field("number", number) }
        json.members(of: source)
    }
}
