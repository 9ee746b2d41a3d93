public import Model

/// What a file's articles look like before they are indexed.
public struct FileInspection: Sendable {
    /// Something found in a paragraph.
    public struct Finding: Sendable {
        public var kind: Kind
        /// The line of the file, from 1; in a format whose text is not the file's, that of the paragraph.
        public var line: Int
        /// The page or chapter, in documents that have them.
        public var part: SourcePart?
        /// The paragraph's number in its article, from 1.
        public var paragraph: Int
        /// As it stands in the text, for a long one its beginning.
        public var text: String
    }

    /// What a finding is.
    public enum Kind: Hashable, Comparable, Sendable {
        /// Something that the healed reading leaves out.
        case noise(Noise.Kind)
        /// Text that seems to have been decoded in the wrong encoding before it came here.
        case misdecoded
        /// A paragraph that was there before, in this file or one inspected earlier.
        case duplicate

        /// In the order of reports.
        public static let all = Noise.Kind.allCases.map(Kind.noise) + [.misdecoded, .duplicate]

        public var name: String {
            switch self {
            case .noise(let kind): kind.rawValue
            case .misdecoded: "misdecoded"
            case .duplicate: "duplicate"
            }
        }

        public static func < (left: Kind, right: Kind) -> Bool {
            all.firstIndex(of: left)! < all.firstIndex(of: right)!
        }
    }

    /// The encoding that a file was read in.
    public struct Encoding: Sendable {
        public var name: String
        /// 0 to 100; 100 when nothing was guessed.
        public var confidence: Int
        /// How it was found: `override`, `byteOrderMark`, `strictUTF8`, `declared` or `detected`.
        public var origin: String
    }

    public var path: Path
    /// Nil when the file could not be read, or has no article.
    public var encoding: Encoding?
    /// Bytes that mean nothing in the encoding.
    public var replacedBytes = 0
    public var articles = 0
    public var paragraphs = 0
    /// Paragraphs whose healed reading is another than the plain one.
    public var healedParagraphs = 0
    /// Bytes of text.
    public var textBytes = 0
    /// Of each kind, how many there are.
    public var counts: [Kind: Int] = [:]
    /// The first of each kind, at most as many as the inspector was told to keep.
    public var findings: [Finding] = []
    /// What could not be read, and why, or was read with a warning.
    public var problems: [IndexingProblem] = []
}
