internal import Bytes
internal import Storage

/// Collects and writes the `articles` file of a segment under construction.
struct ArticleTableWriter {
    private var entries = ByteWriter()
    private var records = ArticleRecordEncoder()
    private(set) var lengths = ArticleLengths()

    var articleCount: Int { lengths.titles.count }
    var paragraphCount: Int { lengths.paragraphs.count }

    /// Memory in use, in bytes.
    var memory: Int { entries.count + articleCount + paragraphCount + records.bytes.count }

    /// - Parameters:
    ///   - source: the number of its file.
    ///   - fingerprint: its ``Model/Article/fingerprint``.
    ///   - titleLength: in units.
    mutating func addArticle(_ record: ArticleRecord, source: UInt32, fingerprint: UInt64, titleLength: Int) {
        ArticleTableFormat.appendEntry(
            firstParagraph: paragraphCount, source: source, fingerprint: fingerprint, to: &entries)
        records.add(record)
        lengths.addTitle(titleLength)
    }

    mutating func addParagraph(length: Int) { lengths.addParagraph(length) }

    /// Takes over all articles of another table, in which nothing is left.
    mutating func append(_ other: inout ArticleTableWriter) throws(FormatError) {
        let first = paragraphCount
        try ArticleTableFormat.forEachEntry(of: other.entries) { firstParagraph, source, fingerprint in
            ArticleTableFormat.appendEntry(
                firstParagraph: first + firstParagraph, source: source, fingerprint: fingerprint, to: &entries)
        }
        try other.records.forEach { records.add($0) }
        lengths.append(other.lengths)
        other = ArticleTableWriter()
    }

    func write(segment: UInt64, in storage: any Storage) throws(IndexError) -> UInt64 {
        let file = try IndexFileWriter(
            .articles, name: IndexFile.articles.name(segment), owner: segment, in: storage)
        var last = ByteWriter()
        ArticleTableFormat.appendEntry(
            firstParagraph: paragraphCount, source: 0, fingerprint: 0, to: &last)
        try file.append(entries.bytes)
        try file.append(last.bytes)
        try file.append(lengths.titles)
        try file.append(lengths.paragraphs)
        try file.append(records.bytes.bytes)
        try file.append(records.offsets)
        try file.append(ArticleTableFormat.trailer(articles: articleCount, paragraphs: paragraphCount))
        return try file.finish()
    }
}
