internal import Bytes

/// How paragraphs lie on disk: frames of some 12 KB of text, each compressed by itself, found through a table at the
/// end.
///
/// ```
/// body     frames | padding to 8 | offset u64 of each frame and of the end of the last | first paragraph
///          u32 of each frame, and one past all | padding to 8 | trailer
/// frame    encoding u8 | checksum of the texts u32 | bytes of the texts varint | columns | texts
/// trailer  offset of the table u64 | frames u64
/// ```
/// Encoding 0: columns to the next whole byte, then a frame of zstd's. Encoding 1: columns and texts are bits, filled
/// up to a byte at the end; the texts are symbols of the segment's vocabulary (``TextSymbol``), each text with its end.
/// Two more, the flag of parts, when the columns have pages or chapters. For the columns see ``PlaceColumns``.
/// <doc:Texts> has an example.
enum StoredTextFormat {
    enum Encoding: UInt8 {
        case zstd = 0
        case tokens
    }

    /// Set in the encoding of a frame whose columns have pages or chapters.
    static let partsFlag: UInt8 = 2
    /// Bytes of text after which a frame is closed.
    static let frameSize = 12 << 10
    static let zstdLevel: Int32 = 6
    static let trailerSize = 16
    /// A byte stands for at most 2^15 bytes of text: a block of zstd's takes four bytes or more and expands to at most
    /// 128 KB, and a copy takes more than a byte and gives at most 517 tokens of 32 bytes. A frame that claims more is
    /// damaged, and must not be given the memory it asks for.
    static let expansionBits = 15

    /// So that no damaged text, and none expanded with another vocabulary, is ever shown as if it were whole.
    static func checksum(_ texts: [UInt8]) -> UInt32 {
        var hash = ContentHash()
        unsafe hash.update(texts.span.bytes)
        return UInt32(truncatingIfNeeded: hash.value)
    }
}
