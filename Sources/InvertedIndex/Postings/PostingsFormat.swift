internal import Bytes

/// How the postings of a term lie on disk. The only place that knows is this folder; everything else gives a
/// ``PostingSlice`` to a ``PostingsEncoder`` and reads through a ``PostingsCursor`` or a
/// ``PostingsDecoder``.
///
/// A term in fewer than 128 documents has a short list, one stream of bits:
///
/// ```
/// for each document: its gap in Rice's code | its frequency less one in Elias's gamma code
/// where the kind has positions, for each document: its steps in an exponential Golomb code
/// ```
/// A gap is the difference to the document before, less one; before the first stands -1. Steps are a document's first
/// position and then differences, less one. The parameter of Rice's code follows from the number of documents and of
/// those in the segment (``riceParameter(documents:among:)``), so that it takes no room; that of the steps is one for the
/// segment, from the average length.
///
/// Any other term has blocks of 128 documents and a rest:
///
/// ```
/// postings   greatest impact u8 | where there are positions, start of the rest's in the term's positions varint
///            of a pair, place of the blocks' last document varint
///            groups | skips | blocks | rest
/// group      for each 32 blocks but the last ones (32 or fewer): last document u32 | end in the blocks u32
///            end in the positions u32 | greatest impact u8
/// skip       for each block: last document u32 | end in its group's blocks u16 | greatest impact u8
/// block      where there are positions, start in its group's positions varint
///            of a pair, one more than the place of the document before, or 0, varint
///            gaps, a patched block | frequencies less one, a patched block
/// rest       as in a short list, without steps, the documents before the rest being taken for none
/// positions  for each block its steps, a position block | the rest's steps as in a short list
/// ```
/// The gaps of a pair, and of its rest, are those of places in the list of its bigram, see ``HostDocuments``.
///
/// Skips let a cursor jump to the block that may hold a document; impacts (``ImpactScale``) let it pass over those that
/// cannot add enough to a score. Everything about frequencies and positions lies apart from the documents, and is not
/// touched until it is asked for.
enum PostingsFormat {
    static let blockSize = BitPacking.blockSize
    /// Blocks a group.
    static let groupSize = 32
    static let skipSize = 7
    static let groupEntrySize = 13

    /// Groups that have an entry: all but the last.
    static func groupEntries(blocks: Int) -> Int { max(0, blocks - 1) / groupSize }

    /// The parameter of Rice's code for the gaps of `documents` among `range` consecutive ones.
    ///
    /// Gaps are taken to fall off geometrically; the best parameter is then near `log2(ln 2 · mean)`, and 11/16 is close
    /// enough to the logarithm of two.
    static func riceParameter(documents: Int, among range: Int) -> Int {
        let mean = range &* 11 / (documents &* 16)
        return mean > 0 ? min(31, Int.bitWidth - 1 - mean.leadingZeroBitCount) : 0
    }

    /// The parameter for steps in texts of `average` units: most are then told by their bits alone.
    static func stepParameter(average: Double) -> Int {
        var parameter = 0
        while parameter < 24, Double(4 << parameter) <= average { parameter += 1 }
        return parameter
    }
}
