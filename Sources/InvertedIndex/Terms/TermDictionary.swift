public import Bytes
public import Model
internal import Storage

/// What the dictionary knows of a term.
public struct TermEntry: Sendable {
    /// Documents that hold the term, deleted ones included.
    public let documentCount: Int
    /// Occurrences in all of them.
    public let totalFrequency: UInt64
    let postings: ByteView
    let positions: ByteView
}

/// How terms lie on disk: front-coded blocks of ascending keys under an array of fences.
///
/// ```
/// body     blocks | padding to 8 | fence u64 a block | offset of the block u64 a block | trailer
/// block    offset of its first postings varint | of its first positions varint | entries, 32 or fewer
/// entry    bytes shared with the key before varint | bytes of its own varint | these bytes
///          documents << 1 | inline, varint | occurrences - documents varint
///          bytes of postings varint | bytes of positions varint | where inline, both, one after the other
/// trailer  offset of the fences u64 | blocks u64 | terms u64
/// ```
/// A fence is the first eight bytes of a block's first key, most significant first, padded with zeros: for Han
/// terms that is the whole key, and a look-up compares integers until it is in its block.
enum TermDictionaryFormat {
    static let blockSize = 32
    static let trailerSize = 24
    /// Postings of at most this many bytes live in the dictionary, next to their term.
    static let inlineLimit = 12

    static func fence(_ key: some Collection<UInt8>) -> UInt64 {
        var fence: UInt64 = 0
        var count = 0
        for byte in key.prefix(8) {
            fence = fence << 8 | UInt64(byte)
            count += 1
        }
        return count == 0 ? 0 : fence << UInt64(8 * (8 - count))
    }
}

/// Writes the three files of a segment's terms, keys ascending.
final class TermDictionaryWriter {
    private let terms: IndexFileWriter
    private let postingsFile: IndexFileWriter
    private let positionsFile: IndexFileWriter
    private var fences: [UInt64] = []
    private var offsets: [UInt64] = []
    private var block = ByteWriter()
    private var postings = ByteWriter()
    private var positions = ByteWriter()
    private var previous: [UInt8] = []
    private var termCount = 0

    init(segment: UInt64, in storage: any Storage) throws(IndexError) {
        func file(_ kind: IndexFile) throws(IndexError) -> IndexFileWriter {
            try IndexFileWriter(kind, name: kind.name(segment), owner: segment, in: storage)
        }
        terms = try file(.terms)
        postingsFile = try file(.postings)
        positionsFile = try file(.positions)
    }

    /// Adds a term.
    ///
    /// - Precondition: `key` is greater than every key before it, and `list` is not empty.
    func add(_ key: [UInt8], _ list: PostingList) throws(IndexError) {
        precondition(previous.lexicographicallyPrecedes(key) && !list.documents.isEmpty)
        if termCount % TermDictionaryFormat.blockSize == 0 {
            if termCount > 0 { try flushBlock() }
            fences.append(TermDictionaryFormat.fence(key))
            offsets.append(UInt64(terms.bodyLength))
            block.varint(postingsFile.bodyLength)
            block.varint(positionsFile.bodyLength)
            previous = []
        }
        let shared = zip(previous, key).prefix { $0 == $1 }.count
        block.varint(shared)
        block.prefixed(key[shared...])
        previous = key
        termCount += 1

        postings.removeAll()
        positions.removeAll()
        PostingsFormat.encode(list, postings: &postings, positions: &positions)
        let isInline = postings.count + positions.count <= TermDictionaryFormat.inlineLimit
        let documents = list.documents.count
        block.varint(UInt64(documents) << 1 | (isInline ? 1 : 0))
        block.varint(list.frequencies.reduce(UInt64(0)) { $0 + UInt64($1) } - UInt64(documents))
        block.varint(postings.count)
        block.varint(positions.count)
        if isInline {
            block.append(contentsOf: postings.bytes)
            block.append(contentsOf: positions.bytes)
        } else {
            try postingsFile.append(postings.bytes)
            try positionsFile.append(positions.bytes)
        }
    }

    private func flushBlock() throws(IndexError) {
        try terms.append(block.bytes)
        block.removeAll()
    }

    /// Ends the files; gives the sizes of terms, postings and positions.
    func finish() throws(IndexError) -> [UInt64] {
        if termCount > 0 { try flushBlock() }
        var tail = ByteWriter()
        while (terms.bodyLength + tail.count) % 8 != 0 { tail.append(0) }
        let fencesOffset = terms.bodyLength + tail.count
        for fence in fences { tail.integer(fence) }
        for offset in offsets { tail.integer(offset) }
        tail.integer(UInt64(fencesOffset))
        tail.integer(UInt64(fences.count))
        tail.integer(UInt64(termCount))
        try terms.append(tail.bytes)
        return [try terms.finish(), try postingsFile.finish(), try positionsFile.finish()]
    }
}

/// Finds terms in a segment. Opening reads the trailer; a look-up is O(log terms) and reads one block.
public struct TermDictionary: Sendable {
    private let body: ByteView
    private let fences: ByteView
    private let offsets: ByteView
    private let postings: ByteView
    private let positions: ByteView
    private let blockCount: Int
    /// Terms in the dictionary.
    public let termCount: Int

    init(terms body: ByteView, postings: ByteView, positions: ByteView) throws(FormatError) {
        let trailer = body.count - TermDictionaryFormat.trailerSize
        let fencesOffset = try body.integer(at: trailer, as: UInt64.self)
        let blockCount = try body.integer(at: trailer + 8, as: UInt64.self)
        let termCount = try body.integer(at: trailer + 16, as: UInt64.self)
        let blockSize = UInt64(TermDictionaryFormat.blockSize)
        guard blockCount <= UInt64(trailer) / 16, termCount <= blockCount * blockSize,
            fencesOffset == UInt64(trailer) - blockCount * 16
        else { throw .malformed(file: body.file, offset: body.origin + trailer, rule: .countMismatch) }
        self.body = try body.slice(0..<Int(fencesOffset))
        fences = try body.slice(at: fencesOffset, length: blockCount * 8)
        offsets = try body.slice(at: fencesOffset + blockCount * 8, length: blockCount * 8)
        self.postings = postings
        self.positions = positions
        self.blockCount = Int(blockCount)
        self.termCount = Int(termCount)
    }

    /// The entry of `key`, or nil when no document holds the term.
    public func find(_ key: TermKey) throws(FormatError) -> TermEntry? {
        guard let block = try findBlock(key.bytes) else { return nil }
        var scan = try blockScan(block)
        while try scan.next() {
            if scan.key == key.bytes { return try scan.entry() }
            if key.bytes.lexicographicallyPrecedes(scan.key) { return nil }
        }
        return nil
    }

    /// Calls `body` with every term, ascending, and its entry.
    public func forEach(_ body: ([UInt8], TermEntry) throws(FormatError) -> Void) throws(FormatError) {
        for block in 0..<blockCount {
            var scan = try blockScan(block)
            while try scan.next() { try body(scan.key, try scan.entry()) }
        }
    }

    /// The last block whose first key is not after `key`.
    private func findBlock(_ key: [UInt8]) throws(FormatError) -> Int? {
        let target = TermDictionaryFormat.fence(key)
        var low = 0
        var high = blockCount
        while low < high {
            let middle = (low + high) / 2
            let fence = try fences.integer(at: middle * 8, as: UInt64.self)
            var isAfter = fence > target
            if fence == target {
                var scan = try blockScan(middle)
                isAfter = try scan.next() && key.lexicographicallyPrecedes(scan.key)
            }
            if isAfter { high = middle } else { low = middle + 1 }
        }
        return low > 0 ? low - 1 : nil
    }

    private func blockScan(_ block: Int) throws(FormatError) -> BlockScan {
        let start = try offsets.integer(at: block * 8, as: UInt64.self)
        let end =
            block + 1 < blockCount ? try offsets.integer(at: block * 8 + 8, as: UInt64.self) : UInt64(body.count)
        guard start <= end else {
            throw .malformed(file: body.file, offset: offsets.origin + block * 8, rule: .offsetOutOfRange)
        }
        let entries = min(TermDictionaryFormat.blockSize, termCount - block * TermDictionaryFormat.blockSize)
        return try BlockScan(
            bytes: try body.slice(at: start, length: end - start), entries: entries, postings: postings,
            positions: positions)
    }
}

/// Reads the entries of one block in order.
private struct BlockScan {
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
        key.removeSubrange(shared...)
        key.append(contentsOf: try cursor.prefixedBytes())
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
            list = try postings.slice(at: postingsOffset, length: postingsLength)
            places = try positions.slice(at: positionsOffset, length: positionsLength)
        }
        return TermEntry(
            documentCount: Int(documents), totalFrequency: documents + extraFrequency, postings: list,
            positions: places)
    }
}
