public import Bytes
internal import Model

/// Walks the postings of one term in one segment, ascending by document.
///
/// Starts before the first document. At the end ``document`` is ``noMoreDocuments`` and stays so. A cursor
/// goes back by ``restart()`` alone. Whatever the bytes say, documents are ascending and below the segment's count, or the
/// cursor throws; one that has thrown is not to be asked again.
@safe public final class PostingsCursor {
    /// The document of a cursor that has reached the end.
    public static let noMoreDocuments = UInt32.max

    /// Documents that hold the term.
    public var documentCount: Int { blocks.documentCount }
    /// The current document; meaningless before the first ``next()`` or ``seek(_:)``.
    public var document: UInt32 { current }

    /// Not public itself: what other modules may reach for is checked for exclusive access each time.
    private var current: UInt32 = 0

    let blocks: PostingsBlocks
    private let entry: TermEntry
    private let files: PostingsFiles
    private let positionLimit: Int
    /// Made when positions are asked for: most cursors are not.
    // SAFETY: owned, and given back in `deinit`. Positions are asked for so often that counting references tells.
    private var positions: Unmanaged<BlockPositions>?
    // SAFETY: memory of `positions`, which leaves it alone until it turns to another block; nil before all of the current
    // block's have been unpacked.
    private var steps: BlockPositions.Steps?
    /// Whether positions are expected to be asked for of many documents of each block, so that all are unpacked at once.
    var readsWholeBlocks = false
    /// The document of the block whose steps have been made into positions, where they are, last; -1 for none.
    private var summed = -1
    /// Where the steps of the current block lie.
    private var source = BlockPositions.Source.block(start: 0)
    // SAFETY: 128 elements each, one behind the other, owned by this object, freed in `deinit`.
    private let documents: UnsafeMutablePointer<UInt32>
    private let frequencies: UnsafeMutablePointer<UInt32>
    /// Block in the buffers; -1 before the first, the number of blocks for the rest.
    private var block = -1
    private var blockLength = 0
    private var index = 0
    /// What the buffers hold still when the end has been reached; -1 for nothing.
    private var loaded = (block: -1, length: 0)
    /// The frequencies of the block, where they have not been unpacked yet.
    private var packedFrequencies: PostingsBlocks.Frequencies?

    /// - Parameters:
    ///   - files: of the segment that the entry is of.
    ///   - documentLimit: documents in the segment.
    ///   - positionLimit: positions that all its texts have, at most.
    ///   - host: what is in memory of the list of the term's host; used where that is all of it.
    init(
        _ entry: TermEntry, in files: PostingsFiles, documentLimit: Int, positionLimit: Int,
        host: PostingsMemory.List? = nil
    ) throws(FormatError) {
        blocks = try PostingsBlocks(entry, in: files, documentLimit: documentLimit, host: host)
        self.entry = entry
        self.files = files
        self.positionLimit = positionLimit
        unsafe documents = .plain(capacity: 2 * PostingsFormat.blockSize)
        unsafe frequencies = documents + PostingsFormat.blockSize
    }

    deinit {
        unsafe documents.freePlain()
        unsafe positions?.release()
    }

    /// How often the term occurs in the current document.
    ///
    /// - Precondition: the cursor is on a document.
    public var frequency: UInt32 {
        precondition(index < blockLength)
        if packedFrequencies != nil { unpackFrequencies() }
        return unsafe frequencies[index]
    }

    /// Moves to the next document.
    @discardableResult
    public func next() throws(FormatError) -> UInt32 {
        index += 1
        if index >= blockLength {
            guard try loadBlock(block + 1) else { return end() }
        }
        current = unsafe documents[index]
        return current
    }

    /// Moves to the first document that is not before `target`; stays when it is there already.
    @discardableResult
    public func seek(_ target: UInt32) throws(FormatError) -> UInt32 {
        if let document = seekInBlock(target) { return document }
        // Behind the rest there is nothing.
        if block > blocks.blockCount || block == blocks.blockCount && blockLength > 0 { return end() }
        guard try loadBlock(findBlock(target)) else { return end() }
        skip(to: target)
        if index == blockLength {
            guard try loadBlock(block + 1) else { return end() }
        }
        current = unsafe documents[index]
        return current
    }

    /// Moves to a document as ``seek(_:)`` does, and says how often the term occurs in it; 0 where it does not.
    public func frequency(in document: UInt32) throws(FormatError) -> UInt32 {
        if let found = frequencyInBlock(document) { return found }
        return try seek(document) == document ? frequency : 0
    }

    /// The same, where the current block tells; nil, and nothing moved, where it does not.
    public func frequencyInBlock(_ document: UInt32) -> UInt32? {
        seekInBlock(document).map { $0 == document ? frequency : 0 }
    }

    /// As ``next()``, where that is in the current block; nil, and nothing moved, where it is not.
    @inline(__always)
    func nextInBlock() -> UInt32? {
        guard index &+ 1 < blockLength else { return nil }
        index &+= 1
        current = unsafe documents[index]
        return current
    }

    /// As ``seek(_:)``, where that is in the current block; nil, and nothing moved, where it is not.
    @inline(__always)
    public func seekInBlock(_ target: UInt32) -> UInt32? {
        guard block >= 0 else { return nil }
        if current >= target { return current }
        guard blockLength > 0, unsafe documents[blockLength &- 1] >= target else { return nil }
        skip(to: target)
        current = unsafe documents[index]
        return current
    }

    /// Goes back to the front, to look for documents there by ``seek(_:)`` or ``find(in:into:)``: not by ``next()``, which may
    /// pass over the first.
    public func restart() {
        // Positions have been made of steps where these were, up to the document that is left.
        unsafe positions?.release()
        unsafe positions = nil
        unsafe steps = nil
        summed = -1
        // A short list is still there.
        if loaded.block == 0, loaded.length > 0 {
            (block, blockLength, index) = (0, loaded.length, 0)
            current = unsafe documents[0]
        } else {
            (block, blockLength, index, current) = (-1, 0, 0, 0)
        }
    }

    /// Finds the postings in some ranges of documents.
    ///
    /// - Parameters:
    ///   - ranges: ascending and apart, none of them beginning before the current document.
    ///   - found: to which they are appended.
    public func find(in ranges: [Range<UInt32>], into found: inout [RangedPosting]) throws(FormatError) {
        for number in ranges.indices {
            let range = ranges[number]
            var document: UInt32
            if let there = seekInBlock(range.lowerBound) {
                document = there
            } else {
                document = try seek(range.lowerBound)
            }
            while document < range.upperBound {
                found.append(RangedPosting(number, document, frequency))
                if let next = nextInBlock() { document = next } else { document = try next() }
            }
            if document == Self.noMoreDocuments { return }
        }
    }

    /// Hands over all postings a block at a time, from the first; for evaluation that needs them all.
    ///
    /// - Parameter body: documents and frequencies, of equal count, valid during the call.
    public func forEachBlock(
        _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) throws(FormatError) -> Void
    ) throws(FormatError) {
        var number = 0
        while let (documents, frequencies) = try unsafe postings(ofBlock: number) {
            try unsafe body(documents, frequencies)
            number += 1
        }
        end()
    }

    /// All postings of a block, as ``forEachBlock(_:)`` hands them over, for a loop of one's own: valid until the next call to the
    /// cursor. Nil behind the last block.
    ///
    /// - Parameter number: of the block, from 0. The cursor stands before its first document then, wherever it was.
    @unsafe
    public func postings(ofBlock number: Int) throws(FormatError)
        -> (documents: UnsafeBufferPointer<UInt32>, frequencies: UnsafeBufferPointer<UInt32>)?
    {
        guard try loadBlock(number) else { return nil }
        unpackFrequencies()
        return unsafe (
            UnsafeBufferPointer(start: documents, count: blockLength),
            UnsafeBufferPointer(start: frequencies, count: blockLength)
        )
    }

    /// The term's positions in the current document, ascending and below ``TermBlock/positionLimit``, so that distances can
    /// be added to them. None for kinds without.
    ///
    /// Valid until the next call to the cursor.
    @unsafe
    public func currentPositions() throws(FormatError) -> UnsafeBufferPointer<UInt32> {
        if let found = unsafe positionsInBlock() { return unsafe found }
        return try unsafe findPositions()
    }

    /// As ``currentPositions()``, where the steps of the whole block have been unpacked and these are sound; else nil.
    @inline(__always)
    func positionsInBlock() -> UnsafeBufferPointer<UInt32>? {
        precondition(index < blockLength, "positions are asked of a document")
        guard let steps = unsafe steps else { return nil }
        let start = unsafe Int(steps.starts[index])
        let (first, count) = unsafe (steps.values + start, Int(steps.starts[index &+ 1]) &- start)
        if summed != index {
            guard unsafe BlockPositions.addUp(first, count) else { return nil }
            summed = index
        }
        return unsafe UnsafeBufferPointer(start: first, count: count)
    }

    /// The current block; nil before all of its positions have been unpacked.
    @unsafe var placedBlock: PlacedBlock? {
        guard let steps = unsafe steps, blockLength > 0 else { return nil }
        return unsafe PlacedBlock(documents: documents, length: blockLength, steps: steps, place: index)
    }

    /// The error of positions that make no sense.
    var positionsDisorder: FormatError {
        unsafe positions?.borrow { $0.error(.valueOutOfRange) } ?? files.error(entry, .valueOutOfRange)
    }

    /// Moves to a place of the block.
    func move(to place: Int) {
        precondition(place >= 0 && place < blockLength)
        index = place
        current = unsafe documents[place]
    }

    private func findPositions() throws(FormatError) -> UnsafeBufferPointer<UInt32> {
        guard entry.hasPositions else { return unsafe UnsafeBufferPointer(start: nil, count: 0) }
        if let positions = unsafe positions {
            return try unsafe positions.borrow { (reader) throws(FormatError) in
                try unsafe findPositions(by: reader)
            }
        }
        let reader = try BlockPositions(entry, in: files, restStart: blocks.restPositions, limit: positionLimit)
        unsafe positions = Unmanaged.passRetained(reader)
        return try unsafe findPositions(by: reader)
    }

    private func findPositions(by reader: BlockPositions) throws(FormatError) -> UnsafeBufferPointer<UInt32> {
        if reader.block != block {
            unpackFrequencies()
            // SAFETY: the buffer holds `blockLength` frequencies.
            let frequencies = unsafe UnsafeBufferPointer(start: frequencies, count: blockLength)
            try unsafe reader.open(block, of: blocks, source, frequencies)
        }
        if !readsWholeBlocks, let only = try unsafe reader.findOnly(index) { return unsafe only }
        if unsafe steps == nil { unsafe steps = try reader.unpack() }
        guard let found = unsafe positionsInBlock() else { throw reader.error(.valueOutOfRange) }
        return unsafe found
    }

    /// Replaces the content of `positions` by those in the current document.
    public func positions(into positions: inout [UInt32]) throws(FormatError) {
        positions.removeAll(keepingCapacity: true)
        try unsafe positions.append(contentsOf: currentPositions())
    }

    // MARK: Blocks

    /// Moves `index` to the first document of the block that is not before `target`.
    private func skip(to target: UInt32) {
        index = unsafe Self.place(of: target, from: index, in: documents, blockLength)
    }

    @discardableResult
    private func end() -> UInt32 {
        block = blocks.blockCount + 1
        blockLength = 0
        index = 0
        current = Self.noMoreDocuments
        return current
    }

    /// The block that holds the first document not before `target`, from the current one on, or the rest.
    private func findBlock(_ target: UInt32) -> Int {
        guard let skips = blocks.skips, block <= blocks.blockCount else { return max(0, block) }
        return skips.find(target, from: max(0, block))
    }

    /// Reads block `number` into the buffers; false when there is none.
    private func loadBlock(_ number: Int) throws(FormatError) -> Bool {
        guard number <= blocks.blockCount else { return false }
        index = 0
        blockLength = 0
        block = number
        loaded = (-1, 0)
        packedFrequencies = nil
        unsafe steps = nil
        summed = -1
        if number < blocks.blockCount {
            let start: Int
            (packedFrequencies, start) = try unsafe blocks.unpack(number, into: documents)
            source = .block(start: start)
            blockLength = PostingsFormat.blockSize
            loaded = (number, blockLength)
            return true
        }
        let (count, end) = try unsafe blocks.readRest(into: documents, frequencies)
        source = number == 0 ? .list(bit: end) : .rest
        blockLength = count
        loaded = (number, count)
        return count > 0
    }

    private func unpackFrequencies() {
        guard let packed = packedFrequencies else { return }
        packedFrequencies = nil
        // SAFETY: the buffer holds 128 numbers.
        unsafe blocks.unpack(packed, into: frequencies)
    }
}
