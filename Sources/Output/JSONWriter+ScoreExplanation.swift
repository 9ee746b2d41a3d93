internal import JSON
internal import Model

extension JSONWriter {
    /// An explanation as a member: its parts in the order of the query, and their sum.
    mutating func field(_ name: String, _ explanation: ScoreExplanation) {
        key(name)
        object { json in
            json.key("terms")
            json.array(of: explanation.terms) { json, term in json.object { $0.members(term) } }
            json.key("keywords")
            json.array(of: explanation.keywords) { json, keyword in json.object { $0.members(keyword) } }
            json.field("words", explanation.wordScore)
            json.field("title", explanation.titleScore)
            json.field("score", explanation.score)
        }
    }

    private mutating func members(_ term: ScoreExplanation.Term) {
        field("text", term.text)
        field("kind", term.kind.rawValue)
        field("weight", term.weight)
        field("idf", term.inverseFrequency)
        field("paragraphs", term.documentCount)
        key("frequency")
        object { json in
            json.field("paragraph", term.inParagraph)
            json.field("title", term.inTitle)
            json.field("article", term.inArticle)
        }
        key("adds")
        object { json in
            json.field("paragraph", term.paragraphScore)
            json.field("article", term.articleScore)
        }
    }

    private mutating func members(_ keyword: ScoreExplanation.Keyword) {
        field("text", keyword.text)
        field("idf", keyword.inverseFrequency)
        field("paragraphs", keyword.documentCount)
        field("frequency", keyword.inParagraph)
        field("adds", keyword.score)
    }
}
