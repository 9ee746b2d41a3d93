public import Bytes
public import Model

/// What the dictionary knows of a term.
public struct TermEntry: Sendable {
    /// Documents that hold the term, deleted ones included.
    public let documentCount: Int
    /// Occurrences in all of them.
    public let totalFrequency: UInt64
    let postings: ByteView
    let positions: ByteView
}

/// Finds terms in a segment. Opening reads the trailer; a look-up is O(log terms) and reads one block.
public struct TermDictionary: Sendable {
    private let body: ByteView
    private let fences: ByteView
    private let offsets: ByteView
    private let postings: ByteView
    private let positions: ByteView
    let blockCount: Int
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

    /// Reads a block from its first entry.
    func blockScan(_ block: Int) throws(FormatError) -> TermBlockScan {
        let start = try offsets.integer(at: block * 8, as: UInt64.self)
        let end =
            block + 1 < blockCount ? try offsets.integer(at: block * 8 + 8, as: UInt64.self) : UInt64(body.count)
        guard start <= end else {
            throw .malformed(file: body.file, offset: offsets.origin + block * 8, rule: .offsetOutOfRange)
        }
        let entries = min(TermDictionaryFormat.blockSize, termCount - block * TermDictionaryFormat.blockSize)
        return try TermBlockScan(
            bytes: try body.slice(at: start, length: end - start).checked(), entries: entries, postings: postings,
            positions: positions)
    }

    /// The error for a block that breaks a rule.
    func error(inBlock block: Int, _ rule: FormatError.Rule) -> FormatError {
        .malformed(file: body.file, offset: offsets.origin + block * 8, rule: rule)
    }
}
