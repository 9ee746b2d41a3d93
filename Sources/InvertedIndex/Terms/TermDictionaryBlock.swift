internal import Bytes
internal import Model

/// One block of a dictionary, opened.
struct TermDictionaryBlock {
    /// Terms in it.
    let count: Int
    private let bytes: ByteView
    private let prefix: [UInt8]
    /// Size of what follows the prefix in each key; 0 when sizes differ.
    private let suffixSize: Int
    private let postingsStart: UInt64
    private let positionsStart: UInt64
    /// Where the rests of the keys begin, where they are of one size.
    private let suffixes: Int
    /// Where each entry begins, behind its size, and where the last ends.
    private let starts: [Int]
    private let ends: [Int]

    /// Reads the head and the sizes.
    init(_ bytes: ByteView) throws(FormatError) {
        self.bytes = bytes
        var cursor = ByteCursor(bytes)
        count = Int(try cursor.integer(UInt8.self))
        let shared = Int(try cursor.integer(UInt8.self))
        prefix = try cursor.bytes(shared).copy()
        suffixSize = Int(try cursor.integer(UInt8.self))
        postingsStart = try cursor.varint()
        positionsStart = try cursor.varint()
        let sizes = cursor.position
        suffixes = sizes + count
        var starts: [Int] = []
        var ends: [Int] = []
        starts.reserveCapacity(count)
        ends.reserveCapacity(count)
        var offset = suffixes + count * suffixSize
        for index in 0..<count {
            var size = Int(try bytes.integer(at: sizes + index, as: UInt8.self))
            if size == Int(TermDictionaryFormat.largeEntry) {
                size = Int(try bytes.integer(at: offset, as: UInt32.self))
                offset += 4
            }
            starts.append(offset)
            offset += size
            ends.append(offset)
        }
        guard offset <= bytes.count, count <= TermDictionaryFormat.blockSize else {
            throw cursor.error(.offsetOutOfRange)
        }
        self.starts = starts
        self.ends = ends
    }

    /// The place of `key` in the block; nil when it is not there.
    func find(_ key: [UInt8]) throws(FormatError) -> Int? {
        guard key.starts(with: prefix) else { return nil }
        let wanted = key[prefix.count...]
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let order = try compare(suffix(middle), wanted)
            if order == 0 { return middle }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// The key at a place.
    func key(_ index: Int) throws(FormatError) -> [UInt8] { prefix + (try suffix(index).copy()) }

    /// Below zero when the key at `index` comes before `key`, zero when it is the same.
    func order(_ index: Int, to key: [UInt8]) throws(FormatError) -> Int {
        for (own, other) in zip(prefix, key) where own != other { return Int(own) - Int(other) }
        guard key.count >= prefix.count else { return 1 }
        return try compare(suffix(index), key[prefix.count...])
    }

    private func compare(_ suffix: ByteView, _ wanted: ArraySlice<UInt8>) throws(FormatError) -> Int {
        try unsafe suffix.withUnsafeBytes { suffix in
            unsafe wanted.withUnsafeBytes { wanted in
                let shared = min(suffix.count, wanted.count)
                for index in 0..<shared where unsafe suffix[index] != wanted[index] {
                    return unsafe Int(suffix[index]) - Int(wanted[index])
                }
                return suffix.count - wanted.count
            }
        }
    }

    /// What follows the prefix in the key at a place.
    private func suffix(_ index: Int) throws(FormatError) -> ByteView {
        if suffixSize > 0 {
            let start = suffixes + index * suffixSize
            return try bytes.slice(start..<start + suffixSize)
        }
        var cursor = ByteCursor(try bytes.slice(starts[index]..<ends[index]))
        return try cursor.bytes(try cursor.varint(atMost: cursor.remaining))
    }

    /// The entry at a place.
    ///
    /// - Parameters:
    ///   - postings: of the segment.
    ///   - positions: of the segment.
    func entry(_ index: Int, postings: ByteView, positions: ByteView, stepParameter: Int) throws(FormatError)
        -> TermEntry
    {
        var cursor = ByteCursor(try bytes.slice(starts[index]..<ends[index]))
        if suffixSize == 0 { _ = try cursor.bytes(try cursor.varint(atMost: cursor.remaining)) }
        let hasPositions = TermKey.hasPositions(prefix.isEmpty ? try key(index) : prefix)
        let head = try cursor.varint()
        let documents = head >> 1
        guard documents > 0, documents <= UInt64(UInt32.max) else { throw cursor.error(.valueOutOfRange) }
        let isShort = documents < UInt64(PostingsFormat.blockSize)
        var list: ByteView
        var places = try positions.slice(0..<0)
        if head & 1 == 1 {
            guard isShort else { throw cursor.error(.valueOutOfRange) }
            list = try cursor.bytes(cursor.remaining)
        } else {
            list = try Self.part(of: postings, from: postingsStart, &cursor)
            if hasPositions, !isShort { places = try Self.part(of: positions, from: positionsStart, &cursor) }
        }
        return TermEntry(
            documentCount: Int(documents), postings: list, positions: places, hasPositions: hasPositions,
            stepParameter: stepParameter)
    }

    private static func part(of file: ByteView, from start: UInt64, _ cursor: inout ByteCursor) throws(FormatError)
        -> ByteView
    {
        let (offset, overflow) = start.addingReportingOverflow(try cursor.varint())
        guard !overflow else { throw cursor.error(.offsetOutOfRange) }
        return try file.slice(at: offset, length: try cursor.varint())
    }
}
