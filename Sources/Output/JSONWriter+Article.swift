internal import JSON
internal import Model

extension JSONWriter {
    /// What every line says of an article.
    mutating func members(of article: ArticleSummary, path: Path) {
        field("id", bytes: article.id)
        field("path", bytes: path.bytes)
        field("title", article.title)
        if !article.date.isEmpty { field("date", article.date) }
    }

    /// What every line says of a paragraph.
    mutating func members(of paragraph: NumberedParagraph) {
        field("number", paragraph.number)
        field("text", paragraph.text)
        field("bytes", paragraph.source.bytes)
        field("line", paragraph.source.line)
        field(paragraph.source.part)
        field("kind", paragraph.kind.name)
    }
}
