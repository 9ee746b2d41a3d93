internal import Bytes

/// Walks the documents of one term, or of several that count as one.
///
/// Nearly always it is one, and this is a loop over documents: a cursor that is there, and a union that may be, are faster
/// to tell apart than two cases of an enumeration.
public struct TermCursor {
    /// The only one; of several, the first, which is the union's to move.
    let cursor: PostingsCursor
    let union: PostingsUnion?

    /// - Parameter cursors: of each term, none of which has been moved.
    /// - Returns: nil when there are none.
    public init?(_ cursors: [PostingsCursor]) {
        guard let first = cursors.first else { return nil }
        cursor = first
        union = cursors.count > 1 ? PostingsUnion(cursors) : nil
    }

    /// Documents, at most.
    public var documentCount: Int { union.map(\.documentCount) ?? cursor.documentCount }
}
