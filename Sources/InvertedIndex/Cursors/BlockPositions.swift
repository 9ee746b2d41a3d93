internal import Bytes
internal import Model

/// The positions of the documents of one block, or of a rest, for a ``PostingsCursor``.
///
/// The first document that is asked for is read by itself. When another is, all are unpacked: reading each would then take
/// longer, since where its steps begin has to be added up and the patches before it passed over.
@safe final class BlockPositions {
    /// Where steps lie.
    enum Source {
        /// A position block, from here on in the term's positions.
        case block(start: Int)
        /// A stream of bits: a short list's own, from `bit` on, or, where there is none, the rest of a long one.
        case stream(ByteView?, bit: Int)
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
    /// Whether all of the block's positions are in ``values``.
    private var isUnpacked = false
    /// The document whose positions are, where not all are; -1 for none.
    private var only = -1
    private let values = NumberBuffer()
    /// Where the positions of each document of the block begin among all of them, and behind the last where they end.
    private let starts = NumberBuffer(capacity: PostingsFormat.blockSize + 1)

    init(_ entry: TermEntry, in files: PostingsFiles, restStart: Int, limit: Int) throws(FormatError) {
        positions = try files.positions.slice(entry.positions)
        stepParameter = files.stepParameter
        self.restStart = restStart
        self.limit = limit
    }

    /// Turns to a block.
    ///
    /// - Parameters:
    ///   - number: of the block, which ``block`` then is.
    ///   - frequencies: of its documents, 128 at most.
    func open(_ number: Int, _ source: Source, _ frequencies: UnsafeBufferPointer<UInt32>) throws(FormatError) {
        block = -1
        opened = nil
        isUnpacked = false
        only = -1
        // SAFETY: there is room for 129 numbers.
        let starts = unsafe starts.start
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
            opened = try PositionBlock(positions.slice(min(start, positions.count)..<positions.count), count: total)
        case .stream(let list, let bit):
            let view = if let list { list } else { try positions.slice(restStart..<positions.count).checked() }
            try unpackStream(view, from: bit, documents: frequencies.count, total)
        }
        block = number
    }

    /// The positions of a document of the block, by its place in it, ascending; valid until the next call.
    func find(_ index: Int) throws(FormatError) -> UnsafeBufferPointer<UInt32> {
        let start = unsafe Int(starts.start[index])
        let count = unsafe Int(starts.start[index + 1]) - start
        if isUnpacked { return unsafe UnsafeBufferPointer(start: values.start + start, count: count) }
        guard index != only else { return unsafe UnsafeBufferPointer(start: values.start, count: count) }
        if only >= 0 {
            try unpackBlock()
            return unsafe UnsafeBufferPointer(start: values.start + start, count: count)
        }
        let values = unsafe values.reserve(count)
        var place = 0
        try opened?.forEach(start..<start + count) { (step) throws(FormatError) in
            // SAFETY: as many steps as there is room for.
            unsafe values[place] = step
            place += 1
        }
        guard unsafe Self.addUp(values, count) else { throw error(.valueOutOfRange) }
        only = index
        return unsafe UnsafeBufferPointer(start: values, count: count)
    }

    /// All positions of the block, and where those of each document begin among them, once they have been unpacked.
    @unsafe
    var all: (values: UnsafePointer<UInt32>, starts: UnsafePointer<UInt32>)? {
        isUnpacked ? unsafe (UnsafePointer(values.start), UnsafePointer(starts.start)) : nil
    }

    private func unpackBlock() throws(FormatError) {
        let documents = PostingsFormat.blockSize
        let starts = unsafe starts.start
        let total = unsafe Int(starts[documents])
        let values = unsafe values.reserve(total)
        try unsafe opened?.read(total, into: values)
        try unsafe addUp(values, starts, documents)
    }

    private func unpackStream(_ view: ByteView, from bit: Int, documents: Int, _ total: Int) throws(FormatError) {
        // Each takes a bit at least.
        guard total <= view.count * 8 - bit else {
            throw .truncated(file: view.file, offset: view.origin, needed: 1, available: 0)
        }
        let values = unsafe values.reserve(total)
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
        try unsafe addUp(values, starts.start, documents)
    }

    /// Turns the steps of all documents into positions.
    private func addUp(
        _ values: UnsafeMutablePointer<UInt32>, _ starts: UnsafeMutablePointer<UInt32>, _ documents: Int
    ) throws(FormatError) {
        var isSound = true
        for index in 0..<documents {
            let start = unsafe Int(starts[index])
            isSound = unsafe Self.addUp(values + start, Int(starts[index + 1]) - start) && isSound
        }
        guard isSound else { throw error(.valueOutOfRange) }
        isUnpacked = true
    }

    /// Turns the steps of one document into positions; false when they are more than a text has room for.
    @inline(__always)
    private static func addUp(_ values: UnsafeMutablePointer<UInt32>, _ count: Int) -> Bool {
        // Of so few positions the sum of their steps cannot wrap 64 bits.
        var next: UInt64 = 0
        for index in 0..<count {
            next &+= unsafe UInt64(values[index])
            unsafe values[index] = UInt32(truncatingIfNeeded: next)
            next &+= 1
        }
        return next <= UInt64(TermBlock.positionLimit)
    }

    private func error(_ rule: FormatError.Rule) -> FormatError {
        .malformed(file: positions.file, offset: positions.origin, rule: rule)
    }
}
