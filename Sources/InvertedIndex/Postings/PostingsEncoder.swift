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

    /// Replaces ``postings`` and ``positions`` by those of `slice`. O(postings and positions).
    mutating func encode(_ slice: PostingSlice, _ context: PostingsContext) {
        postings.removeAll()
        positions.removeAll()
        bits.removeAll()
        let documents = slice.list.documents.span.extracting(slice.documents)
        let frequencies = slice.list.frequencies.span.extracting(slice.documents)
        let steps = slice.list.steps.span.extracting(slice.steps)
        let blockCount = documents.count / PostingsFormat.blockSize
        guard blockCount > 0 else {
            encodeRest(documents, frequencies, from: 0, context)
            if context.hasPositions { encodeSteps(steps, context) }
            bits.write(to: &postings)
            return
        }
        let (greatest, step) = encodeBlocks(documents, frequencies, steps, blockCount, context)
        postings.append(greatest)
        if context.hasPositions {
            postings.varint(positions.count)
            encodeSteps(steps.extracting(step...), context)
            bits.write(to: &positions)
            bits.removeAll()
        }
        encodeRest(documents, frequencies, from: blockCount * PostingsFormat.blockSize, context)
        for part in [groups, skips, blocks] { postings.append(contentsOf: part.bytes) }
        bits.write(to: &postings)
    }

    /// Fills ``groups``, ``skips``, ``blocks`` and ``positions``.
    ///
    /// - Returns: the greatest impact of all, and the first step after the blocks'.
    private mutating func encodeBlocks(
        _ documents: Span<UInt32>, _ frequencies: Span<UInt32>, _ steps: Span<UInt32>, _ count: Int,
        _ context: PostingsContext
    ) -> (UInt8, Int) {
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
            let blockDocuments = documents.extracting(range)
            let blockFrequencies = frequencies.extracting(range)
            if context.hasPositions {
                blocks.varint(positions.count - groupPositions)
                var end = step
                for index in 0..<PostingsFormat.blockSize { end += Int(blockFrequencies[index]) }
                PositionBlock.encode(steps.extracting(step..<end), into: &positions, &bits)
                step = end
            }
            encodeGaps(blockDocuments, after: block == 0 ? UInt32.max : documents[range.lowerBound - 1])
            encodeFrequencies(blockFrequencies)
            let impact = context.scale.greatest(blockDocuments, blockFrequencies, lengths: context.lengths)
            let last = documents[range.upperBound - 1]
            greatestInGroup = max(greatestInGroup, impact)
            skips.integer(last)
            skips.integer(UInt16(blocks.count - groupStart))
            skips.append(impact)
            guard (block + 1) % PostingsFormat.groupSize == 0 || block + 1 == count else { continue }
            greatest = max(greatest, greatestInGroup)
            if block + 1 < count {
                groups.integer(last)
                groups.integer(UInt32(blocks.count))
                groups.integer(UInt32(positions.count))
                groups.append(greatestInGroup)
            }
            (groupStart, groupPositions, greatestInGroup) = (blocks.count, positions.count, 0)
        }
        let rest = count * PostingsFormat.blockSize..<documents.count
        let impact = context.scale.greatest(
            documents.extracting(rest), frequencies.extracting(rest), lengths: context.lengths)
        return (max(greatest, impact), step)
    }

    private mutating func encodeGaps(_ documents: Span<UInt32>, after previous: UInt32) {
        var gaps = InlineArray<128, UInt32>(repeating: 0)
        gaps[0] = documents[0] &- previous &- 1
        for index in 1..<PostingsFormat.blockSize { gaps[index] = documents[index] &- documents[index - 1] &- 1 }
        PatchedBlock.encode(gaps.span, into: &blocks, &bits)
    }

    private mutating func encodeFrequencies(_ frequencies: Span<UInt32>) {
        var lessOne = InlineArray<128, UInt32>(repeating: 0)
        for index in 0..<PostingsFormat.blockSize { lessOne[index] = frequencies[index] &- 1 }
        PatchedBlock.encode(lessOne.span, into: &blocks, &bits)
    }

    /// Documents and frequencies from `start`, as bits.
    private mutating func encodeRest(
        _ documents: Span<UInt32>, _ frequencies: Span<UInt32>, from start: Int, _ context: PostingsContext
    ) {
        let count = documents.count
        guard start < count else { return }
        var previous = start == 0 ? UInt32.max : documents[start - 1]
        let range = context.documentLimit - Int(previous &+ 1)
        let parameter = PostingsFormat.riceParameter(documents: count - start, among: range)
        for index in start..<count {
            let document = documents[index]
            bits.rice(document &- previous &- 1, parameter)
            bits.golomb(UInt64(frequencies[index] - 1), 0)
            previous = document
        }
    }

    private mutating func encodeSteps(_ steps: Span<UInt32>, _ context: PostingsContext) {
        for index in steps.indices { bits.golomb(UInt64(steps[index]), context.stepParameter) }
    }
}
