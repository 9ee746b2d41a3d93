public import JSON
public import Model

/// What lines of every kind say alike.
extension JSONWriter {
    /// An article. A title is left out where it is nil, a date where it is empty.
    public mutating func members(articleID id: [UInt8], path: Path, title: String? = nil, date: String = "") {
        field("id", bytes: id)
        field("path", bytes: path.bytes)
        if let title { field("title", title) }
        if !date.isEmpty { field("date", date) }
    }

    /// A paragraph.
    public mutating func members(number: Int, text: String, source: SourceRange, kind: ParagraphKind) {
        field("number", number)
        field("text", text)
        members(of: source)
        field("kind", kind.name)
    }

    /// A place in a file.
    public mutating func members(of source: SourceRange) {
        field("bytes", source.bytes)
        field("line", source.line)
        field(source.part)
    }

    /// A page or chapter under its own name; nothing where there is none.
    public mutating func field(_ part: SourcePart?) {
        if let part { field(part.name, part.number) }
    }
}
