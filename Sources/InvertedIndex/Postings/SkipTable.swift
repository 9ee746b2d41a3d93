internal import Bytes

/// Where the blocks of a long list are, and what each can add to a score at most. A class, since a cursor asks it for each
/// block, and a copy would count references to what it views.
final class SkipTable: Sendable {
    /// A block, as its skip tells.
    struct Block {
        var number: Int
        /// Where it lies in the area of blocks.
        var start: Int
        var end: Int
        /// Documents are after `previous`; before the first document stands -1.
        var previous: Int64
        var last: UInt32
        var impact: UInt8
        /// Where its group's positions begin.
        var positions: Int
    }

    /// Blocks in the list.
    let count: Int
    private let groups: ByteView
    private let skips: ByteView
    /// Where the area of blocks begins in the postings.
    let blocksStart: Int

    /// - Parameters:
    ///   - postings: the term's.
    ///   - offset: of the groups.
    init(_ postings: ByteView, at offset: Int, blocks count: Int) throws(FormatError) {
        self.count = count
        let skipsStart = offset + PostingsFormat.groupEntries(blocks: count) * PostingsFormat.groupEntrySize
        blocksStart = skipsStart + count * PostingsFormat.skipSize
        groups = try postings.slice(offset..<skipsStart).checked()
        skips = try postings.slice(skipsStart..<blocksStart).checked()
    }

    /// The block with this number.
    func block(_ number: Int) throws(FormatError) -> Block {
        let group = number / PostingsFormat.groupSize
        let before = try groupEnd(group - 1)
        let isFirst = number % PostingsFormat.groupSize == 0
        let previous: Int64 = number == 0 ? -1 : Int64(try last(number - 1))
        // Else documents could go back from group to group.
        guard !isFirst || before.last == previous else {
            throw .malformed(file: skips.file, offset: groups.origin, rule: .documentsOutOfOrder)
        }
        let start = isFirst ? 0 : try end(number - 1)
        return Block(
            number: number, start: before.blocks + start, end: before.blocks + (try end(number)),
            previous: previous,
            last: try last(number), impact: try skips.integer(at: number * PostingsFormat.skipSize + 6),
            positions: before.positions)
    }

    /// The first block from `first` on whose last document is not before `target`; ``count`` when there is none.
    func find(_ target: UInt32, from first: Int) throws(FormatError) -> Int {
        // Most steps are short: the next block first, then the groups, then the blocks of one.
        guard first < count else { return count }
        if try last(first) >= target { return first }
        var group = first / PostingsFormat.groupSize
        let groupCount = PostingsFormat.groupEntries(blocks: count)
        var end = groupCount
        while group < end {
            let middle = (group + end) / 2
            if try groupEnd(middle).last < Int64(target) { group = middle + 1 } else { end = middle }
        }
        var low = max(first + 1, group * PostingsFormat.groupSize)
        var high = min(count, (group + 1) * PostingsFormat.groupSize)
        while low < high {
            let middle = (low + high) / 2
            if try last(middle) < target { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The greatest impact in a block's whole group, and the group's last document; nil for the last group, which has no
    /// entry.
    func group(of block: Int) throws(FormatError) -> (impact: UInt8, last: UInt32)? {
        let group = block / PostingsFormat.groupSize
        guard group < PostingsFormat.groupEntries(blocks: count) else { return nil }
        let offset = group * PostingsFormat.groupEntrySize
        return (try groups.integer(at: offset + 12), try groups.integer(at: offset))
    }

    private func groupEnd(_ group: Int) throws(FormatError) -> (last: Int64, blocks: Int, positions: Int) {
        guard group >= 0 else { return (-1, 0, 0) }
        let offset = group * PostingsFormat.groupEntrySize
        return (
            Int64(try groups.integer(at: offset, as: UInt32.self)),
            Int(try groups.integer(at: offset + 4, as: UInt32.self)),
            Int(try groups.integer(at: offset + 8, as: UInt32.self))
        )
    }

    private func last(_ block: Int) throws(FormatError) -> UInt32 {
        try skips.integer(at: block * PostingsFormat.skipSize)
    }

    private func end(_ block: Int) throws(FormatError) -> Int {
        Int(try skips.integer(at: block * PostingsFormat.skipSize + 4, as: UInt16.self))
    }
}
