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
    /// For a pair, the places that its documents have in the list of its bigram.
    var host: HostPlaces?
}

/// Where the documents of a list stand in that of its host.
struct HostPlaces {
    /// One a document, ascending.
    private(set) var places: [UInt32] = []
    /// Documents of the host.
    private(set) var count = 0

    /// Finds the places of `documents` in `host`; false when one of them is in none.
    mutating func find(_ documents: ArraySlice<UInt32>, in host: [UInt32]) -> Bool {
        places.removeAll(keepingCapacity: true)
        count = host.count
        var place = 0
        for document in documents {
            while place < host.count, host[place] < document { place += 1 }
            guard place < host.count, host[place] == document else { return false }
            places.append(UInt32(place))
        }
        return true
    }
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
        if let host = context.host {
            encode(slice, host.places.span, limit: host.count, context)
        } else {
            let documents = slice.list.documents.span.extracting(slice.documents)
            encode(slice, documents, limit: context.documentLimit, context)
        }
    }

    /// - Parameters:
    ///   - numbers: what gaps are reckoned by: the documents, or their places in the host.
    ///   - limit: numbers are below it.
    private mutating func encode(
        _ slice: PostingSlice, _ numbers: Span<UInt32>, limit: Int, _ context: PostingsContext
    ) {
        let documents = slice.list.documents.span.extracting(slice.documents)
        let frequencies = slice.list.frequencies.span.extracting(slice.documents)
        let steps = slice.list.steps.span.extracting(slice.steps)
        let blockCount = documents.count / PostingsFormat.blockSize
        guard blockCount > 0 else {
            encodeRest(numbers, frequencies, from: 0, limit)
            if context.hasPositions { encodeSteps(steps, context) }
            bits.write(to: &postings)
            return
        }
        let (greatest, step) = encodeBlocks(documents, numbers, frequencies, steps, blockCount, context)
        postings.append(greatest)
        if context.hasPositions {
            postings.varint(positions.count)
            encodeSteps(steps.extracting(step...), context)
            bits.write(to: &positions)
            bits.removeAll()
        }
        let rest = blockCount * PostingsFormat.blockSize
        if context.host != nil { postings.varint(numbers[rest - 1]) }
        encodeRest(numbers, frequencies, from: rest, limit)
        for part in [groups, skips, blocks] { postings.append(contentsOf: part.bytes) }
        bits.write(to: &postings)
    }

    /// Fills ``groups``, ``skips``, ``blocks`` and ``positions``.
    ///
    /// - Returns: the greatest impact of all, and the first step after the blocks'.
    private mutating func encodeBlocks(
        _ documents: Span<UInt32>, _ numbers: Span<UInt32>, _ frequencies: Span<UInt32>, _ steps: Span<UInt32>,
        _ count: Int, _ context: PostingsContext
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
            let previous = block == 0 ? UInt32.max : numbers[range.lowerBound - 1]
            if context.host != nil { blocks.varint(previous &+ 1) }
            encodeGaps(numbers.extracting(range), after: previous)
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

    private mutating func encodeGaps(_ numbers: Span<UInt32>, after previous: UInt32) {
        var gaps = InlineArray<128, UInt32>(repeating: 0)
        gaps[0] = numbers[0] &- previous &- 1
        for index in 1..<PostingsFormat.blockSize { gaps[index] = numbers[index] &- numbers[index - 1] &- 1 }
        PatchedBlock.encode(gaps.span, into: &blocks, &bits)
    }

    private mutating func encodeFrequencies(_ frequencies: Span<UInt32>) {
        var lessOne = InlineArray<128, UInt32>(repeating: 0)
        for index in 0..<PostingsFormat.blockSize { lessOne[index] = frequencies[index] &- 1 }
        PatchedBlock.encode(lessOne.span, into: &blocks, &bits)
    }

    /// Numbers and frequencies from `start`, as bits.
    ///
    /// - Parameter limit: numbers are below it.
    private mutating func encodeRest(
        _ numbers: Span<UInt32>, _ frequencies: Span<UInt32>, from start: Int, _ limit: Int
    ) {
        let count = numbers.count
        guard start < count else { return }
        var previous = start == 0 ? UInt32.max : numbers[start - 1]
        let range = limit - Int(previous &+ 1)
        let parameter = PostingsFormat.riceParameter(documents: count - start, among: range)
        for index in start..<count {
            let number = numbers[index]
            bits.rice(number &- previous &- 1, parameter)
            bits.golomb(UInt64(frequencies[index] - 1), 0)
            previous = number
        }
    }

    private mutating func encodeSteps(_ steps: Span<UInt32>, _ context: PostingsContext) {
        for index in steps.indices { bits.golomb(UInt64(steps[index]), context.stepParameter) }
    }
}
