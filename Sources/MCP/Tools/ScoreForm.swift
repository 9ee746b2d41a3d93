internal import JSON
internal import Model

/// How explanations of scores look in answers: see `ScoreExplanation.json`.
enum ScoreForm {
    static let schema = Schema.object(
        [
            ("terms", Schema.array(of: term, "in best match: the terms of the query that it or its article holds")),
            ("keywords", Schema.array(of: keyword, "keywords that stand in it literally")),
            ("words", Schema.number("what keywords add that stand in it as words")),
            ("title", Schema.number("what the title adds; in best match that is part of terms")),
            ("score", Schema.number("the sum")),
        ], required: ["terms", "keywords", "words", "title", "score"])

    private static let term = Schema.object(
        [
            ("text", Schema.string("the term, folded")),
            ("kind", Schema.words(["character", "bigram", "word"], "what it is")),
            ("weight", Schema.number("what its kind counts")),
            ("idf", Schema.number("how rare it is")),
            ("paragraphs", Schema.count("paragraphs of the index that hold it")),
            (
                "frequency",
                counts([
                    ("paragraph", "in the paragraph"), ("title", "in the title"), ("article", "in the article"),
                ])
            ),
            (
                "adds",
                Schema.object(
                    [
                        ("paragraph", Schema.number("by the paragraph")),
                        ("article", Schema.number("by the article as a whole")),
                    ], required: ["paragraph", "article"])
            ),
        ], required: ["text", "kind", "weight", "idf", "paragraphs", "frequency", "adds"])

    private static let keyword = Schema.object(
        [
            ("text", Schema.string("the keyword, folded")),
            ("idf", Schema.number("how rare it is")),
            ("paragraphs", Schema.count("paragraphs of the index that hold its rarest part")),
            ("frequency", Schema.count("occurrences in the paragraph")),
            ("adds", Schema.number("to the score")),
        ], required: ["text", "idf", "paragraphs", "frequency", "adds"])

    private static func counts(_ names: [(name: String, description: String)]) -> JSONValue {
        Schema.object(names.map { ($0.name, Schema.count($0.description)) }, required: names.map(\.name))
    }
}
