/// One article as a format's reader gives it: text cut into paragraphs that know where they stood in the file.
public struct Article: Sendable {
    /// Identifies the article to people and tools: a relative path, or the `id` of a JSONL line.
    public var id: [UInt8]
    /// Whether the article is its whole file, and `id` the file's: it gets another one when the file is renamed.
    public var isFile = false
    /// UTF-8; empty when there is none.
    public var title: [UInt8]
    /// As found, usually ISO 8601; empty when there is none.
    public var date: [UInt8]
    /// The text of all paragraphs, UTF-8.
    public var text: [UInt8]
    public var paragraphs: [Paragraph]

    public init(
        id: [UInt8], title: [UInt8] = [], date: [UInt8] = [], text: [UInt8] = [], paragraphs: [Paragraph] = []
    ) {
        self.id = id
        self.title = title
        self.date = date
        self.text = text
        self.paragraphs = paragraphs
    }

    /// Where its first paragraph stands; byte 0 of line 0 when it has none.
    public var origin: SourcePosition {
        guard let first = paragraphs.first?.source else { return SourcePosition(byte: 0, line: 0) }
        return SourcePosition(byte: first.bytes.lowerBound, line: first.line)
    }
}

/// A paragraph: the unit of retrieval.
public struct Paragraph: Equatable, Sendable {
    /// Where its text lies in ``Article/text``, in bytes.
    public var text: Range<Int>
    /// Where it came from.
    public var source: SourceRange
    public var kind: ParagraphKind

    public init(text: Range<Int>, source: SourceRange, kind: ParagraphKind = .text) {
        self.text = text
        self.source = source
        self.kind = kind
    }
}

/// What a paragraph was in its document. The raw value is stored.
public enum ParagraphKind: UInt8, CaseIterable, Sendable {
    /// Running text.
    case text = 0
    case heading
    case listItem
    case quote
    case table
    /// Code or other text set as it stands.
    case code

    /// The name that output uses.
    public var name: String { "\(self)" }
}

/// A place in an original file, or in the text that is unpacked from it: which, is for each format to say.
public struct SourceRange: Equatable, Sendable {
    /// Byte offsets.
    public var bytes: Range<Int>
    /// Number of the line that holds the first byte, from 1.
    public var line: Int
    /// The page or chapter, in documents that have them.
    public var part: SourcePart?

    public init(bytes: Range<Int>, line: Int, part: SourcePart? = nil) {
        self.bytes = bytes
        self.line = line
        self.part = part
    }
}

/// A part of a document that people know by its number, from 1.
public enum SourcePart: Equatable, Sendable {
    case page(Int)
    case chapter(Int)

    public var number: Int {
        switch self {
        case .page(let number), .chapter(let number): number
        }
    }

    /// The name that output uses.
    public var name: String {
        switch self {
        case .page: "page"
        case .chapter: "chapter"
        }
    }
}

extension SourcePart: CustomStringConvertible {
    /// As people read it: `page 3`.
    public var description: String { "\(name) \(number)" }
}
