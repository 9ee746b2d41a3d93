/// A stretch of a text that was not written by its author: a reading pasted in, a tag left over, a space inside a word.
///
/// A text has two readings: the plain one, which leaves out only what can be nothing else (``Kind/gloss`` with a tone
/// mark, ``Kind/invisible``), and the healed one, which leaves out all noise. Both point back to the same bytes.
public struct Noise: Equatable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// A pinyin reading in brackets: 團(tuán)隊, 团(tuan2)队, 北京(Běijīng).
        case gloss
        /// Characters without width that Unicode says to ignore: zero-width spaces and joiners, soft hyphens.
        case invisible
        /// A control character that is not white space.
        case control
        /// White space inside a word: `I nstagram`, `70 0 0万`.
        case tear
        /// A line break inside a word, with or without a hyphen, or the marks of a quoted line after one.
        case wrap
        /// A checksum or token stuck to text: `AI Lt4HY…Fo=ab`.
        case hash
        /// An HTML tag or comment in plain text.
        case tag
        /// An HTML character reference in plain text.
        case entity
    }

    public var kind: Kind
    /// Where it stands in the source.
    public var bytes: Range<Int>
    /// The character that the healed reading has in its place; nil for none.
    public var replacement: UInt32?

    public init(_ kind: Kind, _ bytes: Range<Int>, replacement: UInt32? = nil) {
        self.kind = kind
        self.bytes = bytes
        self.replacement = replacement
    }

    /// What stands for a tag or entity: U+FFFC OBJECT REPLACEMENT CHARACTER, a mark and so a barrier.
    public static let barrier: UInt32 = 0xFFFC
}
