/// How paragraphs lie on disk: zstd frames of some 16 KB, found through a table at the end.
///
/// ```
/// body     frames | padding to 8 | frame's offset u64 a frame | first paragraph u32 a frame, then one past all
///          padding to 8 | trailer
/// frame    (expanded) for each paragraph: bytes of text varint | start in the file, zigzag from the end of the
///          paragraph before, varint | bytes in the file varint | line, zigzag from the line before, varint
///          kind u8, and after all of these the texts; zstd keeps a checksum of it all
/// trailer  offset of the table u64 | frames u64
/// ```
enum StoredTextFormat {
    /// Bytes of text after which a frame is closed.
    static let frameSize = 16 << 10
    static let compressionLevel: Int32 = 3
    static let trailerSize = 16
    /// A block of zstd takes four bytes or more and expands to at most 128 KB, so a byte stands for at most 2^15.
    /// A frame that claims more is damaged, and must not be given the memory it asks for.
    static let expansionBits: UInt64 = 15

    static func zigzag(_ value: Int) -> UInt64 { UInt64(bitPattern: Int64(value << 1 ^ value >> 63)) }
    static func unzigzag(_ value: UInt64) -> Int { Int(Int64(bitPattern: value >> 1)) ^ -Int(value & 1) }
}
