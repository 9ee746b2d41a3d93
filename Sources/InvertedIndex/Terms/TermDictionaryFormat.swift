/// How terms lie on disk: front-coded blocks of ascending keys under an array of fences.
///
/// ```
/// body     blocks | padding to 8 | fence u64 a block | offset of the block u64 a block | trailer
/// block    offset of its first postings varint | of its first positions varint | entries, 32 or fewer
/// entry    bytes shared with the key before varint | bytes of its own varint | these bytes
///          documents << 1 | inline, varint | occurrences - documents varint
///          bytes of postings varint | bytes of positions varint | where inline, both, one after the other
/// trailer  offset of the fences u64 | blocks u64 | terms u64
/// ```
/// A fence is the first eight bytes of a block's first key, most significant first, padded with zeros: for Han
/// terms that is the whole key, and a look-up compares integers until it is in its block.
enum TermDictionaryFormat {
    static let blockSize = 32
    static let trailerSize = 24
    /// Postings of at most this many bytes live in the dictionary, next to their term.
    static let inlineLimit = 12

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
