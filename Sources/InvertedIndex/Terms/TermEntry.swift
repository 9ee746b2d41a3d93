/// What the dictionary knows of a term: numbers alone, so that a query can copy and keep many of them for nothing. The
/// bytes they speak of are those of the segment that was asked (``PostingsFiles``).
public struct TermEntry: Sendable {
    /// Documents that hold the term, deleted ones included.
    public let documentCount: Int
    let postings: PostingsPlace
    /// Of a long list, in the file of positions; a short one has its positions behind its postings.
    let positions: Range<Int>
    /// Whether the term's kind has positions.
    let hasPositions: Bool
    /// For a pair, the list of its bigram, by which its documents are numbered.
    var host: HostEntry?

    /// Whether the list has blocks, and so impacts.
    var isLong: Bool { documentCount >= PostingsFormat.blockSize }
}

/// Where a list lies.
struct PostingsPlace: Equatable, Sendable {
    /// Whether that is in the dictionary, next to the term, and not in the file of postings.
    let isInline: Bool
    /// Found to lie within the file.
    let bytes: Range<Int>
}

/// A list that the documents of another are numbered by.
struct HostEntry: Sendable {
    let documentCount: Int
    let postings: PostingsPlace
    let hasPositions: Bool
    /// Where its positions lie, whose size bounds what the list says of them.
    let positions: Range<Int>

    init(_ entry: TermEntry) {
        documentCount = entry.documentCount
        postings = entry.postings
        hasPositions = entry.hasPositions
        positions = entry.positions
    }
}
