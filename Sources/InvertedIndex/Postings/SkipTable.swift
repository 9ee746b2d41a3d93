internal import Bytes

/// Where the blocks of a long list are, and what each can add to a score at most. It keeps nothing alive, as a cursor
/// asks it for each block, and references would be counted: whoever makes one keeps the postings.
@safe struct SkipTable {
    /// A block, as its skip tells.
    struct Block {
        /// Where it lies in the area of blocks.
        let start: Int
        let end: Int
        /// Documents are after `previous`; before the first document stands -1.
        let previous: Int64
        let last: UInt32
        let impact: UInt8
        /// Where its group's positions begin.
        let positions: Int
    }

    /// Blocks in the list.
    let count: Int
    /// Groups that have an entry.
    private let groupCount: Int
    /// Where the area of blocks begins in the postings.
    let blocksStart: Int
    // SAFETY: bytes of the postings, whose pages have been checked: `groupCount` groups, and behind them `count` skips.
    private let groups: UnsafeRawPointer
    private let skips: UnsafeRawPointer

    /// - Parameters:
    ///   - postings: the term's.
    ///   - offset: of the groups.
    init(_ postings: borrowing ByteView, at offset: Int, blocks count: Int) throws(FormatError) {
        self.count = count
        groupCount = PostingsFormat.groupEntries(blocks: count)
        let groupsSize = groupCount * PostingsFormat.groupEntrySize
        blocksStart = offset + groupsSize + count * PostingsFormat.skipSize
        unsafe groups = try postings.slice(offset..<blocksStart).checked().start
        unsafe skips = groups + groupsSize
    }

    /// The block with this number, which is below ``count``; nil where what is said of it makes no sense.
    func block(_ number: Int) -> Block? {
        precondition(number >= 0 && number < count)
        let group = number / PostingsFormat.groupSize
        let before = groupEnd(group - 1)
        let isFirst = number % PostingsFormat.groupSize == 0
        let previous: Int64 = number == 0 ? -1 : Int64(last(number - 1))
        // Else documents could go back from group to group.
        guard !isFirst || before.last == previous else { return nil }
        let start = isFirst ? 0 : end(number - 1)
        return Block(
            start: before.blocks + start, end: before.blocks + end(number), previous: previous,
            last: last(number), impact: impact(number), positions: before.positions)
    }

    /// The first block from `first` on whose last document is not before `target`; ``count`` when there is none.
    func find(_ target: UInt32, from first: Int) -> Int {
        // Most steps are short: the next block first, then the groups, then the blocks of one.
        guard first < count else { return count }
        if last(first) >= target { return first }
        var group = first / PostingsFormat.groupSize
        var end = groupCount
        while group < end {
            let middle = (group + end) / 2
            if groupEnd(middle).last < Int64(target) { group = middle + 1 } else { end = middle }
        }
        var low = max(first + 1, group * PostingsFormat.groupSize)
        var high = min(count, (group + 1) * PostingsFormat.groupSize)
        while low < high {
            let middle = (low + high) / 2
            if last(middle) < target { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The greatest impact in a block's whole group, and the group's last document; nil for the last group, which has no
    /// entry.
    func group(of block: Int) -> (impact: UInt8, last: UInt32)? {
        let group = block / PostingsFormat.groupSize
        guard group >= 0, group < groupCount else { return nil }
        let entry = unsafe groups + group * PostingsFormat.groupEntrySize
        return unsafe (entry.load(fromByteOffset: 12, as: UInt8.self), Self.integer(entry))
    }

    // MARK: Entries

    // Of groups below `groupCount` and blocks below `count` only.

    @inline(__always)
    private func groupEnd(_ group: Int) -> (last: Int64, blocks: Int, positions: Int) {
        guard group >= 0 else { return (-1, 0, 0) }
        let entry = unsafe groups + group * PostingsFormat.groupEntrySize
        return unsafe (
            Int64(Self.integer(entry) as UInt32), Int(Self.integer(entry + 4) as UInt32),
            Int(Self.integer(entry + 8) as UInt32)
        )
    }

    @inline(__always)
    private func last(_ block: Int) -> UInt32 { unsafe Self.integer(skips + block * PostingsFormat.skipSize) }

    @inline(__always)
    private func end(_ block: Int) -> Int {
        Int(unsafe Self.integer(skips + (block * PostingsFormat.skipSize + 4)) as UInt16)
    }

    @inline(__always)
    private func impact(_ block: Int) -> UInt8 {
        unsafe skips.load(fromByteOffset: block * PostingsFormat.skipSize + 6, as: UInt8.self)
    }

    @inline(__always)
    private static func integer<T: FixedWidthInteger & BitwiseCopyable>(_ bytes: UnsafeRawPointer) -> T {
        unsafe T(littleEndian: bytes.loadUnaligned(as: T.self))
    }
}
