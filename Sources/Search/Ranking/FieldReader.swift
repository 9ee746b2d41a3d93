internal import Bytes
internal import InvertedIndex
internal import Model

/// Reads what one segment says of a term in one field: what has been read is kept in memory as far as there is room, and asked
/// there from then on.
struct FieldReader {
    let entry: TermEntry
    private let field: Field
    /// Postings that are in memory: all, or those of the articles that are left to be asked about.
    private(set) var kept: PostingsMemory.List?
    private var cursor: PostingsCursor?
    /// Whether the cursor knew its host's list.
    private var cursorHasHost = false

    init?(_ entry: TermEntry?, _ field: Field) {
        guard let entry else { return nil }
        self.entry = entry
        self.field = field
    }

    /// A cursor, wherever it stands.
    ///
    /// - Parameter host: for a pair, what is in memory of its bigram's list in the field.
    private mutating func cursor(in segment: SegmentReader, host: PostingsMemory.List?) throws(FormatError)
        -> PostingsCursor
    {
        if let cursor, cursorHasHost || host == nil { return cursor }
        let made = try segment.cursor(entry, field: field, of: host)
        cursor = made
        cursorHasHost = host != nil
        return made
    }

    /// Reads all postings, a block at a time, and keeps them.
    mutating func forEachBlock(
        in segment: SegmentReader, keepingIn memory: PostingsMemory,
        _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) -> Void
    ) throws(FormatError) {
        var list = memory.begin(entry.documentCount)
        try unsafe cursor(in: segment, host: nil).forEachBlock { documents, frequencies in
            unsafe list?.append(documents, frequencies)
            unsafe body(documents, frequencies)
        }
        kept = list
    }

    /// Reads all postings into memory.
    ///
    /// - Returns: whether there is room.
    mutating func keepAll(of segment: SegmentReader, in memory: PostingsMemory) throws(FormatError) -> Bool {
        guard var list = memory.begin(entry.documentCount) else { return false }
        try unsafe cursor(in: segment, host: nil).forEachBlock { unsafe list.append($0, $1) }
        kept = list
        return true
    }

    /// Goes back to the first posting.
    mutating func restart() {
        kept?.restart()
        cursor?.restart()
    }

    /// Finds the postings in some ranges of documents.
    ///
    /// - Parameters:
    ///   - ranges: ascending and apart, none of them before those of the call before.
    ///   - host: for a pair, what is in memory of its bigram's list in the field.
    ///   - found: to which they are appended.
    mutating func find(
        in ranges: [Range<UInt32>], of segment: SegmentReader, host: PostingsMemory.List?,
        into found: inout [RangedPosting]
    ) throws(FormatError) {
        if kept != nil {
            kept?.find(in: ranges, into: &found)
        } else {
            try cursor(in: segment, host: host).find(in: ranges, into: &found)
        }
    }

    /// Keeps postings, so that from here on only these are found: those of the articles that will be asked about.
    mutating func keep(_ postings: [RangedPosting], in memory: PostingsMemory) {
        guard var list = memory.begin(postings.count) else { return }
        list.append(postings)
        kept = list
    }
}
