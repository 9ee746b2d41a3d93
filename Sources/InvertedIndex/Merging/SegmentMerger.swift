internal import Bytes
internal import Model
internal import Storage

/// Given several segments, writes one that says of their live articles what they say, and nothing of deleted ones.
///
/// Articles keep their order, segment after segment, and so the paragraphs of an article stay neighbours. Everything
/// streams from front to back: memory holds the postings of one term, a frame of text of each input, and a bit for
/// each document of an input in which something is deleted. Whatever is read has had its checksum compared, and a
/// damaged input is an error; nothing of the inputs is changed.
struct SegmentMerger {
    /// The merged segment's number.
    let id: UInt64
    let inputs: [MergeInput]
    let storage: any Storage
    let vocabularies: VocabularySource
    private let isCancelled: @Sendable () -> Bool

    /// - Parameters:
    ///   - vocabularies: what texts are coded with.
    ///   - isCancelled: asked every so often; once it says so, the merge ends with ``IndexError/cancelled``.
    init(
        id: UInt64, inputs: [MergeInput], storage: any Storage, vocabularies: VocabularySource,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.id = id
        self.inputs = inputs
        self.storage = storage
        self.vocabularies = vocabularies
        self.isCancelled = isCancelled
    }

    /// Writes and syncs the merged segment's files. O(bytes of the inputs).
    ///
    /// - Returns: what a commit has to know of the segment.
    /// - Throws: ``IndexError``; files begun are left behind, for the caller to remove.
    func merge() throws(IndexError) -> SegmentInfo {
        let paragraphCount = inputs.last?.paragraphs.end ?? 0
        guard paragraphCount < Int(UInt32.max) - 1 else { throw .segmentFull }
        let articles = try articleTable()
        let termSizes = try writeTerms(articles.shape)
        let articlesSize = try articles.write(segment: id, in: storage)
        let text = try writeText()
        return SegmentInfo(
            id: id, articleCount: articles.articleCount, paragraphCount: articles.paragraphCount,
            bodyLength: articles.bodyLength, titleLength: articles.titleLength,
            sizes: termSizes + [articlesSize, text.size], liveGeneration: 0, deletedArticles: 0,
            vocabulary: text.vocabulary)
    }

    func checkCancelled() throws(IndexError) {
        if isCancelled() { throw .cancelled }
    }

    /// The table of the live articles.
    private func articleTable() throws(IndexError) -> ArticleTableWriter {
        var writer = ArticleTableWriter()
        for input in inputs {
            try checkCancelled()
            try IndexError.format { () throws(FormatError) in
                let table = input.reader.articles
                for article in 0..<table.articleCount where input.articles[article] != nil {
                    let record = try table.record(article)
                    writer.addArticle(
                        id: record.id, title: record.title, date: record.date,
                        source: try table.source(ofArticle: article),
                        titleLength: try table.titleLengths.length(of: article))
                    for paragraph in try table.paragraphs(ofArticle: article) {
                        writer.addParagraph(length: try table.paragraphLengths.length(of: paragraph))
                    }
                }
            }
        }
        return writer
    }
}
