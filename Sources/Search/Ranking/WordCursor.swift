internal import Bytes
internal import InvertedIndex

/// Walks the words of literal matches through a segment, for paragraphs in ascending order.
struct WordCursor {
    /// A word: what it is worth, and where it stands in either reading.
    typealias Word = (weight: Float, body: PostingsCursor?, healed: PostingsCursor?)

    /// The same while it is walked; `words` keeps the cursors.
    private struct Anchor {
        let weight: Float
        /// What the word is worth at most, together with those after it.
        let rest: Float
        let body: BorrowedCursor?
        let healed: BorrowedCursor?
    }

    private let words: [Word]
    private let anchors: [Anchor]
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
        var rest: Float = 0
        var anchors: [Anchor] = []
        for word in words.reversed() {
            rest += word.weight
            anchors.append(
                Anchor(
                    weight: word.weight, rest: rest, body: word.body.map { BorrowedCursor($0) },
                    healed: word.healed.map { BorrowedCursor($0) }))
        }
        self.anchors = anchors.reversed()
    }

    /// What a paragraph earns by its words.
    ///
    /// - Parameters:
    ///   - ordinal: of the paragraph, not before that of an earlier call.
    ///   - least: what is wanted.
    /// - Returns: nil when it must be less than that.
    func score(of ordinal: Int, from least: Float = -.infinity) throws(FormatError) -> Float? {
        // What the anchors borrow stays alive to the end.
        defer { withExtendedLifetime(words) {} }
        let document = UInt32(ordinal)
        var score: Float = 0
        for anchor in anchors {
            if score + anchor.rest < least { return nil }
            // Where it stands more often in one reading than in the other, the former counts.
            let frequency = max(
                try anchor.body?.frequency(in: document) ?? 0, try anchor.healed?.frequency(in: document) ?? 0
            )
            if frequency > 0 { score += anchor.weight * shares.share(frequency, codes[ordinal]) }
        }
        return score
    }
}
