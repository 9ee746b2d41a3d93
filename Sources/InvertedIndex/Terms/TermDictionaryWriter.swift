internal import Bytes
internal import Model
internal import Storage

/// Writes the three files of a segment's terms, keys ascending.
struct TermDictionaryWriter {
    private let shape: SegmentShape
    private let terms: IndexFileWriter
    private let postingsFile: IndexFileWriter
    private let positionsFile: IndexFileWriter
    private var fences: [UInt64] = []
    private var offsets: [UInt64] = []
    private var encoder = PostingsEncoder()
    // The block under construction: keys and entries one after the other, and where each ends.
    private var keys: [UInt8] = []
    private var keyEnds: [Int] = []
    private var entries = ByteWriter()
    private var entryEnds: [Int] = []
    private var postingsStart = 0
    private var positionsStart = 0
    private var termCount = 0

    init(segment: UInt64, shape: SegmentShape, in storage: any Storage) throws(IndexError) {
        func file(_ kind: IndexFile) throws(IndexError) -> IndexFileWriter {
            try IndexFileWriter(kind, name: kind.name(segment), owner: segment, in: storage)
        }
        self.shape = shape
        terms = try file(.terms)
        postingsFile = try file(.postings)
        positionsFile = try file(.positions)
    }

    /// Adds a term.
    ///
    /// - Precondition: `key` is greater than every key before it, and `slice` is not empty.
    mutating func add(_ key: ArraySlice<UInt8>, _ slice: PostingSlice) throws(IndexError) {
        precondition(lastKey.lexicographicallyPrecedes(key) && !slice.documents.isEmpty)
        if keyEnds.count == TermDictionaryFormat.blockSize { try flushBlock() }
        if keyEnds.isEmpty {
            fences.append(TermDictionaryFormat.fence(key))
            postingsStart = postingsFile.bodyLength
            positionsStart = positionsFile.bodyLength
        }
        keys += key
        keyEnds.append(keys.count)
        termCount += 1

        let context = shape.context(key)
        encoder.encode(slice, context)
        let documents = slice.documents.count
        let isShort = documents < PostingsFormat.blockSize
        let isInline = isShort && encoder.postings.count <= TermDictionaryFormat.inlineLimit
        entries.varint(UInt64(documents) << 1 | (isInline ? 1 : 0))
        if isInline {
            entries.append(contentsOf: encoder.postings.bytes)
        } else {
            entries.varint(postingsFile.bodyLength - postingsStart)
            entries.varint(encoder.postings.count)
            try postingsFile.append(encoder.postings.bytes)
            if !isShort, context.hasPositions {
                entries.varint(positionsFile.bodyLength - positionsStart)
                entries.varint(encoder.positions.count)
                try positionsFile.append(encoder.positions.bytes)
            }
        }
        entryEnds.append(entries.count)
    }

    private var lastKey: ArraySlice<UInt8> { keyEnds.isEmpty ? [] : key(keyEnds.count - 1) }

    private func key(_ index: Int) -> ArraySlice<UInt8> {
        keys[(index == 0 ? 0 : keyEnds[index - 1])..<keyEnds[index]]
    }

    private func entry(_ index: Int) -> ArraySlice<UInt8> {
        entries.bytes[(index == 0 ? 0 : entryEnds[index - 1])..<entryEnds[index]]
    }

    private mutating func flushBlock() throws(IndexError) {
        offsets.append(UInt64(terms.bodyLength))
        let count = keyEnds.count
        // Of ascending keys, what the first and the last share, all share.
        let shared = min(255, zip(key(0), key(count - 1)).prefix { $0 == $1 }.count)
        let size = key(0).count - shared
        let isUniform = (1...255).contains(size) && (1..<count).allSatisfy { key($0).count - shared == size }
        var block = ByteWriter()
        block.append(UInt8(count))
        block.append(UInt8(shared))
        block.append(contentsOf: key(0).prefix(shared))
        block.append(isUniform ? UInt8(size) : 0)
        block.varint(postingsStart)
        block.varint(positionsStart)
        var suffixes = ByteWriter()
        var body = ByteWriter()
        for index in 0..<count {
            let suffix = key(index).dropFirst(shared)
            var head = ByteWriter()
            if isUniform { suffixes.append(contentsOf: suffix) } else { head.prefixed(suffix) }
            let size = head.count + entry(index).count
            if size < Int(TermDictionaryFormat.largeEntry) {
                block.append(UInt8(size))
            } else {
                block.append(TermDictionaryFormat.largeEntry)
                body.integer(UInt32(size))
            }
            body.append(contentsOf: head.bytes)
            body.append(contentsOf: entry(index))
        }
        block.append(contentsOf: suffixes.bytes)
        block.append(contentsOf: body.bytes)
        try terms.append(block.bytes)
        keys.removeAll(keepingCapacity: true)
        keyEnds.removeAll(keepingCapacity: true)
        entries.removeAll()
        entryEnds.removeAll(keepingCapacity: true)
    }

    /// Ends the files; gives the sizes of terms, postings and positions.
    mutating func finish() throws(IndexError) -> [UInt64] {
        if !keyEnds.isEmpty { try flushBlock() }
        var tail = ByteWriter()
        while (terms.bodyLength + tail.count) % 8 != 0 { tail.append(0) }
        let fencesOffset = terms.bodyLength + tail.count
        for fence in fences { tail.integer(fence) }
        for offset in offsets { tail.integer(offset) }
        tail.integer(UInt64(fencesOffset))
        tail.integer(UInt64(fences.count))
        tail.integer(UInt64(termCount))
        tail.integer(shape.paragraphScale.average.bitPattern)
        tail.integer(shape.titleScale.average.bitPattern)
        tail.integer(UInt64(shape.stepParameter))
        try terms.append(tail.bytes)
        return [try terms.finish(), try postingsFile.finish(), try positionsFile.finish()]
    }
}
