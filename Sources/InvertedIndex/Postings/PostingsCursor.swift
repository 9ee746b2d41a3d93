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
    public let documentCount: Int
    /// The current document; meaningless before the first ``next()`` or ``seek(_:)``.
    public private(set) var document: UInt32 = 0

    private let postings: ByteView
    private let positionBytes: ByteView
    private let documentLimit: UInt32
    private let fullBlocks: Int
    /// Where the block area begins in `postings`.
    private let blocksStart: Int
    // SAFETY: 128 elements each, owned by this object, freed in `deinit`.
    private let documents: UnsafeMutablePointer<UInt32>
    private let frequencies: UnsafeMutablePointer<UInt32>
    /// Block in the buffers; -1 before the first.
    private var block = -1
    private var blockLength = 0
    private var index = 0
    /// How far positions have been read: the document in the block, and the byte where its positions begin.
    private var positionsIndex = 0
    private var positionsOffset = 0

    public init(_ entry: TermEntry, documentLimit: Int) throws(FormatError) {
        documentCount = entry.documentCount
        postings = entry.postings
        positionBytes = entry.positions
        self.documentLimit = UInt32(documentLimit)
        fullBlocks = documentCount / PostingsFormat.blockSize
        blocksStart = fullBlocks * PostingsFormat.skipEntrySize
        unsafe documents = .allocate(capacity: PostingsFormat.blockSize)
        unsafe frequencies = .allocate(capacity: PostingsFormat.blockSize)
        guard documentCount <= documentLimit, blocksStart <= postings.count else {
            throw .malformed(file: postings.file, offset: postings.origin, rule: .countMismatch)
        }
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
        // SAFETY: `index` stays below `blockLength`.
        while index < blockLength, unsafe documents[index] < target { index += 1 }
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
        positions.removeAll(keepingCapacity: true)
        precondition(index < blockLength, "positions are asked of a document")
        var cursor = ByteCursor(positionBytes, at: positionsOffset)
        while positionsIndex < index {
            for _ in unsafe 0..<frequencies[positionsIndex] { _ = try cursor.varint() }
            positionsIndex += 1
        }
        positionsOffset = cursor.position
        var position: UInt64 = 0
        for _ in unsafe 0..<frequencies[index] {
            position &+= try cursor.varint()
            guard position < UInt64(TermBlock.positionLimit) else { throw cursor.error(.valueOutOfRange) }
            positions.append(UInt32(truncatingIfNeeded: position))
        }
    }

    // MARK: Blocks

    private var lastOfBlock: UInt32 { blockLength > 0 ? unsafe documents[blockLength - 1] : 0 }

    @discardableResult
    private func end() -> UInt32 {
        block = fullBlocks + 1
        blockLength = 0
        index = 0
        document = Self.noMoreDocuments
        return document
    }

    private func skip(_ block: Int, _ column: Int) throws(FormatError) -> UInt32 {
        try postings.integer(at: block * PostingsFormat.skipEntrySize + column * 4)
    }

    /// The first block from here on whose last document is not before `target`: binary search in the skips.
    private func findBlock(_ target: UInt32) throws(FormatError) -> Int {
        var low = block + 1
        var high = fullBlocks
        while low < high {
            let middle = (low + high) / 2
            if try skip(middle, 0) < target { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Reads block `number` into the buffers; false when there is none.
    private func loadBlock(_ number: Int) throws(FormatError) -> Bool {
        guard number <= fullBlocks else { return false }
        let previous: Int64 = number == 0 ? -1 : Int64(try skip(number - 1, 0))
        let start = blocksStart + (number == 0 ? 0 : Int(try skip(number - 1, 1)))
        positionsOffset = number == 0 ? 0 : Int(try skip(number - 1, 2))
        positionsIndex = 0
        index = 0
        block = number
        if number == fullBlocks { return try loadRest(after: previous, at: start) }
        try unpackBlock(at: start, after: previous, last: try skip(number, 0))
        return true
    }

    private func unpackBlock(at start: Int, after previous: Int64, last: UInt32) throws(FormatError) {
        let gapWidth = Int(try postings.integer(at: start, as: UInt8.self))
        let frequencyWidth = Int(try postings.integer(at: start + 1, as: UInt8.self))
        guard gapWidth <= 32, frequencyWidth <= 32 else { throw error(start, .valueOutOfRange) }
        let gapSize = BitPacking.packedSize(width: gapWidth)
        let packed = try postings.slice(
            start + 2..<start + 2 + gapSize + BitPacking.packedSize(width: frequencyWidth))
        // SAFETY: `packed` holds both blocks whole; the buffers hold 128 values.
        try unsafe packed.withUnsafeBytes { bytes in
            if let base = bytes.baseAddress {
                unsafe BitPacking.unpack(base, width: gapWidth, into: documents)
                unsafe BitPacking.unpack(base + gapSize, width: frequencyWidth, into: frequencies)
            } else {
                unsafe documents.update(repeating: 0, count: PostingsFormat.blockSize)
                unsafe frequencies.update(repeating: 0, count: PostingsFormat.blockSize)
            }
        }
        var document = previous
        for index in 0..<PostingsFormat.blockSize {
            document &+= Int64(unsafe documents[index]) &+ 1
            unsafe documents[index] = UInt32(truncatingIfNeeded: document)
            unsafe frequencies[index] &+= 1
        }
        blockLength = PostingsFormat.blockSize
        // Sums of gaps only grow, so the last one bounds them all.
        guard document == Int64(last), last < documentLimit else { throw error(start, .documentsOutOfOrder) }
    }

    private func loadRest(after previous: Int64, at start: Int) throws(FormatError) -> Bool {
        let count = documentCount - fullBlocks * PostingsFormat.blockSize
        var cursor = ByteCursor(postings, at: start)
        var document = previous
        for index in 0..<count {
            let head = try cursor.varint()
            // The gap first: a damaged one may be too large to add to anything.
            guard head >> 1 < UInt64(UInt32.max) else { throw cursor.error(.documentsOutOfOrder) }
            document += Int64(head >> 1) + 1
            guard document < Int64(documentLimit) else { throw cursor.error(.documentsOutOfOrder) }
            let frequency = head & 1 == 1 ? 1 : try cursor.varint(atMost: Int(UInt32.max) - 2) + 2
            unsafe documents[index] = UInt32(document)
            unsafe frequencies[index] = UInt32(frequency)
        }
        blockLength = count
        return count > 0
    }

    private func error(_ offset: Int, _ rule: FormatError.Rule) -> FormatError {
        .malformed(file: postings.file, offset: postings.origin + offset, rule: rule)
    }
}
