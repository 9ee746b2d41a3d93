internal import ArgumentParser
internal import JSON
internal import Model
internal import Output
internal import Suoyin

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say what the index holds.",
        discussion: """
            Opens the index, and reads none of its text.

              suoyin status
              suoyin status --json | jq .articles
            """)

    @Flag(help: "Print a JSON object.")
    var json = false

    @OptionGroup var index: IndexOption

    func run() throws {
        let status = try IndexStatus(index: index.path)
        try StandardOutput().write(json ? Self.json(status) : Self.page(status))
    }

    private static func page(_ status: IndexStatus) -> [UInt8] {
        var lines = [
            ("index", status.location),
            ("commit", "\(status.generation)"),
            ("files", "\(status.files)"),
            ("articles", "\(status.articles)"),
            ("paragraphs", "\(status.paragraphs)"),
            ("segments", "\(status.segments)"),
            ("deleted articles", "\(status.deletedArticles)"),
            ("size", "\(Decimals.string(Double(status.bytes) / 1e6, places: 2)) MB"),
            ("analyzer", status.analyzer),
        ]
        if status.unreadFiles > 0 {
            lines.append(
                ("to index again", Plural.unreadFiles(status.unreadFiles, indexes: [Path(status.location)])))
        }
        if !status.isCurrent {
            lines.append(
                (
                    "note",
                    "this program analyses text differently; `suoyin reindex --index \(status.location)` builds the index anew from its own text"
                ))
        }
        lines += SettingsPage.lines(Settings.current)
        let width = 18
        let text = lines.map { name, value in
            name + String(repeating: " ", count: width - name.count) + PrintableText.printable(value) + "\n"
        }
        return Array(text.joined().utf8)
    }

    private static func json(_ status: IndexStatus) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("type", "status")
            json.field("index", status.location)
            json.field("commit", Int(status.generation))
            json.field("files", status.files)
            json.field("unread_files", status.unreadFiles)
            json.field("articles", status.articles)
            json.field("paragraphs", status.paragraphs)
            json.field("segments", status.segments)
            json.field("deleted_articles", status.deletedArticles)
            json.field("bytes", Int(status.bytes))
            json.field("analyzer", status.analyzer)
            json.field("is_current", status.isCurrent)
        }
        json.endLine()
        return json.bytes
    }
}
