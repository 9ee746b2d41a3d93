/// What an index says of an article, less its text.
public struct ArticleSummary: Equatable, Sendable {
    /// Where an index has an article. Good for the commit that gave it, and no other.
    public struct Address: Hashable, Sendable {
        public var segment: Int
        public var article: Int

        public init(segment: Int, article: Int) {
            self.segment = segment
            self.article = article
        }
    }

    public var id: [UInt8]
    /// The file it came from; absolute.
    public var path: Path
    /// UTF-8; empty when the article has none.
    public var title: String
    /// As found in the article; empty when it has none.
    public var date: String
    /// Number of its paragraphs.
    public var paragraphs: Int
    /// Its place in the order of articles: behind it is where a list goes on.
    public var place: ArticlePlace
    public var address: Address

    public init(
        id: [UInt8], path: Path, title: String, date: String, paragraphs: Int, place: ArticlePlace, address: Address
    ) {
        self.id = id
        self.path = path
        self.title = title
        self.date = date
        self.paragraphs = paragraphs
        self.place = place
        self.address = address
    }
}

/// A place in the order of articles: by the bytes of their ids, and where two files have an id each, by the number of the
/// index, where there are several, and of the file. Commits come and go, and it still says what was before it.
public struct ArticlePlace: Equatable, Comparable, Sendable {
    public var id: [UInt8]
    /// The number that the index gave the file.
    public var source: UInt32
    /// Which of several indexes it is in, from 0.
    public var index: Int

    public init(id: [UInt8], source: UInt32, index: Int = 0) {
        self.id = id
        self.source = source
        self.index = index
    }

    public static func < (left: ArticlePlace, right: ArticlePlace) -> Bool {
        if left.id == right.id { return (left.index, left.source) < (right.index, right.source) }
        return left.id.lexicographicallyPrecedes(right.id)
    }
}

/// A paragraph as an index has it.
public struct NumberedParagraph: Equatable, Sendable {
    /// Its number in the article, from 1.
    public var number: Int
    public var text: String
    public var source: SourceRange
    public var kind: ParagraphKind

    public init(number: Int, text: String, source: SourceRange, kind: ParagraphKind) {
        self.number = number
        self.text = text
        self.source = source
        self.kind = kind
    }
}
