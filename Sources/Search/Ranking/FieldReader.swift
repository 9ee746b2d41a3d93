internal import Bytes
internal import InvertedIndex
internal import Model

/// Reads what one segment says of a term in one field: what has been read is kept in memory as far as there is room, and asked
/// there from then on.
///
/// A class, whose properties are read and written at once and never changed in place: no access to them has to be checked then.
final class FieldReader {
    let entry: TermEntry
    private let field: Field
    private let segment: SegmentReader
    /// Postings that are in memory: all, or those of the articles that are left to be asked about.
    private(set) var kept: PostingsMemory.List?
    private var cursor: PostingsCursor?
    /// Whether the cursor knew its host's list.
    private var cursorHasHost = false

    init?(_ term: RankedTerm, _ field: Field, segment: Int, of reader: SegmentReader) {
        guard let entry = term.entry(field, segment: segment) else { return nil }
        self.entry = entry
        self.field = field
        self.segment = reader
    }

    /// A cursor, wherever it stands.
    ///
    /// - Parameter host: for a pair, what is in memory of its bigram's list in the field.
    private func cursor(host: PostingsMemory.List?) throws(FormatError) -> PostingsCursor {
        if let cursor, cursorHasHost || host == nil { return cursor }
        let made = try segment.cursor(entry, field: field, of: host)
        cursor = made
        cursorHasHost = host != nil
        return made
    }

    /// Reads all postings, a block at a time, and keeps them, where there is room.
    func forEachBlock(
        keepingIn memory: PostingsMemory,
        _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) -> Void
    ) throws(FormatError) {
        guard var list = memory.begin(entry.documentCount) else {
            return try unsafe cursor(host: nil).forEachBlock(body)
        }
        try unsafe segment.unpack(entry, field: field, into: &list, body)
        kept = list
    }

    /// Reads all postings into memory.
    ///
    /// - Returns: where they are; nil where there is no room.
    func keepAll(in memory: PostingsMemory) throws(FormatError) -> PostingsMemory.List? {
        guard var list = memory.begin(entry.documentCount) else { return nil }
        try unsafe segment.unpack(entry, field: field, into: &list)
        kept = list
        return list
    }

    /// Goes back to the first posting.
    func restart() {
        if var list = kept {
            list.restart()
            kept = list
        } else {
            cursor?.restart()
        }
    }

    /// Finds the postings in some ranges of documents.
    ///
    /// - Parameters:
    ///   - ranges: ascending and apart, none of them before those of the call before.
    ///   - host: for a pair, what is in memory of its bigram's list in the field.
    ///   - found: to which they are appended.
    func find(in ranges: [Range<UInt32>], host: PostingsMemory.List?, into found: inout [RangedPosting])
        throws(FormatError)
    {
        if var list = kept {
            list.find(in: ranges, into: &found)
            kept = list
        } else {
            try cursor(host: host).find(in: ranges, into: &found)
        }
    }

    /// Keeps postings, so that from here on only these are found: those of the articles that will be asked about.
    func keep(_ postings: [RangedPosting], in memory: PostingsMemory) {
        guard var list = memory.begin(postings.count) else { return }
        list.append(postings)
        kept = list
    }
}
