internal import Bytes
internal import InvertedIndex

/// Walks the words of literal matches through a segment, for paragraphs in ascending order.
struct WordCursor {
    /// A word: what it is worth, and where it stands in one reading or both.
    typealias Word = (weight: Float, cursors: [PostingsCursor])

    private let words: [Word]
    private let codes: LengthTable.Codes
    private let shares: ShareTables.Table

    /// - Parameters:
    ///   - codes: of the lengths of the segment's paragraphs.
    ///   - shares: those of paragraphs.
    init(_ words: [Word], _ codes: LengthTable.Codes, _ shares: ShareTables.Table) {
        self.words = words
        self.codes = codes
        self.shares = shares
    }

    /// What a paragraph earns by its words.
    ///
    /// - Parameter ordinal: of the paragraph, not before that of an earlier call.
    func score(of ordinal: Int) throws(FormatError) -> Float {
        var score: Float = 0
        for word in words {
            // Where it stands more often in one reading than in the other, the former counts.
            var frequency: UInt32 = 0
            for cursor in word.cursors where try cursor.seek(UInt32(ordinal)) == UInt32(ordinal) {
                frequency = max(frequency, cursor.frequency)
            }
            if frequency > 0 { score += word.weight * shares.share(frequency, codes[ordinal]) }
        }
        return score
    }
}
