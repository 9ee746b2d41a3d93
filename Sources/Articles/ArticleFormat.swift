public import Model

/// The formats that articles come in.
public enum ArticleFormat: Sendable {
    /// Each non-blank line is a paragraph.
    case plainText
    /// CommonMark with GitHub's tables; each block, and of a table each row, is a paragraph.
    case markdown
    /// HTML and XHTML; each block element is a paragraph.
    case html
    /// XML. Each item of a feed is an article; other documents are one, each block element a paragraph.
    case xml
    /// Each line is an article.
    case jsonLines
    /// EPUB 2 and 3: XHTML in a zip archive, a file a chapter.
    case epub
    /// The documents of Word and of what writes the same: XML in a zip archive.
    case docx
    /// Read by poppler's pdftotext.
    case pdf

    /// The format of files with this extension (lower case, no dot); nil when it is none of ours.
    public init?(fileExtension: String) {
        switch fileExtension {
        case "txt", "text": self = .plainText
        case "md", "markdown": self = .markdown
        case "html", "htm", "xhtml": self = .html
        case "xml", "rss", "atom", "rdf": self = .xml
        case "jsonl", "ndjson": self = .jsonLines
        case "epub": self = .epub
        case "docx", "docm": self = .docx
        case "pdf": self = .pdf
        default: return nil
        }
    }

    /// The format of a file by its name; nil when it is none of ours.
    ///
    /// Text may be compressed (``Compression``): `news.jsonl.zst`. What Word keeps beside an open document,
    /// `~$name.docx`, is none.
    public init?(of path: Path) {
        guard let format = Self(fileExtension: Compression.unpackedName(of: path).fileExtension) else { return nil }
        if !format.isText, Compression(of: path) != nil || path.name.starts(with: "~$".utf8) { return nil }
        self = format
    }

    /// Whether files of the format are text in some encoding; others are unpacked, or handed to another program, which takes far
    /// longer than reading.
    public var isText: Bool {
        switch self {
        case .plainText, .markdown, .html, .xml, .jsonLines: true
        case .epub, .docx, .pdf: false
        }
    }
}

extension FoundFile {
    /// Its name without what tells format and compression: the title of an article that has no other.
    var stem: [UInt8] { Array(Compression.unpackedName(of: path).stem) }
}
