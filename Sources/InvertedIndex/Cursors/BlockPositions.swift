internal import Bytes
internal import Model

/// The positions of the documents of one block, or of a rest, for a ``PostingsCursor``.
///
/// The first document that is asked for is read by itself, unless many are expected. When another is, the steps of all are
/// unpacked: reading each would then take longer, since where its steps begin has to be added up and the patches before it
/// passed over. Only those of documents that are asked for are added up to positions.
@safe final class BlockPositions {
    /// Where steps lie.
    enum Source {
        /// A position block, from here on in the term's positions.
        case block(start: Int)
        /// A stream of bits behind a short list's own, from this bit of them on.
        case list(bit: Int)
        /// A stream of bits of its own: those of the rest of a long list.
        case rest
    }

    private let positions: ByteView
    private let stepParameter: Int
    /// Where the rest's steps begin in the positions of a long list.
    private let restStart: Int
    /// Positions that a block can have at most.
    private let limit: Int
    /// The block that the rest of this is about; -1 for none.
    private(set) var block = -1
    private var opened: PositionBlock?
    /// The steps of all documents of a block, and where those of each begin, and behind the last where they end.
    @unsafe struct Steps {
        let values: UnsafeMutablePointer<UInt32>
        let starts: UnsafePointer<UInt32>
    }

    /// Whether all of the block's steps are in ``values``.
    private var isUnpacked = false
    /// The document whose positions are, where not all are; -1 for none.
    private var only = -1
    // SAFETY: room for `capacity`, and for 129 numbers; freed in `deinit`. No `NumberBuffer`, to which each access would be checked
    // for being the only one.
    private var values: UnsafeMutablePointer<UInt32>
    private var capacity = PostingsFormat.blockSize
    /// Where the steps of each document of the block begin among all of them, and behind the last where they end.
    private let starts: UnsafeMutablePointer<UInt32>

    init(_ entry: TermEntry, in files: PostingsFiles, restStart: Int, limit: Int) throws(FormatError) {
        positions = try files.positions.slice(entry.positions)
        stepParameter = files.stepParameter
        self.restStart = restStart
        self.limit = limit
        unsafe values = .plain(capacity: capacity)
        unsafe starts = .plain(capacity: PostingsFormat.blockSize + 1)
    }

    deinit {
        unsafe values.freePlain()
        unsafe starts.freePlain()
    }

    /// Makes room for so many steps; what was there before is lost.
    private func reserve(_ count: Int) -> UnsafeMutablePointer<UInt32> {
        if count > capacity {
            unsafe values.freePlain()
            capacity = max(count, 2 * capacity)
            unsafe values = .plain(capacity: capacity)
        }
        return unsafe values
    }

    /// Turns to a block.
    ///
    /// - Parameters:
    ///   - number: of the block, which ``block`` then is.
    ///   - blocks: of the list that it is one of.
    ///   - frequencies: of its documents, 128 at most.
    func open(
        _ number: Int, of blocks: PostingsBlocks, _ source: Source, _ frequencies: UnsafeBufferPointer<UInt32>
    ) throws(FormatError) {
        block = -1
        opened = nil
        isUnpacked = false
        only = -1
        var total = 0
        for index in 0..<frequencies.count {
            unsafe starts[index] = UInt32(truncatingIfNeeded: total)
            total &+= unsafe Int(frequencies[index])
        }
        // Steps of nothing at all could be as many as a damaged frequency says.
        guard total <= min(limit, Int(UInt32.max)) else { throw error(.valueOutOfRange) }
        unsafe starts[frequencies.count] = UInt32(truncatingIfNeeded: total)
        switch source {
        case .block(let start):
            opened = try PositionBlock(positions, at: start, count: total)
        case .list(let bit): try unpackStream(blocks.restBits(), from: bit, total)
        case .rest: try unpackStream(positions.slice(restStart..<positions.count).checked(), from: 0, total)
        }
        block = number
    }

    /// The positions of a document of the block, by its place in it, ascending, where it is the only one that has been asked
    /// for; nil where it is not, or all are unpacked as it is. Valid until the next call.
    func findOnly(_ index: Int) throws(FormatError) -> UnsafeBufferPointer<UInt32>? {
        guard !isUnpacked, only < 0 || index == only else { return nil }
        let start = unsafe Int(starts[index])
        let count = unsafe Int(starts[index + 1]) - start
        let values = unsafe reserve(count)
        if index != only {
            var place = 0
            try opened?.forEach(start..<start + count, of: positions) { (step) throws(FormatError) in
                // SAFETY: as many steps as there is room for.
                unsafe values[place] = step
                place += 1
            }
            guard unsafe Self.addUp(values, count) else { throw error(.valueOutOfRange) }
            only = index
        }
        return unsafe UnsafeBufferPointer(start: values, count: count)
    }

    /// The steps of all documents, to be made into positions in place, by ``addUp(_:_:)``. Once a block.
    func unpack() throws(FormatError) -> Steps {
        if !isUnpacked, let opened {
            let values = unsafe reserve(opened.count)
            try unsafe opened.read(of: positions, into: values)
            isUnpacked = true
        }
        return unsafe Steps(values: values, starts: starts)
    }

    private func unpackStream(_ view: ByteView, from bit: Int, _ total: Int) throws(FormatError) {
        // Each takes a bit at least.
        guard total <= view.count * 8 - bit else {
            throw .truncated(file: view.file, offset: view.origin, needed: 1, available: 0)
        }
        let values = unsafe reserve(total)
        try unsafe view.withUnsafeBytes { (raw) throws(FormatError) in
            var reader = unsafe BitReader(raw, at: bit)
            for index in 0..<total {
                // SAFETY: there is room for `total`.
                unsafe values[index] = UInt32(truncatingIfNeeded: reader.golomb(stepParameter))
            }
            guard !reader.isPastEnd else {
                throw .truncated(file: view.file, offset: view.origin, needed: 1, available: 0)
            }
        }
        isUnpacked = true
    }

    /// Turns the steps of one document into positions; false, and nothing done, when they are more than a text has room for.
    @inline(__always)
    static func addUp(_ values: UnsafeMutablePointer<UInt32>, _ count: Int) -> Bool {
        // Most documents have one, which is its step.
        if count == 1 { return unsafe values[0] < TermBlock.positionLimit }
        // Of so few positions the sum of their steps cannot wrap 64 bits.
        var end = UInt64(count)
        for index in 0..<count { end &+= unsafe UInt64(values[index]) }
        guard end <= UInt64(TermBlock.positionLimit) else { return false }
        var next: UInt32 = 0
        for index in 0..<count {
            next &+= unsafe values[index]
            unsafe values[index] = next
            next &+= 1
        }
        return true
    }

    func error(_ rule: FormatError.Rule) -> FormatError {
        .malformed(file: positions.file, offset: positions.origin, rule: rule)
    }
}
