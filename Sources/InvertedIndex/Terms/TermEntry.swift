public import Bytes

/// What the dictionary knows of a term.
public struct TermEntry: Sendable {
    /// Documents that hold the term, deleted ones included.
    public let documentCount: Int
    let postings: ByteView
    /// Of a long list; a short one has its positions behind its postings.
    let positions: ByteView
    /// Whether the term's kind has positions.
    let hasPositions: Bool
    /// See ``PostingsFormat/stepParameter(average:)``.
    let stepParameter: Int
    /// For a pair, the list of its bigram, by which its documents are numbered.
    var host: HostEntry?

    /// The greatest impact of any posting (see ``ImpactScale``); 255 for short lists, which keep none.
    public func greatestImpact() throws(FormatError) -> UInt8 {
        documentCount < PostingsFormat.blockSize ? .max : try postings.integer(at: 0)
    }
}

/// A list that the documents of another are numbered by.
struct HostEntry: Sendable {
    let documentCount: Int
    let postings: ByteView
    let hasPositions: Bool
    /// The file of the positions, whose size bounds what the list says of them.
    let positions: ByteView

    init(_ entry: TermEntry) {
        documentCount = entry.documentCount
        postings = entry.postings
        hasPositions = entry.hasPositions
        positions = entry.positions
    }
}
