internal import JSON
internal import Model
internal import Output
internal import Suoyin

/// How a paragraph and the keywords compare, as a line of JSON. Ranges of units are numbers into `units`, ranges of bytes
/// places in `text`.
enum ExplanationJSON {
    static func bytes(_ paragraph: MatchExplainer.Paragraph, _ keywords: [MatchExplainer.Keyword]) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.key("article")
            json.object { json in
                json.members(articleID: paragraph.articleID, path: paragraph.path)
            }
            json.key("paragraph")
            json.object { json in
                json.members(
                    number: paragraph.number, text: paragraph.text, source: paragraph.source, kind: paragraph.kind)
            }
            json.field("match", paragraph.isMatch)
            json.key("keywords")
            json.array(of: Array(zip(keywords, paragraph.comparisons))) { json, pair in
                write(pair.0, pair.1, to: &json)
            }
            json.key("plain")
            write(paragraph.plain, to: &json)
            guard let healed = paragraph.healed else { return }
            json.key("healed")
            write(healed, to: &json)
        }
        json.endLine()
        return json.bytes
    }

    private static func write(
        _ keyword: MatchExplainer.Keyword, _ comparison: KeywordComparison, to json: inout JSONWriter
    ) {
        json.object { json in
            json.field("text", keyword.text)
            json.field("folded", keyword.folded)
            json.units("units", keyword.units)
            if keyword.isExcluded { json.field("excluded", true) }
            json.field("match", !comparison.occurrences.isEmpty)
            if !comparison.occurrences.isEmpty {
                json.field("reading", comparison.reading.rawValue)
                json.key("stands")
                json.array(of: comparison.occurrences) { json, units in
                    json.array(units)
                }
            }
            if let distance = keyword.distance { json.field("within", distance) }
            if let between = comparison.between { json.field("between", between) }
            guard let nearest = comparison.nearest else { return }
            json.key("nearest")
            json.object { json in
                json.field("reading", nearest.reading.rawValue)
                json.field("keyword_units", nearest.keyword)
                json.field("paragraph_units", nearest.paragraph)
                json.field("missing", nearest.missing)
                if let instead = nearest.instead { json.field("instead", instead) }
            }
        }
    }

    private static func write(_ reading: MatchExplainer.Reading, to json: inout JSONWriter) {
        json.object { json in
            json.field("folded", reading.folded)
            json.noise(reading.noise)
            json.units("units", reading.units)
        }
    }
}
