/// How articles and paragraph lengths lie on disk.
///
/// ```
/// body     entries | lengths of titles u8 each | lengths of paragraphs u8 each | records | trailer
/// entry    first paragraph u32 | source u32 | offset of the record u64
///          and, after the last, one with the number of paragraphs and the end of the records
/// record   id, title, date: each a varint length and its bytes
/// trailer  articles u64 | paragraphs u64
/// ```
/// Lengths are counts of units, for scoring only, each a ``LengthCode``.
enum ArticleTableFormat {
    static let entrySize = 16
    static let trailerSize = 16
}
