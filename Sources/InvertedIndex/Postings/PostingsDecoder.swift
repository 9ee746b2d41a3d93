internal import Bytes
internal import Model

/// Reads all postings of a term at once, positions with them: what merging needs, where a ``PostingsCursor`` would be
/// asked for each document. One decoder serves one thread.
@safe struct PostingsDecoder: ~Copyable {
    // SAFETY: 128 elements each, owned by this value, freed in `deinit`.
    private let documents: UnsafeMutablePointer<UInt32>
    private let frequencies: UnsafeMutablePointer<UInt32>
    /// Steps that a list can have at most.
    private var stepLimit = 0
    /// The steps of a block or rest.
    private var steps: [UInt32] = []

    init() {
        unsafe documents = .allocate(capacity: PostingsFormat.blockSize)
        unsafe frequencies = .allocate(capacity: PostingsFormat.blockSize)
    }

    deinit {
        unsafe documents.deallocate()
        unsafe frequencies.deallocate()
    }

    /// Appends the postings of documents that have a number in `map`, under that number. O(postings and positions).
    ///
    /// - Parameters:
    ///   - files: of the segment that the entry is of.
    ///   - documentLimit: documents in the segment.
    ///   - stepLimit: positions that all texts of the segment have together, at most.
    mutating func append(
        _ entry: TermEntry, in files: PostingsFiles, documentLimit: Int, stepLimit: Int,
        renumberedBy map: DocumentMap,
        to list: inout PostingList
    )
        throws(FormatError)
    {
        self.stepLimit = stepLimit
        let blocks = try PostingsBlocks(entry, in: files, documentLimit: documentLimit)
        let positions = try files.positions.slice(entry.positions)
        for number in 0..<blocks.blockCount {
            // SAFETY: the buffers hold 128 numbers.
            let (packed, start) = try unsafe blocks.unpack(number, into: documents)
            unsafe blocks.unpack(packed, into: frequencies)
            steps.removeAll(keepingCapacity: true)
            if entry.hasPositions { try readBlock(positions, at: start) }
            try keep(PostingsFormat.blockSize, of: entry, in: files, map, &list)
        }
        let (count, end) = try unsafe blocks.readRest(into: documents, frequencies)
        guard count > 0 else { return }
        steps.removeAll(keepingCapacity: true)
        if entry.hasPositions {
            if blocks.blockCount == 0 {
                try readSteps(count, blocks.restBits(), at: end, parameter: files.stepParameter)
            } else {
                let rest = try positions.slice(blocks.restPositions..<positions.count).checked()
                try readSteps(count, rest, at: 0, parameter: files.stepParameter)
            }
        }
        try keep(count, of: entry, in: files, map, &list)
    }

    /// Reads the steps of a block.
    private mutating func readBlock(_ view: ByteView, at start: Int) throws(FormatError) {
        let count = try stepCount(PostingsFormat.blockSize, view)
        let block = try PositionBlock(view, at: start, count: count)
        steps.append(contentsOf: repeatElement(0, count: count))
        // SAFETY: as many steps as there is room for; they were none before.
        try unsafe steps.withUnsafeMutableBufferPointer { (steps) throws(FormatError) in
            guard let steps = steps.baseAddress else { return }
            try unsafe block.read(of: view, into: steps)
        }
    }

    /// Reads the steps of a rest or short list.
    private mutating func readSteps(_ documents: Int, _ view: ByteView, at bit: Int, parameter: Int)
        throws(FormatError)
    {
        let count = try stepCount(documents, view)
        // Each takes a bit at least.
        guard count <= view.count * 8 - bit else {
            throw .truncated(file: view.file, offset: view.origin, needed: 1, available: 0)
        }
        try unsafe view.withUnsafeBytes { (raw) throws(FormatError) in
            var reader = unsafe BitReader(raw, at: bit)
            for _ in 0..<count { steps.append(UInt32(truncatingIfNeeded: reader.golomb(parameter))) }
            guard !reader.isPastEnd else {
                throw .truncated(file: view.file, offset: view.origin, needed: 1, available: 0)
            }
        }
    }

    /// How many steps so many documents have.
    ///
    /// - Throws: when they are more than all texts have: steps of no bits at all could be any number of them.
    private func stepCount(_ documents: Int, _ view: ByteView) throws(FormatError) -> Int {
        var count = 0
        for index in 0..<documents {
            let frequency = unsafe Int(frequencies[index])
            count += frequency
            guard count <= stepLimit else {
                throw .malformed(file: view.file, offset: view.origin, rule: .valueOutOfRange)
            }
        }
        return count
    }

    /// Appends those of the postings in the buffers that have a number.
    private mutating func keep(
        _ count: Int, of entry: TermEntry, in files: PostingsFiles, _ map: DocumentMap, _ list: inout PostingList
    ) throws(FormatError) {
        guard areWithinTexts(count, entry.hasPositions) else {
            throw files.error(entry, .valueOutOfRange)
        }
        let kept = renumber(count, by: map)
        // SAFETY: `kept` is at most `count`, and that is at most 128.
        unsafe list.documents.append(contentsOf: UnsafeBufferPointer(start: documents, count: kept))
        unsafe list.frequencies.append(contentsOf: UnsafeBufferPointer(start: frequencies, count: kept))
        list.steps.append(contentsOf: steps)
    }

    /// Whether all documents have postings, and positions that a text has room for.
    private func areWithinTexts(_ count: Int, _ hasPositions: Bool) -> Bool {
        var isSound = true
        guard hasPositions else {
            for index in 0..<count where unsafe frequencies[index] == 0 { isSound = false }
            return isSound
        }
        let steps = steps.span
        var step = 0
        for index in 0..<count {
            let end = unsafe step &+ Int(frequencies[index])
            guard end > step, end <= steps.count else { return false }
            var length: UInt64 = 0
            while step < end {
                length &+= UInt64(steps[step]) &+ 1
                step &+= 1
            }
            isSound = isSound && length <= UInt64(TermBlock.positionLimit)
        }
        return isSound
    }

    /// Gives the documents in the buffer their numbers, and closes up over those that have none; how many are left.
    private mutating func renumber(_ count: Int, by map: DocumentMap) -> Int {
        if let base = map.onlyBase {
            for index in 0..<count { unsafe documents[index] &+= UInt32(truncatingIfNeeded: base) }
            return count
        }
        var kept = 0
        var step = 0
        var keptSteps = 0
        for index in 0..<count {
            let frequency = unsafe frequencies[index]
            let range = step..<(steps.isEmpty ? step : step + Int(frequency))
            step = range.upperBound
            guard let number = unsafe map[Int(documents[index])] else { continue }
            unsafe documents[kept] = UInt32(number)
            unsafe frequencies[kept] = frequency
            kept += 1
            for index in range {
                steps[keptSteps] = steps[index]
                keptSteps += 1
            }
        }
        steps.removeSubrange(keptSteps...)
        return kept
    }
}
