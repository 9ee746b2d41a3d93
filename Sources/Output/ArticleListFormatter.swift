internal import JSON
public import Model

/// The forms in which a list of articles leaves the program.
public enum ListFormat: String, CaseIterable, Sendable {
    /// For people.
    case text
    /// A JSON object an article.
    case jsonl
    /// Tab-separated fields, a line an article: id, path, title, date, number of paragraphs.
    case tsv
    /// The paths of the articles' files, each once.
    case paths
}

/// Given articles, gives the bytes of a list of them, a part at a time.
public struct ArticleListFormatter {
    private let format: ListFormat
    private let style: TextStyle
    private let pathLines: PathLines
    /// Of `paths`: those printed.
    private var seen: Set<Path> = []

    /// - Parameter pathLines: how paths are printed in `paths`.
    public init(_ format: ListFormat, style: TextStyle = TextStyle(), pathLines: PathLines = PathLines()) {
        self.format = format
        self.style = style
        self.pathLines = pathLines
    }

    public mutating func bytes(_ articles: [ArticleSummary]) -> [UInt8] {
        articles.flatMap { article -> [UInt8] in
            let path = style.shown(article.path)
            switch format {
            case .text: return text(article, path)
            case .jsonl: return Self.json(article, path)
            case .tsv: return Self.fields(article, path)
            case .paths: return seen.insert(path).inserted ? pathLines.bytes(path) : []
            }
        }
    }

    private func text(_ article: ArticleSummary, _ path: Path) -> [UInt8] {
        let id = String(decoding: article.id, as: UTF8.self)
        let count = article.paragraphs == 1 ? "1 paragraph" : "\(article.paragraphs) paragraphs"
        var parts = [
            style.colour(.heading, PrintableText.printable(id)), PrintableText.printable(article.title),
            PrintableText.printable(article.date), style.colour(.score, count),
        ]
        // Where the file is the article, the id says as much.
        if !path.bytes.elementsEqual(article.id) {
            parts.append(style.place(article.path))
        }
        return Array((parts.filter { !$0.isEmpty }.joined(separator: "  ") + "\n").utf8)
    }

    private static func fields(_ article: ArticleSummary, _ path: Path) -> [UInt8] {
        let fields = [
            article.id, path.bytes, Array(article.title.utf8), Array(article.date.utf8),
            Array("\(article.paragraphs)".utf8),
        ]
        return Array(fields.map(PrintableText.oneLine).joined(separator: [0x09])) + [0x0A]
    }

    private static func json(_ article: ArticleSummary, _ path: Path) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("type", "article")
            json.key("article")
            json.object { json in
                json.members(articleID: article.id, path: path, title: article.title, date: article.date)
                json.field("paragraphs", article.paragraphs)
            }
        }
        json.endLine()
        return json.bytes
    }
}
