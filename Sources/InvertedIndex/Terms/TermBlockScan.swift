internal import Bytes

/// Reads the entries of one block in order.
struct TermBlockScan {
    private(set) var key: [UInt8] = []
    private var cursor: ByteCursor
    private var entriesLeft: Int
    private let postings: ByteView
    private let positions: ByteView
    private var postingsOffset: UInt64
    private var positionsOffset: UInt64
    // The entry under the cursor.
    private var documents: UInt64 = 0
    private var extraFrequency: UInt64 = 0
    private var postingsLength: UInt64 = 0
    private var positionsLength: UInt64 = 0
    private var inline: ByteView?

    init(bytes: ByteView, entries: Int, postings: ByteView, positions: ByteView) throws(FormatError) {
        cursor = ByteCursor(bytes)
        entriesLeft = entries
        self.postings = postings
        self.positions = positions
        postingsOffset = try cursor.varint()
        positionsOffset = try cursor.varint()
    }

    /// Moves to the next entry; false when the block has no more.
    mutating func next() throws(FormatError) -> Bool {
        guard entriesLeft > 0 else { return false }
        entriesLeft -= 1
        if inline == nil {
            postingsOffset &+= postingsLength
            positionsOffset &+= positionsLength
        }
        let shared = try cursor.varint(atMost: key.count)
        key.removeLast(key.count - shared)
        try cursor.appendPrefixedBytes(to: &key)
        let head = try cursor.varint()
        documents = head >> 1
        extraFrequency = try cursor.varint()
        postingsLength = try cursor.varint()
        positionsLength = try cursor.varint()
        guard documents > 0, documents <= UInt64(UInt32.max), extraFrequency < 1 << 62 else {
            throw cursor.error(.valueOutOfRange)
        }
        if head & 1 == 1 {
            let limit = UInt64(cursor.remaining)
            guard postingsLength <= limit, positionsLength <= limit - postingsLength else {
                throw cursor.error(.offsetOutOfRange)
            }
            inline = try cursor.bytes(Int(postingsLength + positionsLength))
        } else {
            inline = nil
        }
        return true
    }

    func entry() throws(FormatError) -> TermEntry {
        let list: ByteView
        let places: ByteView
        if let inline {
            list = try inline.slice(0..<Int(postingsLength))
            places = try inline.slice(Int(postingsLength)..<inline.count)
        } else {
            list = try postings.slice(at: postingsOffset, length: postingsLength).checked()
            places = try positions.slice(at: positionsOffset, length: positionsLength).checked()
        }
        return TermEntry(
            documentCount: Int(documents), totalFrequency: documents + extraFrequency, postings: list,
            positions: places)
    }
}
