/// A paragraph as it was found and quoted: enough to find it again, and to tell whether it still says the same.
public struct Citation: Equatable, Sendable {
    /// The file, as it was printed: relative to the working directory, or absolute.
    public var path: Path
    public var articleID: [UInt8]
    /// The paragraph's number in its article, from 1; nil when the citation does not say.
    public var number: Int?
    public var source: SourceRange
    /// Fingerprint of the text, sixteen hexadecimal digits.
    public var hash: String
    /// What it said; nil when only the hash was kept.
    public var text: String?

    public init(
        path: Path, articleID: [UInt8], number: Int? = nil, source: SourceRange, hash: String, text: String? = nil
    ) {
        self.path = path
        self.articleID = articleID
        self.number = number
        self.source = source
        self.hash = hash
        self.text = text
    }
}
