/// How a keyword and a paragraph compare, unit by unit.
///
/// Either the keyword stands in the paragraph, or there is a place that comes nearest, and beside it the first units
/// that differ. Units are given by number.
public struct KeywordComparison: Equatable, Sendable {
    /// A reading of a paragraph: with its noise, or without.
    public enum Reading: String, Sendable {
        case plain, healed
    }

    /// Where the most of the keyword stands in a row, and where that ends.
    public struct Nearest: Equatable, Sendable {
        public var reading: Reading
        /// The keyword's units that stand there; empty when a word only begins like one of the keyword's.
        public var keyword: Range<Int>
        /// The same units in the paragraph.
        public var paragraph: Range<Int>
        /// The first unit of the keyword that the paragraph does not have there.
        public var missing: Int
        /// What the paragraph has in its place; nil at its beginning or end.
        public var instead: Int?

        public init(
            reading: Reading, keyword: Range<Int>, paragraph: Range<Int>, missing: Int, instead: Int?
        ) {
            self.reading = reading
            self.keyword = keyword
            self.paragraph = paragraph
            self.missing = missing
            self.instead = instead
        }
    }

    /// The reading of ``occurrences``.
    public var reading: Reading
    /// Where the keyword stands, in the reading's units; empty when it does not.
    public var occurrences: [Range<Int>]
    /// Where two keywords are to stand near each other and both stand in one reading, for the first of them: the units between it
    /// and the other where they are nearest, without marks.
    public var between: Int?
    /// Set when the keyword does not stand in the paragraph, but some of it does.
    public var nearest: Nearest?

    public init(reading: Reading, occurrences: [Range<Int>], nearest: Nearest? = nil) {
        self.reading = reading
        self.occurrences = occurrences
        self.nearest = nearest
    }
}
