internal import JSON
internal import Model

/// How paragraphs look in answers.
enum ParagraphForm {
    /// What every answer says of a paragraph's place.
    static let place: [(name: String, schema: JSONValue)] = [
        ("number", Schema.count("from 1; what read takes")),
        ("line", Schema.count("of the file, from 1")),
        ("page", Schema.count("of a document that has pages, from 1")),
        ("chapter", Schema.count("of a book, from 1")),
    ]

    /// And of a paragraph that was asked for, beside its text.
    static let schema =
        place + [("kind", Schema.words(ParagraphKind.allCases.map(\.name), "what it is in its document"))]

    static let required = ["number", "line", "kind", "text"]

    static func place(number: Int, line: Int, part: SourcePart?) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [.init("number", .number(number)), .init("line", .number(line))]
        if let part { members.append(.init(part.name, .number(part.number))) }
        return members
    }

    static func members(number: Int, source: SourceRange, kind: ParagraphKind, text: String) -> [JSONValue.Member] {
        place(number: number, line: source.line, part: source.part)
            + [.init("kind", .string(kind.name)), .init("text", .string(text))]
    }

    /// Where a paragraph stands in its file.
    static func place(path: String, _ source: SourceRange) -> String {
        "\(path):\(source.line)" + (source.part.map { ", \($0)" } ?? "")
    }
}
