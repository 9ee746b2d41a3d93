internal import Bytes

/// The blocks and the rest of a term's postings, each unpacked and checked by itself.
///
/// Where the list has a host, its gaps are those of places in the host's list, which are replaced by the documents there
/// (``HostDocuments``).
///
/// Whatever the bytes say, the documents of a block or rest are ascending and below the segment's count, or unpacking it
/// throws. Between blocks nothing is compared but what the skips say.
///
/// A class, since a cursor asks it for each block, and a copy would be made each time.
final class PostingsBlocks {
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
    /// Turns places into documents where the list has a host: by the host's blocks, or by its whole list where that has
    /// been unpacked already.
    private let host: HostDocuments?
    private let knownHost: PostingsMemory.List?
    /// Whether the list has a host.
    private let hasPlaces: Bool
    /// Numbers that gaps are reckoned among: documents, or places.
    private let numberLimit: Int
    /// The number before the rest's first, where the list has a host; -1 for a short list.
    private let restPlace: Int64

    /// Frequencies of a block that have not been unpacked.
    struct Frequencies {
        /// The block's bytes in the postings.
        fileprivate let bytes: Range<Int>
        fileprivate let block: PatchedBlock
    }

    /// Unpacks the frequencies of a block.
    ///
    /// - Parameter output: room for 128 numbers.
    func unpack(_ frequencies: Frequencies, into output: UnsafeMutablePointer<UInt32>) {
        // The pages have been checked with the block, and nothing is thrown any more.
        try? unsafe postings.withUnsafeBytes(in: frequencies.bytes, ease: BitReader.ease) {
            unsafe frequencies.block.unpack($0, into: output)
        }
        for index in 0..<PostingsFormat.blockSize { unsafe output[index] &+= 1 }
    }

    /// - Parameters:
    ///   - files: of the segment that the entry is of.
    ///   - documentLimit: documents in the segment.
    ///   - host: what is in memory of the list of the term's host; used where that is all of it.
    convenience init(
        _ entry: TermEntry, in files: PostingsFiles, documentLimit: Int, host known: PostingsMemory.List? = nil
    ) throws(FormatError) {
        let known = known?.count == entry.host?.documentCount ? known : nil
        let host =
            if known == nil, let host = entry.host {
                try HostDocuments(host, in: files, documentLimit: documentLimit)
            } else { nil as HostDocuments? }
        try self.init(
            documentCount: entry.documentCount, try files.bytes(entry.postings),
            positions: entry.hasPositions ? entry.positions : nil,
            documentLimit: documentLimit, places: entry.host?.documentCount, host, known)
    }

    /// The documents of a host, without its own steps.
    convenience init(_ host: HostEntry, in files: PostingsFiles, documentLimit: Int) throws(FormatError) {
        try self.init(
            documentCount: host.documentCount, try files.bytes(host.postings),
            positions: host.hasPositions ? host.positions : nil,
            documentLimit: documentLimit, places: nil, nil, nil)
    }

    /// - Parameter places: documents of the host, where the list has one.
    private init(
        documentCount: Int, _ postings: ByteView, positions: Range<Int>?, documentLimit: Int, places: Int?,
        _ host: HostDocuments?, _ knownHost: PostingsMemory.List?
    ) throws(FormatError) {
        self.documentCount = documentCount
        self.postings = postings
        hasPositions = positions != nil
        self.documentLimit = documentLimit
        self.host = host
        self.knownHost = knownHost
        hasPlaces = places != nil
        numberLimit = places ?? documentLimit
        blockCount = documentCount / PostingsFormat.blockSize
        guard documentCount > 0, documentCount <= numberLimit, documentLimit <= Int(UInt32.max)
        else { throw .malformed(file: postings.file, offset: postings.origin, rule: .countMismatch) }
        guard blockCount > 0 else {
            greatestImpact = .max
            restPositions = 0
            restPlace = -1
            skips = nil
            return
        }
        var cursor = ByteCursor(postings)
        greatestImpact = try cursor.integer()
        restPositions =
            try positions.map { (positions) throws(FormatError) in
                try cursor.varint(atMost: positions.count)
            } ?? 0
        restPlace = hasPlaces ? Int64(try cursor.varint(atMost: Int(UInt32.max))) : -1
        skips = try SkipTable(postings, at: cursor.position, blocks: blockCount)
    }

    /// What the skips say of a block.
    ///
    /// - Parameter number: below ``blockCount``.
    @inline(__always)
    func block(_ number: Int) throws(FormatError) -> SkipTable.Block {
        guard let block = skips?.block(number) else { throw disorder }
        return block
    }

    /// Unpacks the documents of a block.
    ///
    /// - Parameters:
    ///   - number: below ``blockCount``.
    ///   - documents: room for 128.
    /// - Returns: the frequencies, and where its steps begin in the term's positions.
    func unpack(_ number: Int, into documents: UnsafeMutablePointer<UInt32>)
        throws(FormatError) -> (frequencies: Frequencies, positions: Int)
    {
        let block = try block(number)
        let blocksStart = skips?.blocksStart ?? 0
        let start = blocksStart + block.start
        let range = start..<max(start, blocksStart + block.end)
        let (counts, steps) = try unsafe postings.withUnsafeBytes(in: range, ease: BitReader.ease) {
            (raw) throws(FormatError) in
            var offset = 0
            guard let steps = unsafe hasPositions ? Self.varint(raw, &offset) : 0,
                // The number before the block's first.
                let before = unsafe hasPlaces ? Self.varint(raw, &offset).map({ $0 - 1 }) : block.previous,
                let gaps = unsafe PatchedBlock(raw, at: offset),
                let counts = unsafe PatchedBlock(raw, at: gaps.end), counts.end <= range.count
            else { throw disorder(start) }
            // SAFETY: the buffer holds 128 values.
            unsafe gaps.unpackAscending(raw, after: UInt32(truncatingIfNeeded: before), into: documents)
            // Sums that do not wrap only grow, and the last bounds them all. With gaps below 2^24 they wrap once at most,
            // and would end before they began.
            let last = unsafe documents[PostingsFormat.blockSize - 1]
            guard Int(last) < numberLimit, Int64(last) > before,
                unsafe gaps.largestWidth <= 24 || Self.isAscending(documents)
            else { throw disorder(start) }
            return (counts, Int(steps))
        }
        if hasPlaces { try unsafe replacePlaces(documents, PostingsFormat.blockSize) }
        guard unsafe documents[PostingsFormat.blockSize - 1] == block.last,
            unsafe Int64(documents[0]) > block.previous
        else { throw disorder(start) }
        return (Frequencies(bytes: range, block: counts), hasPositions ? block.positions + steps : 0)
    }

    /// Replaces places in the host's list by the documents there.
    private func replacePlaces(_ places: UnsafeMutablePointer<UInt32>, _ count: Int) throws(FormatError) {
        if let knownHost {
            unsafe knownHost.replace(places, count)
        } else {
            // Whatever list has places has either.
            try unsafe host!.replace(places, count)
        }
    }

    /// The varint at `offset`, of at most 32 bits, and moves past it; nil when there is none.
    private static func varint(_ bytes: UnsafeRawBufferPointer, _ offset: inout Int) -> Int64? {
        var value: Int64 = 0
        for shift in stride(from: Int64(0), to: 35, by: 7) {
            guard offset < bytes.count else { return nil }
            let byte = unsafe bytes[offset]
            offset += 1
            value |= Int64(byte & 0x7F) << shift
            if byte < 0x80 { return value <= Int64(UInt32.max) ? value : nil }
        }
        return nil
    }

    /// The error of a list that makes no sense as a whole.
    var disorder: FormatError { disorder(0) }

    /// The error of a block that makes no sense.
    private func disorder(_ offset: Int) -> FormatError {
        .malformed(file: postings.file, offset: postings.origin + offset, rule: .documentsOutOfOrder)
    }

    /// Reads what comes after the blocks, or all of a short list.
    ///
    /// - Parameters:
    ///   - documents: room for those.
    ///   - frequencies: room for as many.
    /// - Returns: how many documents there are, possibly none, and the bit of ``restBits()`` they ended at.
    func readRest(into documents: UnsafeMutablePointer<UInt32>, _ frequencies: UnsafeMutablePointer<UInt32>)
        throws(FormatError) -> (count: Int, end: Int)
    {
        let count = documentCount - blockCount * PostingsFormat.blockSize
        let (start, lastOfBlocks) = try restStart()
        let previous = hasPlaces ? restPlace : lastOfBlocks
        guard count > 0 else { return (0, 0) }
        let range = numberLimit - Int(previous + 1)
        guard range >= count else { throw disorder(start) }
        let parameter = PostingsFormat.riceParameter(documents: count, among: range)
        let bytes = min(start, postings.count)..<postings.count
        let end = try unsafe postings.withUnsafeBytes(in: bytes, ease: BitReader.ease) {
            (raw) throws(FormatError) in
            var reader = unsafe BitReader(raw)
            var number = previous
            let limit = Int64(numberLimit)
            for index in 0..<count {
                let (gap, frequency) = reader.riceAndGolomb(parameter)
                number &+= Int64(gap) &+ 1
                guard number < limit else { throw disorder(start) }
                // SAFETY: there is room for `count` of them.
                unsafe documents[index] = UInt32(truncatingIfNeeded: number)
                unsafe frequencies[index] = UInt32(truncatingIfNeeded: frequency) &+ 1
            }
            guard reader.position <= bytes.count * 8 else { throw disorder(start) }
            return reader.position
        }
        if hasPlaces {
            try unsafe replacePlaces(documents, count)
            guard unsafe Int64(documents[0]) > lastOfBlocks else { throw disorder(start) }
        }
        return (count, end)
    }

    /// The bits of the rest, or of a short list, and, of the latter, of its steps behind.
    func restBits() throws(FormatError) -> ByteView {
        let (start, _) = try restStart()
        return try postings.slice(min(start, postings.count)..<postings.count).checked()
    }

    /// Where the rest begins in the postings, and the document before it.
    private func restStart() throws(FormatError) -> (Int, Int64) {
        guard let skips else { return (0, -1) }
        let last = try block(blockCount - 1)
        return (skips.blocksStart + last.end, Int64(last.last))
    }

    private static func isAscending(_ documents: UnsafeMutablePointer<UInt32>) -> Bool {
        for index in 1..<PostingsFormat.blockSize where unsafe documents[index] <= documents[index - 1] {
            return false
        }
        return true
    }
}
