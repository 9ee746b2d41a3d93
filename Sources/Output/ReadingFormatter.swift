internal import JSON
public import Model

/// The forms in which the paragraphs of an article leave the program.
public enum ReadingFormat: String, CaseIterable, Sendable {
    /// For people.
    case text
    /// A JSON object a paragraph.
    case jsonl
}

/// Given paragraphs of an article, gives the bytes to print.
public struct ReadingFormatter: Sendable {
    private let format: ReadingFormat
    private let style: TextStyle

    public init(_ format: ReadingFormat, style: TextStyle = TextStyle()) {
        self.format = format
        self.style = style
    }

    /// - Parameters:
    ///   - paragraphs: in order.
    ///   - number: the one that was asked for, of which the others are neighbours; nil for none, as where all of them are.
    public func bytes(_ article: ArticleSummary, _ paragraphs: [NumberedParagraph], around number: Int?) -> [UInt8]
    {
        switch format {
        case .text: return Array(text(article, paragraphs, around: number).utf8)
        case .jsonl: return paragraphs.flatMap { Self.json(article, style.shown(article.path), $0) }
        }
    }

    private func text(_ article: ArticleSummary, _ paragraphs: [NumberedParagraph], around number: Int?) -> String {
        let title = article.title.isEmpty ? String(decoding: article.id, as: UTF8.self) : article.title
        let asked = paragraphs.first { $0.number == number }?.source
        let line = asked.map { ":\($0.line)" } ?? ""
        let part = asked?.part.map { ", \($0)" } ?? ""
        var heading = style.colour(.heading, PrintableText.printable(title)) + "  "
        heading += style.place(article.path, line + part)
        if !article.date.isEmpty { heading += "  " + style.colour(.score, PrintableText.printable(article.date)) }
        heading = style.wrapped(heading)
        let format = TextFormat(style: style)
        let shown = paragraphs.map { paragraph in
            let text = format.marked(Array(paragraph.text.unicodeScalars), highlights: [])
            guard let number, paragraph.number != number else { return style.wrapped(text) }
            return style.wrapped(style.colour(.context, "\(paragraph.source.line)- \(text)"))
        }
        if shown.isEmpty { return heading + "\n\n" }
        // Of a whole article paragraphs are set apart, as in a book without indents.
        return heading + "\n" + (number == nil ? "\n" : "") + shown.joined(separator: number == nil ? "\n\n" : "\n")
            + "\n\n"
    }

    private static func json(_ article: ArticleSummary, _ path: Path, _ paragraph: NumberedParagraph) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("type", "paragraph")
            json.key("article")
            json.object {
                $0.members(articleID: article.id, path: path, title: article.title, date: article.date)
            }
            json.key("paragraph")
            json.object {
                $0.members(
                    number: paragraph.number, text: paragraph.text, source: paragraph.source, kind: paragraph.kind)
            }
        }
        json.endLine()
        return json.bytes
    }
}
