public import Model

/// What has become of a cited paragraph in its file, as the file is now.
public enum CitationVerdict: Sendable {
    /// Where a paragraph stands now, and what it says.
    public struct Place: Equatable, Sendable {
        /// Its number in its article, from 1.
        public var number: Int
        public var source: SourceRange
        public var text: String
    }

    /// What is missing.
    public enum Loss: String, Sendable {
        case file, article, paragraph
    }

    /// The bytes at that place still give that text.
    case holds(Place)
    /// The same text stands elsewhere in the article.
    case moved(Place)
    /// The text is nowhere in the article; this paragraph is what seems to have become of it.
    case changed(Place)
    case gone(Loss)
    /// The file is there and cannot be read, or not as far as that, so that nothing can be said.
    case unread(IndexingProblem)

    /// One word, for programs.
    public var name: String {
        switch self {
        case .holds: "holds"
        case .moved: "moved"
        case .changed: "changed"
        case .gone: "gone"
        case .unread: "unread"
        }
    }

    /// Where the paragraph stands now; nil when it does not, or that is unknown.
    public var place: Place? {
        switch self {
        case .holds(let place), .moved(let place), .changed(let place): place
        case .gone, .unread: nil
        }
    }
}
