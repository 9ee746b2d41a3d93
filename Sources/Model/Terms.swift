/// What a term is made of. The raw value is the kind's place in the dictionary's order.
public enum TermKind: UInt8, CaseIterable, Sendable {
    /// One Han or kana character.
    case character = 1
    /// Two such characters that follow each other, with positions.
    case bigram = 2
    /// An ICU word of exactly two such characters. Whatever holds it holds the bigram of the two.
    case pair = 3
    /// An ICU word of three or more.
    case hanWord = 4
    /// A run of other letters and digits, with positions.
    case word = 5

    /// Whether postings of this kind record where in the paragraph the term stands.
    public var hasPositions: Bool { self == .bigram || self == .word }
}

/// A part of an article that is indexed on its own.
public enum Field: UInt8, CaseIterable, Sendable {
    /// Paragraph text; a document is a paragraph.
    case body = 0
    /// The title; a document is an article.
    case title = 1
    /// Paragraph text in its healed reading, where that is another one; a document is a paragraph.
    case healed = 2

    /// Whether documents are articles, not paragraphs.
    public var isOfArticles: Bool { self == .title }
}

/// The terms of one paragraph or title, in the order in which they stand.
///
/// Han terms are integers: a character is its code point `c`, a bigram or pair `first << 18 | second`; no Han or
/// kana code point needs more than 18 bits. An occurrence is `term << positionBits | position`, so that adding
/// the paragraph's base to it gives a key that sorts by term, then by place. Words are UTF-8 in one buffer.
public struct TermBlock: Sendable {
    /// Bits that a position takes in an occurrence.
    public static let positionBits: UInt64 = 26
    /// Positions a paragraph may have: 67 million units, some 200 MB of Han text.
    public static let positionLimit = 1 << 26
    /// Bits of one code point in a bigram.
    public static let scalarBits: UInt64 = 18

    /// A word's occurrence: its bytes in ``TermBlock/wordBytes`` and its position.
    public struct Word: Sendable {
        public var kind: TermKind
        public var start: Int32
        public var end: Int32
        public var position: UInt32

        public init(kind: TermKind, start: Int32, end: Int32, position: UInt32) {
            self.kind = kind
            self.start = start
            self.end = end
            self.position = position
        }
    }

    public var characters: [UInt64] = []
    public var bigrams: [UInt64] = []
    public var pairs: [UInt64] = []
    public var words: [Word] = []
    public var wordBytes: [UInt8] = []
    /// Positions in use: units and barriers. The length of the text for scoring.
    public var length = 0

    public init() {}

    public mutating func removeAll() {
        characters.removeAll(keepingCapacity: true)
        bigrams.removeAll(keepingCapacity: true)
        pairs.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
        wordBytes.removeAll(keepingCapacity: true)
        length = 0
    }
}

/// A term as the dictionary orders it: field and kind, then the content's bytes.
///
/// Integer terms are two or one code points of three bytes each, most significant first; words are UTF-8.
public struct TermKey: Hashable, Sendable {
    public let bytes: [UInt8]

    public init(field: Field, kind: TermKind, integer: UInt64) {
        // Written out, so that the array is made once, at its size.
        let (first, second) = (integer >> TermBlock.scalarBits, integer & (1 << TermBlock.scalarBits - 1))
        let prefix = Self.prefix(field, kind)
        func byte(_ scalar: UInt64, _ shift: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: scalar &>> shift) }
        bytes =
            kind == .character
            ? [prefix, byte(second, 16), byte(second, 8), byte(second, 0)]
            : [
                prefix, byte(first, 16), byte(first, 8), byte(first, 0), byte(second, 16), byte(second, 8),
                byte(second, 0),
            ]
    }

    public init(field: Field, kind: TermKind, word: some Sequence<UInt8>) {
        bytes = [Self.prefix(field, kind)] + word
    }

    /// All bytes at once: an array's own way is one after the other.
    public func hash(into hasher: inout Hasher) {
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }

    /// The code points of a character, bigram or pair, 24 bits each, as one number that tells it from others of its kind.
    public var characters: UInt64 { bytes.dropFirst().reduce(0) { $0 << 8 | UInt64($1) } }

    /// The same term in another field.
    public func inField(_ field: Field) -> TermKey {
        var bytes = bytes
        bytes[0] = field.rawValue << 4 | bytes[0] & 0x0F
        return TermKey(bytes: bytes)
    }

    /// A key as the dictionary has it.
    public init(bytes: [UInt8]) { self.bytes = bytes }

    /// The field of terms whose keys begin with this byte; nil when none does.
    public static func field(first: UInt8) -> Field? { Field(rawValue: first >> 4) }

    /// The kind of terms whose keys begin with this byte; nil when none does.
    public static func kind(first: UInt8) -> TermKind? { TermKind(rawValue: first & 0x0F) }

    /// Whether postings of terms record positions whose keys begin with this byte.
    public static func hasPositions(first: UInt8) -> Bool {
        first >> 4 != Field.title.rawValue && kind(first: first)?.hasPositions == true
    }

    /// The field of the term; nil when no key begins so.
    public var field: Field? { bytes.first.flatMap { Self.field(first: $0) } }

    /// Whether postings of the term record positions.
    public var hasPositions: Bool { bytes.first.map { Self.hasPositions(first: $0) } ?? false }

    /// The first byte of every key of a field and kind.
    public static func prefix(_ field: Field, _ kind: TermKind) -> UInt8 { field.rawValue << 4 | kind.rawValue }
}
