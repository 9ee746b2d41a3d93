internal import Bytes
public import Model
internal import Storage

/// Given articles and the terms of their texts, holds what ``IndexWriter/finish(_:)`` writes as a segment. One builder serves one
/// thread.
public final class SegmentBuilder {
    let id: UInt64
    private let storage: any Storage
    private let memoryBudget: Int
    private let workspace = InversionWorkspace()
    private var body: TermAccumulator
    private var titles: TermAccumulator
    private var healed: TermAccumulator
    private var articles = ArticleTableWriter()
    private let text: StoredTextWriter

    /// - Parameters:
    ///   - memoryBudget: bytes of memory after which ``isFull`` says so.
    ///   - vocabularies: shared by the builders of an index.
    init(id: UInt64, storage: any Storage, memoryBudget: Int, vocabularies: VocabularySource) throws(IndexError) {
        self.id = id
        self.storage = storage
        self.memoryBudget = memoryBudget
        // Keys, the scratch to sort them and the run made of them take some 16 bytes an occurrence; a quarter of the
        // budget is theirs. More than four million at once only make the sort miss the cache more often.
        let runCapacity = max(1 << 12, min(1 << 22, memoryBudget / 64))
        body = TermAccumulator(field: .body, runCapacity: runCapacity, workspace: workspace)
        titles = TermAccumulator(field: .title, runCapacity: max(1 << 10, runCapacity / 16), workspace: workspace)
        healed = TermAccumulator(field: .healed, runCapacity: max(1 << 10, runCapacity / 16), workspace: workspace)
        text = try StoredTextWriter(segment: id, in: storage, vocabularies: vocabularies)
    }

    public var articleCount: Int { articles.articleCount }
    var paragraphCount: Int { articles.paragraphCount }

    /// Whether the segment should be finished and another begun.
    ///
    /// An eighth of the budget is kept for writing the segment: the postings of the most frequent term, and files' buffers.
    public var isFull: Bool {
        memory > memoryBudget / 8 * 7
            || articles.paragraphCount > Int(UInt32.max) - 2 * TermBlock.positionLimit
    }

    /// Memory in use, in bytes.
    private var memory: Int {
        workspace.memory + body.memory + titles.memory + healed.memory + articles.memory + text.memory
    }

    /// Begins an article; its paragraphs follow.
    ///
    /// - Parameters:
    ///   - article: with its paragraphs, whose texts and places tell later whether it was edited.
    ///   - source: number of the file it came from.
    ///   - titleTerms: terms of the title.
    public func beginArticle(_ article: Article, source: UInt32, titleTerms: TermBlock) {
        articles.addArticle(
            ArticleRecord(
                id: article.isFile ? [] : article.id, title: article.title, date: article.date,
                origin: article.origin),
            source: source, fingerprint: article.fingerprint, titleLength: titleTerms.length)
        titles.add(titleTerms, document: articles.articleCount - 1)
    }

    /// Adds the next paragraph of the article begun last.
    ///
    /// - Parameters:
    ///   - source: where the paragraph came from.
    ///   - kind: what it was in its document.
    ///   - terms: terms of its plain reading.
    ///   - healedTerms: terms of its healed reading; nil when that is the plain one.
    public func addParagraph(
        _ paragraphText: ArraySlice<UInt8>, source: SourceRange, kind: ParagraphKind = .text, terms: TermBlock,
        healedTerms: TermBlock? = nil
    ) throws(IndexError) {
        guard articles.paragraphCount < Int(UInt32.max) - 1 else { throw .segmentFull }
        let ordinal = articles.paragraphCount
        articles.addParagraph(length: terms.length)
        body.add(terms, document: ordinal)
        if let healedTerms { healed.add(healedTerms, document: ordinal) }
        try text.add(paragraphText, source: source, kind: kind)
    }

    /// Sorts and compresses what has not been, so that little is left to do on the thread that ``IndexWriter/finish(_:)`` is
    /// called on. Nothing is added any more.
    ///
    /// - Throws: ``IndexError`` when texts cannot be written.
    public func seal() throws(IndexError) {
        body.seal()
        titles.seal()
        healed.seal()
        workspace.removeAll()
        try text.seal()
    }

    /// Whether one segment has room for the articles of both.
    func hasRoom(for other: SegmentBuilder) -> Bool {
        paragraphCount + other.paragraphCount <= MergePolicy.paragraphLimit
    }

    /// Takes the articles of another builder, one that has not been appended to, behind those of this one. The other is spent, and
    /// its file removed.
    func append(_ other: SegmentBuilder) throws(IndexError) {
        try seal()
        try other.seal()
        body.runs.append(&other.body.runs, base: articles.paragraphCount)
        titles.runs.append(&other.titles.runs, base: articles.articleCount)
        healed.runs.append(&other.healed.runs, base: articles.paragraphCount)
        try IndexError.format { () throws(FormatError) in try articles.append(&other.articles) }
        try text.append(other.text, in: storage)
    }

    /// Writes and syncs the segment's files. The builder is spent.
    func finish() throws(IndexError) -> SegmentInfo {
        try seal()
        var sink = TermSink(try TermDictionaryWriter(segment: id, shape: articles.lengths.shape, in: storage))
        try body.runs.write(to: &sink)
        try titles.runs.write(to: &sink)
        try healed.runs.write(to: &sink)
        let termSizes = try sink.finish()
        let articlesSize = try articles.write(segment: id, in: storage)
        let textSize = try text.finish()
        return SegmentInfo(
            id: id, articleCount: articles.articleCount, paragraphCount: articles.paragraphCount,
            bodyLength: articles.lengths.bodyLength, titleLength: articles.lengths.titleLength,
            sizes: termSizes + [articlesSize, textSize], liveGeneration: 0, deletedArticles: 0,
            vocabulary: text.vocabulary)
    }
}
