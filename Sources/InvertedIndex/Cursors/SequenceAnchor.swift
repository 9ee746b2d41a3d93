internal import Bytes

/// A part without counted references: the loop over documents would count up and down each time it touches one. Steps
/// within a block, which are most, are taken here; others are left to the cursor.
@safe struct SequenceAnchor {
    // SAFETY: the sequence's parts keep both alive.
    private let cursor: Unmanaged<PostingsCursor>
    private let union: Unmanaged<PostingsUnion>?
    let offset: UInt32

    init(_ part: SequenceCursor.Part) {
        unsafe cursor = Unmanaged.passUnretained(part.cursor.cursor)
        unsafe union = part.cursor.union.map { unsafe Unmanaged.passUnretained($0) }
        offset = part.offset ?? 0
    }

    @inline(__always)
    var frequency: UInt32 {
        if let union = unsafe union { return unsafe union.borrow { $0.frequency } }
        return unsafe cursor.borrow { $0.frequency }
    }

    @inline(__always)
    func next() throws(FormatError) -> UInt32 {
        if let union = unsafe union {
            return try unsafe union.borrow { (union) throws(FormatError) in try union.next() }
        }
        if let document = unsafe cursor.borrow({ $0.nextInBlock() }) { return document }
        return try unsafe cursor.borrow { (cursor) throws(FormatError) in try cursor.next() }
    }

    @inline(__always)
    func seek(_ target: UInt32) throws(FormatError) -> UInt32 {
        if let union = unsafe union {
            return try unsafe union.borrow { (union) throws(FormatError) in try union.seek(target) }
        }
        if let document = unsafe cursor.borrow({ $0.seekInBlock(target) }) { return document }
        return try unsafe cursor.borrow { (cursor) throws(FormatError) in try cursor.seek(target) }
    }

    /// What is known of the block it is in, for a loop that does not leave it; nil where not all positions have been unpacked, or
    /// there are several terms.
    var block: PostingsCursor.PlacedBlock? {
        guard unsafe union == nil else { return nil }
        return unsafe cursor.borrow { unsafe $0.placedBlock }
    }

    /// Has positions unpacked by the block, where `candidates` are many of the documents. For one term alone.
    func expect(_ candidates: Int) {
        guard unsafe union == nil else { return }
        unsafe cursor.borrow { $0.readsWholeBlocks = $0.documentCount / Self.fewInBlock <= candidates }
    }

    /// Where one in so many documents of a block is asked for its positions, on average, all are unpacked.
    private static let fewInBlock = 16

    /// Moves to a place of the block.
    func move(to place: Int) { unsafe cursor.borrow { $0.move(to: place) } }

    /// The error of positions that make no sense.
    var disorder: FormatError { unsafe cursor.borrow { $0.positionsDisorder } }

    @inline(__always)
    func positions() throws(FormatError) -> UnsafeBufferPointer<UInt32> {
        if let union = unsafe union {
            return try unsafe union.borrow { (union) throws(FormatError) in
                try unsafe union.currentPositions()
            }
        }
        let found = unsafe cursor.borrow { unsafe $0.positionsInBlock() }
        if let found = unsafe found { return unsafe found }
        return try unsafe cursor.borrow { (cursor) throws(FormatError) in try unsafe cursor.currentPositions() }
    }
}
