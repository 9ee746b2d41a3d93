internal import Bytes
internal import InvertedIndex

/// Walks the words of literal matches through a segment, for paragraphs in ascending order.
struct WordCursor {
    /// A word: what it is worth, and where it stands in either reading.
    struct Word {
        let weight: Float
        let body: PostingsCursor?
        let healed: PostingsCursor?
    }

    private let words: [Word]
    /// What each of the words is worth at most, together with those after it.
    private let rest: [Float]
    private let codes: LengthTable.Codes
    private let shares: ShareTables.Table

    /// - Parameters:
    ///   - words: those worth most first, which saves reading the others.
    ///   - codes: of the lengths of the segment's paragraphs.
    ///   - shares: those of paragraphs.
    init(_ words: [Word], _ codes: LengthTable.Codes, _ shares: ShareTables.Table) {
        self.words = words
        self.codes = codes
        self.shares = shares
        var rest: [Float] = []
        for word in words.reversed() { rest.append((rest.last ?? 0) + word.weight) }
        self.rest = rest.reversed()
    }

    /// What a paragraph earns by its words.
    ///
    /// - Parameters:
    ///   - ordinal: of the paragraph, not before that of an earlier call.
    ///   - least: what is wanted.
    /// - Returns: nil when it must be less than that.
    func score(of ordinal: Int, from least: Float = -.infinity) throws(FormatError) -> Float? {
        var score: Float = 0
        for index in words.indices {
            if score + rest[index] < least { return nil }
            // Where it stands more often in one reading than in the other, the former counts.
            let word = words[index]
            let frequency = max(
                try Self.frequency(word.body, UInt32(ordinal)), try Self.frequency(word.healed, UInt32(ordinal)))
            if frequency > 0 { score += word.weight * shares.share(frequency, codes[ordinal]) }
        }
        return score
    }

    @inline(__always)
    private static func frequency(_ cursor: PostingsCursor?, _ document: UInt32) throws(FormatError) -> UInt32 {
        guard let cursor, try cursor.seek(document) == document else { return 0 }
        return cursor.frequency
    }
}
