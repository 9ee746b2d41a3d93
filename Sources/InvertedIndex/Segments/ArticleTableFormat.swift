internal import Bytes
internal import Model

/// How articles and paragraph lengths lie on disk.
///
/// ```
/// body     entries | lengths of titles u8 each | lengths of paragraphs u8 each | records | trailer
/// entry    first paragraph u32 | source u32 | offset of the record u64 | fingerprint u64
///          and, after the last, one with the number of paragraphs and the end of the records
/// record   id, title, date: each a varint length and its bytes
///          byte and line of the first paragraph varints
/// trailer  articles u64 | paragraphs u64
/// ```
/// The id is empty when it is that of the article's file. The fingerprint tells an article that was edited from one that
/// only moved. Lengths are counts of units, for scoring only, each a ``LengthCode``.
enum ArticleTableFormat {
    static let entrySize = 24
    static let trailerSize = 16

    /// Appends an entry, or the one after the last.
    static func appendEntry(
        firstParagraph: Int, source: UInt32, record: Int, fingerprint: UInt64, to writer: inout ByteWriter
    ) {
        writer.integer(UInt32(firstParagraph))
        writer.integer(source)
        writer.integer(UInt64(record))
        writer.integer(fingerprint)
    }

    static func append(_ record: ArticleRecord, to writer: inout ByteWriter) {
        writer.prefixed(record.id)
        writer.prefixed(record.title)
        writer.prefixed(record.date)
        writer.varint(record.origin.byte)
        writer.varint(record.origin.line)
    }

    static func trailer(articles: Int, paragraphs: Int) -> [UInt8] {
        var writer = ByteWriter()
        writer.integer(UInt64(articles))
        writer.integer(UInt64(paragraphs))
        return writer.bytes
    }
}
