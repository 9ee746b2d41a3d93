internal import JSON
internal import Suoyin

/// What the index holds.
struct StatusTool: Tool {
    let name = "status"
    let title = "Index status"
    let description =
        "Say how many articles and paragraphs the index holds, where it is and how large, and whether it is complete."

    var inputSchema: JSONValue { Schema.object([]) }

    var outputSchema: JSONValue {
        Schema.object(
            [
                ("index", Schema.string("the directory of the index")),
                ("commit", Schema.count("number of the last commit")),
                ("files", Schema.count("files that articles came from")),
                ("articles", Schema.count("articles")),
                ("paragraphs", Schema.count("paragraphs of these")),
                ("bytes", Schema.count("size on disk")),
                ("analyzer", Schema.string("what the text was analysed with")),
                ("isCurrent", Schema.flag("whether this program analyses text alike, and so can search")),
                ("unreadFiles", Schema.count("files that lost articles in a repair, and are to be indexed again")),
            ],
            required: [
                "index", "commit", "files", "articles", "paragraphs", "bytes", "analyzer", "isCurrent",
                "unreadFiles",
            ])
    }

    func call(_ arguments: ToolArguments, _ library: Library) throws -> ToolAnswer {
        let status = try IndexStatus(index: library.path)
        let value: JSONValue = [
            "index": .string(status.location), "commit": .number(status.generation), "files": .number(status.files),
            "articles": .number(status.articles), "paragraphs": .number(status.paragraphs),
            "bytes": .number(status.bytes), "analyzer": .string(status.analyzer),
            "isCurrent": .bool(status.isCurrent),
            "unreadFiles": .number(status.unreadFiles),
        ]
        var text = library.line(
            "\(status.articles) articles with \(status.paragraphs) paragraphs, of \(status.files) files, in \(status.location)"
        )
        text += "commit \(status.generation), \(status.bytes) bytes\n"
        if !status.isCurrent {
            text += library.line(
                "made with \(status.analyzer), which this program does not search; `suoyin reindex --index \(status.location)` builds it anew"
            )
        }
        if status.unreadFiles > 0 {
            text += library.line(
                "\(status.unreadFiles) files lost articles in a repair; `suoyin index --index \(status.location)` on where they are reads them again"
            )
        }
        return ToolAnswer(text: text, value: value)
    }
}
