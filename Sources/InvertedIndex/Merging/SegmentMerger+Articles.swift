internal import Bytes
internal import Storage

extension SegmentMerger {
    /// Bytes that are gathered before they are written.
    private static let chunkSize = 1 << 16

    /// The lengths of all texts, which the codes of postings depend on.
    func readLengths() throws(IndexError) -> ArticleLengths {
        var lengths = ArticleLengths()
        try forEachArticle { (table, article) throws(FormatError) in
            lengths.addTitle(try table.titleLengths.length(of: article))
            for paragraph in try table.paragraphs(ofArticle: article) {
                lengths.addParagraph(try table.paragraphLengths.length(of: paragraph))
            }
            return nil
        }
        return lengths
    }

    /// Writes the table of articles, whose parts are gone through one after the other; gives its size.
    func writeArticles(_ lengths: ArticleLengths) throws(IndexError) -> UInt64 {
        let file = try IndexFileWriter(.articles, name: IndexFile.articles.name(id), owner: id, in: storage)
        var buffer = ByteWriter()
        var firstParagraph = 0
        try forEachArticle(writingTo: file) { (table, article) throws(FormatError) in
            ArticleTableFormat.appendEntry(
                firstParagraph: firstParagraph, source: try table.source(ofArticle: article),
                fingerprint: try table.fingerprint(ofArticle: article), to: &buffer)
            firstParagraph += try table.paragraphs(ofArticle: article).count
            return Self.takeChunk(of: &buffer)
        }
        ArticleTableFormat.appendEntry(firstParagraph: firstParagraph, source: 0, fingerprint: 0, to: &buffer)
        try file.append(buffer.bytes)
        try file.append(lengths.titles)
        try file.append(lengths.paragraphs)
        var records = ArticleRecordEncoder()
        try forEachArticle(writingTo: file) { (table, article) throws(FormatError) in
            records.add(try table.record(article))
            return records.bytes.count >= Self.chunkSize ? records.takeBytes() : nil
        }
        try file.append(records.takeBytes())
        try file.append(records.offsets)
        try file.append(
            ArticleTableFormat.trailer(articles: lengths.titles.count, paragraphs: lengths.paragraphs.count))
        return try file.finish()
    }

    /// Calls `body` with every live article, and writes what that returns.
    private func forEachArticle(
        writingTo file: IndexFileWriter? = nil, _ body: (ArticleTable, Int) throws(FormatError) -> [UInt8]?
    ) throws(IndexError) {
        for input in inputs {
            var next = 0
            while let run = input.articles.run(from: next) {
                next = run.upperBound
                for article in run {
                    try checkCancelled()
                    let chunk = try IndexError.format { () throws(FormatError) in
                        try body(input.reader.articles, article)
                    }
                    if let chunk { try file?.append(chunk) }
                }
            }
        }
    }

    /// The content of a buffer that is full, and has it begin anew; nil while there is room.
    private static func takeChunk(of buffer: inout ByteWriter) -> [UInt8]? {
        guard buffer.count >= chunkSize else { return nil }
        defer { buffer.removeAll() }
        return buffer.bytes
    }
}
