public import Bytes
internal import Model

/// Walks the postings of one term in one segment, ascending by document.
///
/// Starts before the first document. At the end ``document`` is ``noMoreDocuments`` and stays so. A cursor never
/// goes back. Whatever the bytes say, documents are ascending and below the segment's count, or the cursor
/// throws.
@safe public final class PostingsCursor {
    /// The document of a cursor that has reached the end.
    public static let noMoreDocuments = UInt32.max

    /// Documents that hold the term.
    public var documentCount: Int { blocks.documentCount }
    /// The current document; meaningless before the first ``next()`` or ``seek(_:)``.
    public private(set) var document: UInt32 = 0

    private let blocks: PostingsBlocks
    private var positionReader: PositionReader
    // SAFETY: 128 elements each, owned by this object, freed in `deinit`.
    private let documents: UnsafeMutablePointer<UInt32>
    private let frequencies: UnsafeMutablePointer<UInt32>
    /// Block in the buffers; -1 before the first, the number of blocks for the rest.
    private var block = -1
    private var blockLength = 0
    private var index = 0
    /// The frequencies of the block, where they have not been unpacked yet.
    private var packedFrequencies: PostingsBlocks.Frequencies?

    /// - Parameter documentLimit: documents in the segment.
    public init(_ entry: TermEntry, documentLimit: Int) throws(FormatError) {
        blocks = try PostingsBlocks(entry, documentLimit: documentLimit)
        positionReader = PositionReader(entry, restStart: blocks.restPositions)
        unsafe documents = .allocate(capacity: PostingsFormat.blockSize)
        unsafe frequencies = .allocate(capacity: PostingsFormat.blockSize)
    }

    deinit {
        unsafe documents.deallocate()
        unsafe frequencies.deallocate()
    }

    /// How often the term occurs in the current document.
    ///
    /// - Precondition: the cursor is on a document.
    public var frequency: UInt32 {
        precondition(index < blockLength)
        unpackFrequencies()
        return unsafe frequencies[index]
    }

    /// Moves to the next document.
    @discardableResult
    public func next() throws(FormatError) -> UInt32 {
        index += 1
        if index >= blockLength {
            guard try loadBlock(block + 1) else { return end() }
        }
        document = unsafe documents[index]
        return document
    }

    /// Moves to the first document that is not before `target`; stays when it is there already.
    @discardableResult
    public func seek(_ target: UInt32) throws(FormatError) -> UInt32 {
        if block >= 0, document >= target { return document }
        if block < 0 || target > lastOfBlock {
            guard try loadBlock(findBlock(target)) else { return end() }
        }
        skip(to: target)
        if index == blockLength {
            guard try loadBlock(block + 1) else { return end() }
        }
        document = unsafe documents[index]
        return document
    }

    /// Hands over all postings a block at a time, from the first; for evaluation that needs them all.
    ///
    /// - Parameter body: documents and frequencies, of equal count, valid during the call.
    public func forEachBlock(_ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) -> Void)
        throws(FormatError)
    {
        var number = 0
        while try loadBlock(number) {
            unpackFrequencies()
            unsafe body(
                UnsafeBufferPointer(start: documents, count: blockLength),
                UnsafeBufferPointer(start: frequencies, count: blockLength))
            number += 1
        }
        end()
    }

    /// Replaces the content of `positions` by the term's positions in the current document, ascending and
    /// below ``TermBlock/positionLimit``, so that distances can be added to them.
    public func positions(into positions: inout [UInt32]) throws(FormatError) {
        precondition(index < blockLength, "positions are asked of a document")
        unpackFrequencies()
        // SAFETY: the buffer holds `blockLength` frequencies.
        try unsafe positionReader.read(
            UnsafeBufferPointer(start: frequencies, count: blockLength), index, into: &positions)
    }

    // MARK: Impacts

    /// The greatest impact of any posting, the rest's included (see ``ImpactScale``); 255 for short lists, which keep none.
    public var greatestImpact: UInt8 { blocks.greatestImpact }

    /// The greatest impact of postings near a document, without unpacking any.
    ///
    /// - Parameter target: not before ``document``.
    /// - Returns: for the block that holds the first document not before `target`, the impact and the last document
    ///   that it holds for: none from `target` to that one has a greater. Short lists and rests answer 255 and
    ///   ``noMoreDocuments``.
    public func blockImpact(from target: UInt32) throws(FormatError) -> (impact: UInt8, last: UInt32) {
        let number = try findBlock(target)
        guard let skips = blocks.skips, number < blocks.blockCount else { return (.max, Self.noMoreDocuments) }
        let block = try skips.block(number)
        return (block.impact, block.last)
    }

    /// The same for a group of 32 blocks, to pass over much at once.
    public func groupImpact(from target: UInt32) throws(FormatError) -> (impact: UInt8, last: UInt32) {
        let number = try findBlock(target)
        guard let skips = blocks.skips, number < blocks.blockCount else { return (.max, Self.noMoreDocuments) }
        // The last group has no entry: the list's own impact, up to its last block.
        if let group = try skips.group(of: number) { return group }
        return (greatestImpact, try skips.block(blocks.blockCount - 1).last)
    }

    // MARK: Blocks

    private var lastOfBlock: UInt32 { blockLength > 0 ? unsafe documents[blockLength - 1] : 0 }

    /// Moves `index` to the first document of the block that is not before `target`.
    private func skip(to target: UInt32) {
        // SAFETY: `index` stays below `blockLength`, at most 128.
        if blockLength - index > 16 {
            var low = index
            var high = blockLength
            while low < high {
                let middle = (low + high) / 2
                if unsafe documents[middle] < target { low = middle + 1 } else { high = middle }
            }
            index = low
        } else {
            while index < blockLength, unsafe documents[index] < target { index += 1 }
        }
    }

    @discardableResult
    private func end() -> UInt32 {
        block = blocks.blockCount + 1
        blockLength = 0
        index = 0
        document = Self.noMoreDocuments
        return document
    }

    /// The block that holds the first document not before `target`, from the current one on, or the rest.
    private func findBlock(_ target: UInt32) throws(FormatError) -> Int {
        guard let skips = blocks.skips, block <= blocks.blockCount else { return max(0, block) }
        return try skips.find(target, from: max(0, block))
    }

    /// Reads block `number` into the buffers; false when there is none.
    private func loadBlock(_ number: Int) throws(FormatError) -> Bool {
        guard number <= blocks.blockCount else { return false }
        index = 0
        blockLength = 0
        block = number
        packedFrequencies = nil
        if let skips = blocks.skips, number < blocks.blockCount {
            let start: Int
            (packedFrequencies, start) = try unsafe blocks.unpack(
                skips.block(number), at: skips.blocksStart, into: documents)
            positionReader.begin(block: start)
            blockLength = PostingsFormat.blockSize
            return true
        }
        let (count, bits, end) = try unsafe blocks.readRest(into: documents, frequencies)
        positionReader.begin(restIn: number == 0 ? bits : nil, at: end)
        blockLength = count
        return count > 0
    }

    private func unpackFrequencies() {
        guard let packed = packedFrequencies else { return }
        packedFrequencies = nil
        // SAFETY: the buffer holds 128 numbers.
        unsafe blocks.unpack(packed, into: frequencies)
    }
}
