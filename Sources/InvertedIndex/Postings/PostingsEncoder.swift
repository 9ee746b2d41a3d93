internal import Bytes

/// What the codes of a term's postings depend on beside the postings.
struct PostingsContext {
    /// Documents in the segment: paragraphs, or articles for titles.
    var documentLimit: Int
    /// Whether the term's kind has positions.
    var hasPositions: Bool
    /// See ``PostingsFormat/stepParameter(average:)``.
    var stepParameter: Int
    /// The code of each document's length; empty when lengths do not count.
    var lengths: [UInt8] = []
    var scale = ImpactScale(average: 1)
}

/// Writes postings as ``PostingsFormat`` says.
struct PostingsEncoder {
    private(set) var postings = ByteWriter()
    private(set) var positions = ByteWriter()
    private var groups = ByteWriter()
    private var skips = ByteWriter()
    private var blocks = ByteWriter()
    private var bits = BitWriter()
    private var numbers = [UInt32](repeating: 0, count: PostingsFormat.blockSize)

    /// Replaces ``postings`` and ``positions`` by those of `list`.
    mutating func encode(_ list: PostingList, _ context: PostingsContext) {
        postings.removeAll()
        positions.removeAll()
        bits.removeAll()
        let count = list.documents.count
        let blockCount = count / PostingsFormat.blockSize
        guard blockCount > 0 else {
            encodeRest(of: list, from: 0, context)
            if context.hasPositions { encodeSteps(list.steps[...], context) }
            postings.append(contentsOf: bits.bytes)
            return
        }
        let (greatest, step) = encodeBlocks(list, blockCount, context)
        postings.append(greatest)
        if context.hasPositions {
            postings.varint(positions.count)
            encodeSteps(list.steps[step...], context)
            positions.append(contentsOf: bits.bytes)
            bits.removeAll()
        }
        encodeRest(of: list, from: blockCount * PostingsFormat.blockSize, context)
        for part in [groups, skips, blocks] { postings.append(contentsOf: part.bytes) }
        postings.append(contentsOf: bits.bytes)
    }

    /// Fills ``groups``, ``skips``, ``blocks`` and ``positions``.
    ///
    /// - Returns: the greatest impact of all, and the first step after the blocks'.
    private mutating func encodeBlocks(_ list: PostingList, _ count: Int, _ context: PostingsContext) -> (
        UInt8, Int
    ) {
        groups.removeAll()
        skips.removeAll()
        blocks.removeAll()
        var greatest: UInt8 = 0
        var greatestInGroup: UInt8 = 0
        var groupStart = 0
        var groupPositions = 0
        var step = 0
        for block in 0..<count {
            let range = block * PostingsFormat.blockSize..<(block + 1) * PostingsFormat.blockSize
            if context.hasPositions {
                blocks.varint(positions.count - groupPositions)
                let end = list.frequencies[range].reduce(step) { $0 + Int($1) }
                PositionBlock.encode(list.steps[step..<end], into: &positions)
                step = end
            }
            encodeNumbers(list, range)
            let impact = impact(list, range, context)
            greatestInGroup = max(greatestInGroup, impact)
            skips.integer(list.documents[range.upperBound - 1])
            skips.integer(UInt16(blocks.count - groupStart))
            skips.append(impact)
            guard (block + 1) % PostingsFormat.groupSize == 0 || block + 1 == count else { continue }
            greatest = max(greatest, greatestInGroup)
            if block + 1 < count {
                groups.integer(list.documents[range.upperBound - 1])
                groups.integer(UInt32(blocks.count))
                groups.integer(UInt32(positions.count))
                groups.append(greatestInGroup)
            }
            (groupStart, groupPositions, greatestInGroup) = (blocks.count, positions.count, 0)
        }
        let rest = count * PostingsFormat.blockSize..<list.documents.count
        return (max(greatest, impact(list, rest, context)), step)
    }

    /// The gaps and frequencies of a block.
    private mutating func encodeNumbers(_ list: PostingList, _ range: Range<Int>) {
        var previous = range.lowerBound == 0 ? UInt32.max : list.documents[range.lowerBound - 1]
        for (place, index) in range.enumerated() {
            numbers[place] = list.documents[index] &- previous &- 1
            previous = list.documents[index]
        }
        unsafe numbers.withUnsafeBufferPointer { unsafe PatchedBlock.encode($0.baseAddress!, into: &blocks) }
        for (place, index) in range.enumerated() { numbers[place] = list.frequencies[index] - 1 }
        unsafe numbers.withUnsafeBufferPointer { unsafe PatchedBlock.encode($0.baseAddress!, into: &blocks) }
    }

    private func impact(_ list: PostingList, _ range: Range<Int>, _ context: PostingsContext) -> UInt8 {
        unsafe list.frequencies.withUnsafeBufferPointer { frequencies in
            unsafe context.scale.greatest(UnsafeBufferPointer(rebasing: frequencies[range])) { index in
                context.lengths.isEmpty ? 0 : context.lengths[Int(list.documents[range.lowerBound + index])]
            }
        }
    }

    /// Documents and frequencies from `start`, as bits.
    private mutating func encodeRest(of list: PostingList, from start: Int, _ context: PostingsContext) {
        let count = list.documents.count
        guard start < count else { return }
        var previous = start == 0 ? UInt32.max : list.documents[start - 1]
        let range = context.documentLimit - Int(previous &+ 1)
        let parameter = PostingsFormat.riceParameter(documents: count - start, among: range)
        for index in start..<count {
            bits.rice(list.documents[index] &- previous &- 1, parameter)
            bits.golomb(UInt64(list.frequencies[index] - 1), 0)
            previous = list.documents[index]
        }
    }

    private mutating func encodeSteps(_ steps: ArraySlice<UInt32>, _ context: PostingsContext) {
        for step in steps { bits.golomb(UInt64(step), context.stepParameter) }
    }
}
