internal import Bytes
internal import InvertedIndex

/// A cursor without a counted reference, which would be counted up and down for each hit of a frequent keyword.
@safe struct BorrowedCursor {
    // SAFETY: whoever makes one keeps the cursor for as long as this is used.
    private let cursor: Unmanaged<PostingsCursor>

    init(_ cursor: PostingsCursor) { unsafe self.cursor = Unmanaged.passUnretained(cursor) }

    /// See ``InvertedIndex/PostingsCursor/seek(_:)``.
    @inline(__always)
    func seek(_ target: UInt32) throws(FormatError) -> UInt32 {
        let found = unsafe cursor.borrow { $0.seekInBlock(target) }
        return if let found { found } else {
            try unsafe cursor.borrow { (cursor) throws(FormatError) in try cursor.seek(target) }
        }
    }

    /// See ``InvertedIndex/PostingsCursor/frequency(in:)``.
    @inline(__always)
    func frequency(in document: UInt32) throws(FormatError) -> UInt32 {
        let found = unsafe cursor.borrow { $0.frequencyInBlock(document) }
        return if let found { found } else {
            try unsafe cursor.borrow { (cursor) throws(FormatError) in try cursor.frequency(in: document) }
        }
    }
}
