public import Bytes

extension PostingsCursor {
    /// What is known of some blocks before they are unpacked.
    public struct Summary {
        /// How many there are.
        public let blocks: Int
        /// Their documents are among these, which the segment has.
        public let range: ClosedRange<UInt32>
        /// Documents.
        public let count: Int
        /// None of these has a greater one (see ``ImpactScale``).
        public let impact: UInt8
    }

    /// The greatest impact of any posting, the rest's included; 255 for short lists, which keep none.
    public var greatestImpact: UInt8 { blocks.greatestImpact }

    /// What is known of a block of ``postings(ofBlock:)``; nil for a short list, for the rest behind the blocks, and beyond.
    ///
    /// - Parameter number: of the block, from 0.
    public func summary(ofBlock number: Int) throws(FormatError) -> Summary? {
        guard number < blocks.blockCount else { return nil }
        let block = try blocks.block(number)
        return try summary(of: 1, after: block.previous, through: block.last, block.impact)
    }

    /// What is known of the blocks of a group; nil for a block that does not begin one, and for the last group, of which nothing is
    /// kept.
    ///
    /// - Parameter number: of its first block.
    public func summary(ofGroupFrom number: Int) throws(FormatError) -> Summary? {
        guard number % PostingsFormat.groupSize == 0, let skips = blocks.skips, number < blocks.blockCount,
            let group = skips.group(of: number)
        else { return nil }
        let previous = try blocks.block(number).previous
        return try summary(of: PostingsFormat.groupSize, after: previous, through: group.last, group.impact)
    }

    private func summary(of blockCount: Int, after previous: Int64, through last: UInt32, _ impact: UInt8)
        throws(FormatError) -> Summary
    {
        let count = blockCount * PostingsFormat.blockSize
        guard Int(last) < blocks.documentLimit, Int64(last) - previous >= count else { throw blocks.disorder }
        return Summary(blocks: blockCount, range: UInt32(previous + 1)...last, count: count, impact: impact)
    }
}
