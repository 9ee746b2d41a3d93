internal import Model

/// The lengths of a segment's texts as its table has them: a code each, a byte, and their sums.
struct ArticleLengths {
    /// Codes of the lengths of titles and of paragraphs (``LengthCode``).
    private(set) var titles: [UInt8] = []
    private(set) var paragraphs: [UInt8] = []
    /// The sums of these lengths, as coarse as the codes: so they are the same after a merge, which knows no others.
    private(set) var titleLength: UInt64 = 0
    private(set) var bodyLength: UInt64 = 0

    /// What the codes of postings depend on.
    var shape: SegmentShape {
        SegmentShape(paragraphs: paragraphs, bodyLength: bodyLength, titles: titles, titleLength: titleLength)
    }

    mutating func addTitle(_ length: Int) {
        let code = LengthCode.encode(length)
        titles.append(code)
        titleLength += UInt64(LengthCode.decode(code))
    }

    mutating func addParagraph(_ length: Int) {
        let code = LengthCode.encode(length)
        paragraphs.append(code)
        bodyLength += UInt64(LengthCode.decode(code))
    }

    mutating func append(_ other: ArticleLengths) {
        titles += other.titles
        paragraphs += other.paragraphs
        titleLength += other.titleLength
        bodyLength += other.bodyLength
    }
}
