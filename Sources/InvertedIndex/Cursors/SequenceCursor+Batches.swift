public import Bytes

extension SequenceCursor {
    /// The next documents that have the sequence, 128 at most, and how often each has it. Nil at the end.
    ///
    /// What ``next()`` gives one by one, where nothing else is asked of them: while all terms stay in their blocks, which is
    /// most of the time where there are many documents, nothing but these blocks is looked at. Valid until the next call.
    /// ``document``, ``frequency`` and ``possibleStarts()`` mean nothing from here until the cursor is moved on by ``next()`` or
    /// ``seek(_:)``.
    @unsafe
    public func matches() throws(FormatError)
        -> (documents: UnsafeBufferPointer<UInt32>, frequencies: UnsafeBufferPointer<UInt32>)?
    {
        let batch = batch ?? makeBatch()
        batch.count = 0
        while batch.count < MatchBatch.size, try next() != PostingsCursor.noMoreDocuments {
            batch.append(current, occurrences)
            if count > 1, placedCount == count { try matchInBlocks(batch) }
        }
        return batch.count > 0 ? unsafe batch.matches : nil
    }

    private func makeBatch() -> MatchBatch {
        let batch = MatchBatch(terms: count)
        self.batch = batch
        for index in 0..<count { unsafe anchors[index].expect(candidateCount) }
        return batch
    }

    /// Goes on from where all terms are, as long as none leaves its block. For terms that all have a place, two at least.
    private func matchInBlocks(_ batch: MatchBatch) throws(FormatError) {
        // SAFETY: there is room for a block a term. Their memory stays as it is, as no cursor is moved before the end,
        // and places are below their lengths.
        let blocks = unsafe batch.blocks
        for index in 0..<count {
            guard let block = unsafe anchors[index].block else { return }
            unsafe blocks[index] = block
        }
        let (leader, second) = unsafe (blocks[0], blocks[1])
        let (offset, otherOffset) = unsafe (anchors[0].offset, anchors[1].offset)
        let isPair = count == 2
        let (foundDocuments, foundFrequencies) = unsafe (batch.documents, batch.frequencies)
        var foundCount = batch.count
        var (place, other) = unsafe (leader.place, second.place)
        search: while unsafe place &+ 1 < leader.length, foundCount < MatchBatch.size {
            place &+= 1
            let document = unsafe leader.documents[place]
            guard unsafe second.seek(document, from: &other) else {
                place &-= 1
                break
            }
            guard unsafe second.documents[other] == document else { continue }
            var index = 2
            while index < count {
                guard unsafe blocks[index].seek(document, from: &blocks[index].place) else {
                    place &-= 1
                    break search
                }
                guard unsafe blocks[index].documents[blocks[index].place] == document else { continue search }
                index &+= 1
            }
            let first = try unsafe positions(0, leader, place)
            let next = try unsafe positions(1, second, other)
            // SAFETY: there is room for one more, which is written over where it is none.
            unsafe foundDocuments[foundCount] = document
            if isPair, first.count == 1, next.count == 1 {
                // The most frequent case by far. A place before the offset is that of a sequence that would begin before the
                // text.
                unsafe foundFrequencies[foundCount] = 1
                foundCount &+= unsafe first[0] >= offset && first[0] &- offset &+ otherOffset == next[0] ? 1 : 0
            } else {
                let occurrences = try unsafe meet(first, next) { (index) throws(FormatError) in
                    try unsafe positions(index, blocks[index], blocks[index].place)
                }
                unsafe foundFrequencies[foundCount] = UInt32(truncatingIfNeeded: occurrences)
                foundCount &+= occurrences > 0 ? 1 : 0
            }
        }
        batch.count = foundCount
        unsafe anchors[0].move(to: place)
        unsafe anchors[1].move(to: other)
        for index in stride(from: 2, to: count, by: 1) { unsafe anchors[index].move(to: blocks[index].place) }
    }

    /// The positions of a term in the document at a place of its block. They are summed up in place, and so asked for once.
    @inline(__always)
    private func positions(_ index: Int, _ block: PostingsCursor.PlacedBlock, _ place: Int) throws(FormatError)
        -> UnsafeBufferPointer<UInt32>
    {
        // SAFETY: the place is below the block's length, and there are as many steps as frequencies say, by which room was made.
        let (start, count) = unsafe block.steps(at: place)
        guard unsafe BlockPositions.addUp(start, count) else { throw unsafe anchors[index].disorder }
        return unsafe UnsafeBufferPointer(start: start, count: count)
    }
}

/// Documents that a ``SequenceCursor`` has found, and where its terms are.
@safe final class MatchBatch {
    /// Documents a batch has at most.
    static let size = PostingsFormat.blockSize

    // SAFETY: `size` numbers each, one behind the other, of which `count` have been written, and a block a term; freed in `deinit`.
    let documents: UnsafeMutablePointer<UInt32>
    let frequencies: UnsafeMutablePointer<UInt32>
    let blocks: UnsafeMutablePointer<PostingsCursor.PlacedBlock>
    var count = 0

    init(terms: Int) {
        unsafe documents = .plain(capacity: 2 * Self.size)
        unsafe frequencies = documents + Self.size
        unsafe blocks = .plain(capacity: terms)
    }

    deinit {
        unsafe documents.freePlain()
        unsafe blocks.freePlain()
    }

    /// For a batch that is not full.
    @inline(__always)
    func append(_ document: UInt32, _ frequency: UInt32) {
        unsafe documents[count] = document
        unsafe frequencies[count] = frequency
        count &+= 1
    }

    @unsafe var matches: (documents: UnsafeBufferPointer<UInt32>, frequencies: UnsafeBufferPointer<UInt32>) {
        unsafe (
            UnsafeBufferPointer(start: documents, count: count),
            UnsafeBufferPointer(start: frequencies, count: count)
        )
    }
}
