internal import Bytes

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
}
