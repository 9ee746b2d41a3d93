/// Some of a segment's paragraphs, a bit for each.
struct ParagraphSet {
    private var words: [UInt64]

    /// None of so many paragraphs.
    init(paragraphs count: Int) { words = [UInt64](repeating: 0, count: count / 64 + 1) }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    mutating func insert(_ ordinal: Int) { words[ordinal / 64] |= 1 << UInt64(ordinal % 64) }

    @inline(__always)
    func contains(_ ordinal: Int) -> Bool { words[ordinal / 64] >> UInt64(ordinal % 64) & 1 == 1 }
}
