/// The formats that articles come in.
public enum ArticleFormat: Sendable {
    /// Each non-blank line is a paragraph.
    case plainText
    /// CommonMark with GitHub's tables; each block is a paragraph.
    case markdown
    /// HTML and XHTML; each block element is a paragraph.
    case html
    /// XML. Each item of a feed is an article; other documents are one, each block element a paragraph.
    case xml
    /// Each line is an article.
    case jsonLines

    /// The format of files with this extension (lower case, no dot); nil when it is none of ours.
    public init?(fileExtension: String) {
        switch fileExtension {
        case "txt", "text": self = .plainText
        case "md", "markdown": self = .markdown
        case "html", "htm", "xhtml": self = .html
        case "xml", "rss", "atom", "rdf": self = .xml
        case "jsonl", "ndjson": self = .jsonLines
        default: return nil
        }
    }
}
