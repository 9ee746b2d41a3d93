internal import Model

/// How the dictionary of a segment lies on disk: blocks of 64 terms in the order of their keys, found through fences.
///
/// ```
/// body     blocks | padding to 8 | fence u64 a block | offset of the block u64 a block | trailer
/// block    terms u8 | prefix that all keys share: length u8 and bytes | size of what follows it in each key u8, or 0 when
///          sizes differ | offset of its first postings varint | of its first positions varint
///          size of each entry u8, 255 for 255 and more | where of one size, the rest of each key | entries
/// entry    where its size is 255, its size without these four bytes u32
///          where sizes differ, the rest of its key: length varint and bytes
///          documents << 1 | inline, varint
///          inline: postings, to the entry's end
///          else: offset of the postings, less that of the block's first, varint | their length varint
///                and for long lists with positions the same of the positions
/// trailer  offset of the fences u64 | blocks u64 | terms u64 | average length of paragraphs f32 | of titles f32
///          parameter of steps u64
/// ```
/// A fence is the first eight bytes of a block's first key, most significant first, padded with zeros: for Han terms that
/// is the whole key. A look-up compares integers until it is in its block, and there halves a column of keys: nothing is
/// read through from front to back but sizes of entries, one byte each, to be added up.
enum TermDictionaryFormat {
    static let blockSize = 64
    static let trailerSize = 40
    /// Short lists of at most this many bytes live in the dictionary, next to their term.
    static let inlineLimit = 128
    /// In place of the size of an entry that does not fit a byte.
    static let largeEntry: UInt8 = 255

    /// The key of the bigram of a pair; nil for other terms.
    static func hostKey(of key: [UInt8]) -> [UInt8]? {
        guard let first = key.first, TermKey.kind(first: first) == .pair else { return nil }
        var host = key
        host[0] = first & 0xF0 | TermKind.bigram.rawValue
        return host
    }

    /// The key of the pair of a bigram.
    static func pairKey(of bigram: [UInt8]) -> [UInt8] {
        var pair = bigram
        pair[0] = bigram[0] & 0xF0 | TermKind.pair.rawValue
        return pair
    }

    /// The first eight bytes of a key, as an integer.
    static func fence(_ key: some Collection<UInt8>) -> UInt64 {
        var fence: UInt64 = 0
        var count = 0
        for byte in key.prefix(8) {
            fence = fence << 8 | UInt64(byte)
            count += 1
        }
        return count == 0 ? 0 : fence << UInt64(8 * (8 - count))
    }
}
