public import Model

/// A text after every stage of analysis: folded, cut into units, and segmented into words.
///
/// Reused from text to text, so that analysing allocates nothing once the arrays have grown.
public struct Analysis: Sendable {
    /// One place in the sequence that literal matching compares.
    public struct Unit: Equatable, Sendable {
        public enum Kind: UInt8, Sendable {
            /// A Han or kana character.
            case han
            /// A run of other letters and digits.
            case word
            /// One or more marks in a row.
            case barrier
        }

        public var kind: Kind
        /// The character of a Han unit; 0 for others.
        public var scalar: UInt32
        /// Where the unit stands in ``Analysis/folded``.
        public var start: Int32
        public var end: Int32

        public init(kind: Kind, scalar: UInt32, start: Int32, end: Int32) {
            self.kind = kind
            self.scalar = scalar
            self.start = start
            self.end = end
        }
    }

    /// An ICU word of two or more Han or kana characters.
    public struct Word: Equatable, Sendable {
        /// Where it stands in ``Analysis/folded``.
        public var start: Int32
        public var end: Int32
        /// Number of its first unit.
        public var unit: Int32
        /// Units it takes.
        public var count: Int32
    }

    /// The folded text, UTF-16.
    public internal(set) var folded: [UInt16] = []
    /// For each element of ``folded``, the range of source bytes that became it.
    public internal(set) var sourceStarts: [UInt32] = []
    public internal(set) var sourceEnds: [UInt32] = []
    /// The sequence of units and barriers; an index into it is a position.
    public internal(set) var units: [Unit] = []
    /// The words of the folded text, ascending.
    public internal(set) var words: [Word] = []
    /// What was left out of the folded text, or read as another character, ascending.
    public internal(set) var noise: [Noise] = []

    public init() {}

    /// The bytes of the source from the first to the last of `units`.
    public func sourceRange(of units: Range<Int>) -> Range<Int> {
        guard !units.isEmpty else { return 0..<0 }
        let first = self.units[units.lowerBound]
        let last = self.units[units.upperBound - 1]
        return Int(sourceStarts[Int(first.start)])..<Int(sourceEnds[Int(last.end) - 1])
    }

    /// The folded text of a unit or word.
    public func text(_ start: Int32, _ end: Int32) -> String {
        String(decoding: folded[Int(start)..<Int(end)], as: UTF16.self)
    }

    mutating func removeAll() {
        folded.removeAll(keepingCapacity: true)
        sourceStarts.removeAll(keepingCapacity: true)
        sourceEnds.removeAll(keepingCapacity: true)
        units.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
        noise.removeAll(keepingCapacity: true)
    }
}
