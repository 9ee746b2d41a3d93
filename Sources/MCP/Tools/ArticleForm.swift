internal import JSON
internal import Model
internal import Output

/// How articles look in answers.
enum ArticleForm {
    /// What every answer says of an article.
    static let schema: [(name: String, schema: JSONValue)] = [
        ("id", Schema.string("the article's id")),
        ("uri", Schema.string("the article as a resource; read takes it in place of an id, too")),
        ("title", Schema.string("empty when it has none")),
        ("date", Schema.string("as found in the article")),
        ("path", Schema.string("the file it came from")),
    ]

    static let required = ["id", "uri", "title", "path"]

    static func members(id: [UInt8], title: String, date: String, path: String) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("id", .string(String(decoding: id, as: UTF8.self))), .init("uri", .string(ArticleURI.string(id))),
            .init("title", .string(title)),
        ]
        if !date.isEmpty { members.append(.init("date", .string(date))) }
        members.append(.init("path", .string(path)))
        return members
    }

    /// A name for people: the title, else the id, on one line.
    static func name(title: String, id: [UInt8]) -> String {
        PrintableText.printable(title.isEmpty ? String(decoding: id, as: UTF8.self) : title)
    }

    /// Where a paragraph stands: by line of the file, and by number of the article.
    static func citation(path: String, _ source: SourceRange, id: [UInt8], number: Int) -> String {
        let place = ParagraphForm.place(path: path, source)
        return PrintableText.printable("\(place), \(String(decoding: id, as: UTF8.self))#\(number)")
    }
}
