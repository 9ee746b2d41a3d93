internal import Bytes
internal import Model

/// Reads the positions of a term's documents, for a ``PostingsCursor``.
struct PositionReader {
    let hasPositions: Bool
    private let positions: ByteView
    private let stepParameter: Int
    /// Where the rest's steps begin in the positions of a long list.
    private let restStart: Int
    /// Where the current block's steps begin, and the block once it has been opened.
    private var blockStart: Int?
    private var opened: PositionBlock?
    /// How many steps the documents of the block before one of them have: summed up as the cursor goes on.
    private var stepsBefore: (document: Int, count: Int) = (0, 0)
    /// The stream of a rest or short list, the bit where the steps of document ``documentIndex`` begin.
    private var rest: ByteView?
    private var bit = 0
    private var documentIndex = 0

    init(_ entry: TermEntry, restStart: Int) {
        self.restStart = restStart
        hasPositions = entry.hasPositions
        positions = entry.positions
        stepParameter = entry.stepParameter
    }

    /// The cursor has gone to a block whose steps begin at `start`.
    mutating func begin(block start: Int) {
        blockStart = start
        opened = nil
        stepsBefore = (0, 0)
    }

    /// The cursor has gone to the rest.
    ///
    /// - Parameters:
    ///   - list: the bits of a short list, whose steps begin at `bit`; nil where the rest has bits of its own.
    mutating func begin(restIn list: ByteView?, at bit: Int) {
        blockStart = nil
        rest = list
        self.bit = list == nil ? 0 : bit
        documentIndex = 0
    }

    /// Replaces `found` by the positions of one document of the block or rest.
    ///
    /// - Parameter frequencies: those of the whole block or rest.
    mutating func read(_ frequencies: UnsafeBufferPointer<UInt32>, _ index: Int, into found: inout [UInt32])
        throws(FormatError)
    {
        found.removeAll(keepingCapacity: true)
        guard hasPositions else { return }
        if let blockStart {
            let known = index >= stepsBefore.document ? stepsBefore : (document: 0, count: 0)
            let start = unsafe frequencies[known.document..<index].reduce(known.count) { $0 &+ Int($1) }
            stepsBefore = (index, start)
            let block: PositionBlock
            if let opened {
                block = opened
            } else {
                let count = unsafe frequencies[index...].reduce(start) { $0 &+ Int($1) }
                block = try PositionBlock(
                    positions.slice(min(blockStart, positions.count)..<positions.count), count: count)
                opened = block
            }
            var sum = PositionSum()
            try block.forEach(start..<start + Int(unsafe frequencies[index])) { (step) throws(FormatError) in
                found.append(try sum.add(step, positions))
            }
        } else {
            try unsafe readRest(frequencies, index, into: &found)
        }
    }

    private mutating func readRest(
        _ frequencies: UnsafeBufferPointer<UInt32>, _ index: Int, into found: inout [UInt32]
    ) throws(FormatError) {
        let view = if let rest { rest } else { try positions.slice(restStart..<positions.count).checked() }
        rest = view
        (bit, documentIndex) = try unsafe view.withUnsafeBytes { (raw) throws(FormatError) in
            var reader = unsafe BitReader(raw, at: bit)
            for document in documentIndex..<index {
                var left = unsafe frequencies[document]
                while left > 0, !reader.isPastEnd {
                    _ = reader.golomb(stepParameter)
                    left -= 1
                }
            }
            let start = reader.position
            var sum = PositionSum()
            for _ in 0..<(unsafe frequencies[index]) {
                found.append(try sum.add(UInt32(truncatingIfNeeded: reader.golomb(stepParameter)), view))
                // Steps of nothing at all could be as many as a damaged frequency says.
                guard !reader.isPastEnd else {
                    throw .truncated(file: view.file, offset: view.origin, needed: 1, available: 0)
                }
            }
            return (start, index)
        }
    }
}

/// Adds up the steps of one document.
private struct PositionSum {
    private var next: UInt64 = 0

    mutating func add(_ step: UInt32, _ view: ByteView) throws(FormatError) -> UInt32 {
        let position = next &+ UInt64(step)
        guard position < UInt64(TermBlock.positionLimit) else {
            throw .malformed(file: view.file, offset: view.origin, rule: .valueOutOfRange)
        }
        next = position &+ 1
        return UInt32(truncatingIfNeeded: position)
    }
}
