/// The formats that articles come in.
public enum ArticleFormat: Sendable {
    /// Each non-blank line is a paragraph.
    case plainText
    /// CommonMark with GitHub's tables; each block is a paragraph.
    case markdown
    /// Each line is an article.
    case jsonLines

    /// The format of files with this extension (lower case, no dot); nil when it is none of ours.
    public init?(fileExtension: String) {
        switch fileExtension {
        case "txt", "text": self = .plainText
        case "md", "markdown": self = .markdown
        case "jsonl", "ndjson": self = .jsonLines
        default: return nil
        }
    }
}
