public import JSON
public import Model

extension ScoreExplanation {
    /// As `jsonl` and the tools for models have it: its parts in the order of the query, and their sum.
    public var json: JSONValue {
        [
            "terms": .array(terms.map(\.json)), "keywords": .array(keywords.map(\.json)),
            "words": .number(wordScore), "title": .number(titleScore), "score": .number(score),
        ]
    }
}

extension ScoreExplanation.Term {
    fileprivate var json: JSONValue {
        [
            "text": .string(text), "kind": .string(kind.rawValue), "weight": .number(weight),
            "idf": .number(inverseFrequency), "paragraphs": .number(documentCount),
            "frequency": [
                "paragraph": .number(inParagraph), "title": .number(inTitle), "article": .number(inArticle),
            ],
            "adds": ["paragraph": .number(paragraphScore), "article": .number(articleScore)],
        ]
    }
}

extension ScoreExplanation.Keyword {
    fileprivate var json: JSONValue {
        [
            "text": .string(text), "idf": .number(inverseFrequency), "paragraphs": .number(documentCount),
            "frequency": .number(inParagraph), "adds": .number(score),
        ]
    }
}
