internal import Bytes

/// The blocks and the rest of a term's postings, each unpacked and checked by itself.
///
/// Whatever the bytes say, the documents of a block or rest are ascending and below the segment's count, or unpacking it
/// throws. Between blocks nothing is compared but what the skips say.
struct PostingsBlocks {
    /// Documents that hold the term.
    let documentCount: Int
    let documentLimit: Int
    /// Blocks of 128; what is left, or all of a short list, is the rest.
    let blockCount: Int
    /// The greatest impact of any posting; 255 for short lists, which keep none.
    let greatestImpact: UInt8
    /// Nil for a short list.
    let skips: SkipTable?
    /// Where the rest's steps begin in the positions of a long list.
    let restPositions: Int
    private let postings: ByteView
    private let hasPositions: Bool

    /// Frequencies of a block that have not been unpacked.
    struct Frequencies {
        fileprivate let bytes: ByteView
        fileprivate let block: PatchedBlock

        /// - Parameter output: room for 128 numbers.
        func unpack(into output: UnsafeMutablePointer<UInt32>) {
            // The pages have been checked with the block, and nothing is thrown any more.
            try? unsafe bytes.withUnsafeBytes { unsafe block.unpack($0, into: output) }
            for index in 0..<PostingsFormat.blockSize { unsafe output[index] &+= 1 }
        }
    }

    /// - Parameter documentLimit: documents in the segment.
    init(_ entry: TermEntry, documentLimit: Int) throws(FormatError) {
        documentCount = entry.documentCount
        postings = entry.postings
        hasPositions = entry.hasPositions
        self.documentLimit = documentLimit
        blockCount = documentCount / PostingsFormat.blockSize
        guard documentCount > 0, documentCount <= documentLimit, documentLimit <= Int(UInt32.max) else {
            throw .malformed(file: postings.file, offset: postings.origin, rule: .countMismatch)
        }
        guard blockCount > 0 else {
            greatestImpact = .max
            restPositions = 0
            skips = nil
            return
        }
        var cursor = ByteCursor(postings)
        greatestImpact = try cursor.integer()
        restPositions = hasPositions ? try cursor.varint(atMost: entry.positions.count) : 0
        skips = try SkipTable(postings, at: cursor.position, blocks: blockCount)
    }

    /// Unpacks the documents of a block.
    ///
    /// - Parameters:
    ///   - block: as the skips have it.
    ///   - documents: room for 128.
    /// - Returns: the frequencies, and where its steps begin in the term's positions.
    func unpack(_ block: SkipTable.Block, at blocksStart: Int, into documents: UnsafeMutablePointer<UInt32>)
        throws(FormatError) -> (frequencies: Frequencies, positions: Int)
    {
        let start = blocksStart + block.start
        let bytes = try postings.slice(start..<max(start, blocksStart + block.end)).checked()
        var cursor = ByteCursor(bytes)
        let positions = hasPositions ? block.positions + (try cursor.varint(atMost: Int(UInt32.max))) : 0
        let malformed = FormatError.malformed(file: bytes.file, offset: bytes.origin, rule: .documentsOutOfOrder)
        let previous = UInt32(truncatingIfNeeded: block.previous)
        let offset = cursor.position
        let counts = try unsafe bytes.withUnsafeBytes { (raw) throws(FormatError) in
            guard let gaps = unsafe PatchedBlock(raw, at: offset),
                let counts = unsafe PatchedBlock(raw, at: gaps.end)
            else { throw malformed }
            // SAFETY: the buffer holds 128 values.
            unsafe gaps.unpackAscending(raw, after: previous, into: documents)
            // Sums that do not wrap only grow, and the last bounds them all. With gaps below 2^24 they wrap once at most,
            // and would end before they began.
            let last = unsafe documents[PostingsFormat.blockSize - 1]
            guard last == block.last, Int(last) < documentLimit, Int64(last) > block.previous,
                unsafe gaps.largestWidth <= 24 || Self.isAscending(documents)
            else { throw malformed }
            return counts
        }
        return (Frequencies(bytes: bytes, block: counts), positions)
    }

    /// Reads what comes after the blocks, or all of a short list.
    ///
    /// - Parameters:
    ///   - documents: room for 128.
    ///   - frequencies: room for 128.
    /// - Returns: how many documents there are, possibly none; the bits they were read from, and the bit they ended at.
    func readRest(into documents: UnsafeMutablePointer<UInt32>, _ frequencies: UnsafeMutablePointer<UInt32>)
        throws(FormatError) -> (count: Int, bits: ByteView, end: Int)
    {
        let count = documentCount - blockCount * PostingsFormat.blockSize
        let (start, previous) = try restStart()
        let bytes = try postings.slice(min(start, postings.count)..<postings.count).checked()
        guard count > 0 else { return (0, bytes, 0) }
        let range = documentLimit - Int(previous + 1)
        let malformed = FormatError.malformed(file: bytes.file, offset: bytes.origin, rule: .documentsOutOfOrder)
        guard range >= count else { throw malformed }
        let parameter = PostingsFormat.riceParameter(documents: count, among: range)
        let end = try unsafe bytes.withUnsafeBytes { (raw) throws(FormatError) in
            var reader = unsafe BitReader(raw)
            var document = previous
            for index in 0..<count {
                document += Int64(reader.rice(parameter)) + 1
                guard document < Int64(documentLimit) else { throw malformed }
                // SAFETY: `count` is below 128.
                unsafe documents[index] = UInt32(document)
                unsafe frequencies[index] = UInt32(truncatingIfNeeded: reader.golomb(0)) &+ 1
            }
            guard !reader.isPastEnd else { throw malformed }
            return reader.position
        }
        return (count, bytes, end)
    }

    /// Where the rest begins in the postings, and the document before it.
    private func restStart() throws(FormatError) -> (Int, Int64) {
        guard let skips else { return (0, -1) }
        let last = try skips.block(blockCount - 1)
        return (skips.blocksStart + last.end, Int64(last.last))
    }

    private static func isAscending(_ documents: UnsafeMutablePointer<UInt32>) -> Bool {
        for index in 1..<PostingsFormat.blockSize where unsafe documents[index] <= documents[index - 1] {
            return false
        }
        return true
    }
}
