internal import Model

extension Article {
    /// The article that is a whole file.
    init(_ file: FoundFile, text: [UInt8] = [], paragraphs: [Paragraph] = []) {
        self.init(id: file.id, text: text, paragraphs: paragraphs)
        isFile = true
    }

    /// Adds the paragraphs of another article behind its own.
    ///
    /// - Parameters:
    ///   - offset: bytes that stood before the text which the other's places are in.
    ///   - lines: the same, in lines.
    ///   - part: the page or chapter that all of them stand in.
    mutating func append(_ other: Article, offset: Int = 0, lines: Int = 0, part: SourcePart? = nil) {
        let start = text.count
        text += other.text
        paragraphs += other.paragraphs.map { paragraph in
            var moved = paragraph
            moved.text = paragraph.text.lowerBound + start..<paragraph.text.upperBound + start
            moved.source = paragraph.source.moved(by: SourceShift(bytes: offset, lines: lines))
            moved.source.part = part
            return moved
        }
    }

    /// The text of its first heading, on one line; empty when it has none.
    var firstHeading: [UInt8] {
        guard let heading = paragraphs.first(where: { $0.kind == .heading }) else { return [] }
        return text[heading.text].map { $0 == 0x0A ? 0x20 : $0 }
    }
}
