internal import Bytes

/// How the postings of a term lie on disk. The only place that knows is this folder; everything else writes a
/// ``PostingList`` and reads through a ``PostingsCursor``.
///
/// ```
/// postings   skip entries, one a full block | full blocks | the rest
/// skip       last document u32 | end of the block in the block area u32 | end of its positions u32
/// block      bits of a gap u8 | bits of a frequency u8 | 128 gaps packed | 128 frequencies packed
/// rest       for each document: gap << 1 | (frequency == 1), then, where not 1, frequency - 2; varints
/// positions  for each document its positions as varints: the first, then differences
/// ```
/// A gap is the difference to the document before, less one; before the first stands -1. Frequencies in blocks
/// are stored less one. A term in fewer than 128 documents has no skip entries and no blocks.
enum PostingsFormat {
    static let blockSize = BitPacking.blockSize
    static let skipEntrySize = 12

    /// Appends `list` to `postings` and `positions`.
    static func encode(_ list: PostingList, postings: inout ByteWriter, positions: inout ByteWriter) {
        let count = list.documents.count
        let blockCount = count / blockSize
        var skips = ByteWriter()
        var blocks = ByteWriter()
        var gaps = [UInt32](repeating: 0, count: blockSize)
        var frequencies = gaps
        var previous = UInt32.max
        var positionsEnd = 0
        for block in 0..<blockCount {
            for index in 0..<blockSize {
                let document = list.documents[block * blockSize + index]
                gaps[index] = document &- previous &- 1
                previous = document
                let frequency = list.frequencies[block * blockSize + index]
                frequencies[index] = frequency - 1
                if !list.positions.isEmpty { skipVarints(list.positions, Int(frequency), from: &positionsEnd) }
            }
            unsafe gaps.withUnsafeBufferPointer { gaps in
                unsafe frequencies.withUnsafeBufferPointer { frequencies in
                    let gapWidth = unsafe BitPacking.width(of: gaps)
                    let frequencyWidth = unsafe BitPacking.width(of: frequencies)
                    blocks.append(UInt8(gapWidth))
                    blocks.append(UInt8(frequencyWidth))
                    unsafe BitPacking.pack(gaps, width: gapWidth, into: &blocks)
                    unsafe BitPacking.pack(frequencies, width: frequencyWidth, into: &blocks)
                }
            }
            skips.integer(previous)
            skips.integer(UInt32(blocks.count))
            skips.integer(UInt32(positionsEnd))
        }
        for index in blockCount * blockSize..<count {
            let gap = list.documents[index] &- previous &- 1
            previous = list.documents[index]
            let frequency = list.frequencies[index]
            blocks.varint(UInt64(gap) << 1 | (frequency == 1 ? 1 : 0))
            if frequency != 1 { blocks.varint(frequency - 2) }
        }
        postings.append(contentsOf: skips.bytes)
        postings.append(contentsOf: blocks.bytes)
        positions.append(contentsOf: list.positions)
    }

    /// Moves `index` past `count` varints.
    static func skipVarints(_ bytes: [UInt8], _ count: Int, from index: inout Int) {
        var left = count
        while left > 0 {
            if bytes[index] < 0x80 { left -= 1 }
            index += 1
        }
    }
}
