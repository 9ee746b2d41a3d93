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
    /// The documents of the last bigram.
    private var host: [UInt32] = []
    private var places = HostPlaces()
    /// Pairs that have been written, but not placed: they come with their bigrams, and stand behind all of these.
    private var pairs: [WrittenPair] = []
    /// Their keys, and those lists that stand in the dictionary.
    private var pairBytes: [UInt8] = []

    /// A list that has been written, or that the dictionary is to hold itself.
    private struct WrittenList {
        enum Place {
            case inline
            case apart((start: Int, size: Int), positions: (start: Int, size: Int)?)
        }

        var documents: Int
        var place: Place
    }

    private struct WrittenPair {
        var list: WrittenList
        /// Where the key and the list in the dictionary are in ``pairBytes``.
        var key: Range<Int>
        var inline: Range<Int>
        /// Where the postings ended before.
        var start: Int
    }

    init(segment: UInt64, shape: SegmentShape, in storage: any Storage) throws(IndexError) {
        func file(_ kind: IndexFile) throws(IndexError) -> IndexFileWriter {
            try IndexFileWriter(kind, name: kind.name(segment), owner: segment, in: storage)
        }
        self.shape = shape
        terms = try file(.terms)
        postingsFile = try file(.postings)
        positionsFile = try file(.positions)
    }

    /// Adds a term. A pair comes right after its bigram, though it stands in the dictionary after all of these.
    ///
    /// - Precondition: `key` is greater than every key before it, of pairs or of other terms, and `slice` is not empty.
    mutating func add(_ key: ArraySlice<UInt8>, _ slice: PostingSlice) throws(IndexError) {
        precondition(!key.isEmpty && !slice.documents.isEmpty)
        let first = key[key.startIndex]
        let kind = TermKey.kind(first: first)
        if kind == .pair { return try addPair(key, slice) }
        if let pair = pairs.first, first > pairBytes[pair.key.lowerBound] { try placePairs() }
        let start = (postings: postingsFile.bodyLength, positions: positionsFile.bodyLength)
        let list = try write(slice, shape.context(key))
        try place(key, list, inline: encoder.postings.bytes[...], start)
        guard kind == .bigram else { return }
        if slice.documents == slice.list.documents.indices, slice.documents.count >= 1 << 16 {
            // A long list is shared, not held twice.
            host = slice.list.documents
        } else {
            if host.count >= 1 << 16 { host = [] }
            host.removeAll(keepingCapacity: true)
            host.append(contentsOf: slice.list.documents[slice.documents])
        }
    }

    private mutating func addPair(_ key: ArraySlice<UInt8>, _ slice: PostingSlice) throws(IndexError) {
        var context = shape.context(key)
        // Both come from lists that may have been read from disk.
        guard places.find(slice.list.documents[slice.documents], in: host) else {
            throw .format(.malformed(file: terms.path, offset: terms.length, rule: .unknownReference))
        }
        context.host = places
        let start = postingsFile.bodyLength
        let list = try write(slice, context)
        let keyStart = pairBytes.count
        pairBytes += key
        let listStart = pairBytes.count
        if case .inline = list.place { pairBytes += encoder.postings.bytes }
        pairs.append(
            WrittenPair(list: list, key: keyStart..<listStart, inline: listStart..<pairBytes.count, start: start))
    }

    /// Moves the pairs written meanwhile into the dictionary.
    private mutating func placePairs() throws(IndexError) {
        guard !pairs.isEmpty else { return }
        // Their lists lie before those of the block's other terms.
        if !keyEnds.isEmpty { try flushBlock() }
        let (written, bytes) = (pairs, pairBytes)
        pairs = []
        pairBytes = []
        for pair in written {
            try place(
                bytes[pair.key], pair.list, inline: bytes[pair.inline], (pair.start, positionsFile.bodyLength))
        }
    }

    /// Encodes a list, and writes what of it does not stand in the dictionary.
    private mutating func write(_ slice: PostingSlice, _ context: PostingsContext) throws(IndexError) -> WrittenList
    {
        encoder.encode(slice, context)
        let documents = slice.documents.count
        let isShort = documents < PostingsFormat.blockSize
        if isShort, encoder.postings.count <= TermDictionaryFormat.inlineLimit {
            return WrittenList(documents: documents, place: .inline)
        }
        let postings = (start: postingsFile.bodyLength, size: encoder.postings.count)
        try postingsFile.append(encoder.postings.bytes)
        guard !isShort, context.hasPositions else {
            return WrittenList(documents: documents, place: .apart(postings, positions: nil))
        }
        let positions = (start: positionsFile.bodyLength, size: encoder.positions.count)
        try positionsFile.append(encoder.positions.bytes)
        return WrittenList(documents: documents, place: .apart(postings, positions: positions))
    }

    /// Adds a term whose list has been written.
    ///
    /// - Parameters:
    ///   - inline: the list, where it stands in the dictionary.
    ///   - start: where lists of the block begin in the files, if it begins with this term.
    private mutating func place(
        _ key: ArraySlice<UInt8>, _ list: WrittenList, inline: ArraySlice<UInt8>,
        _ start: (postings: Int, positions: Int)
    ) throws(IndexError) {
        precondition(lastKey.lexicographicallyPrecedes(key))
        if keyEnds.count == TermDictionaryFormat.blockSize { try flushBlock() }
        if keyEnds.isEmpty {
            fences.append(TermDictionaryFormat.fence(key))
            (postingsStart, positionsStart) = start
        }
        keys += key
        keyEnds.append(keys.count)
        termCount += 1
        switch list.place {
        case .inline:
            entries.varint(list.documents << 1 | 1)
            entries.append(contentsOf: inline)
        case .apart(let postings, let positions):
            entries.varint(list.documents << 1)
            entries.varint(postings.start - postingsStart)
            entries.varint(postings.size)
            if let positions {
                entries.varint(positions.start - positionsStart)
                entries.varint(positions.size)
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
        try placePairs()
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
