internal import Bytes
internal import Storage

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
