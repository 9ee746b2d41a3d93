internal import Bytes
internal import Storage

/// Collects and writes the `articles` file of a segment.
struct ArticleTableWriter {
    private var entries = ByteWriter()
    /// Codes of the lengths of titles and of paragraphs.
    private(set) var titleLengths: [UInt8] = []
    private(set) var lengths: [UInt8] = []
    /// The sums of these lengths, as coarse as the codes: so they are the same after a merge, which knows no others.
    private(set) var titleLength: UInt64 = 0
    private(set) var bodyLength: UInt64 = 0
    private var records = ByteWriter()
    private(set) var articleCount = 0
    private(set) var paragraphCount = 0

    /// What the codes of postings depend on.
    var shape: SegmentShape {
        SegmentShape(
            paragraphs: lengths, bodyLength: bodyLength, titles: titleLengths, titleLength: titleLength)
    }

    /// Memory in use, in bytes.
    var memory: Int { entries.count + titleLengths.count + lengths.count + records.count }

    mutating func addArticle(id: [UInt8], title: [UInt8], date: [UInt8], source: UInt32, titleLength: Int) {
        entries.integer(UInt32(paragraphCount))
        entries.integer(source)
        entries.integer(UInt64(records.count))
        let code = LengthCode.encode(titleLength)
        titleLengths.append(code)
        self.titleLength += UInt64(LengthCode.decode(code))
        records.prefixed(id)
        records.prefixed(title)
        records.prefixed(date)
        articleCount += 1
    }

    mutating func addParagraph(length: Int) {
        let code = LengthCode.encode(length)
        lengths.append(code)
        bodyLength += UInt64(LengthCode.decode(code))
        paragraphCount += 1
    }

    func write(segment: UInt64, in storage: any Storage) throws(IndexError) -> UInt64 {
        let file = try IndexFileWriter(
            .articles, name: IndexFile.articles.name(segment), owner: segment, in: storage)
        var last = ByteWriter()
        last.integer(UInt32(paragraphCount))
        last.integer(UInt32(0))
        last.integer(UInt64(records.count))
        try file.append(entries.bytes)
        try file.append(last.bytes)
        try file.append(titleLengths)
        try file.append(lengths)
        try file.append(records.bytes)
        var trailer = ByteWriter()
        trailer.integer(UInt64(articleCount))
        trailer.integer(UInt64(paragraphCount))
        try file.append(trailer.bytes)
        return try file.finish()
    }
}
