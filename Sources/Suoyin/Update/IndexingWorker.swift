internal import InvertedIndex
internal import Model
internal import Tokenizer

/// Analyses articles and builds segments of them, on one thread: those that fill its memory, and a part of the last one, which
/// all workers' parts become together.
struct IndexingWorker {
    private let writer: IndexWriter
    private let memoryBudget: Int
    /// The worker's part of the memory that is taken elsewhere and not by segments, in bytes.
    private var memoryElsewhere = 0
    private let workers: Int
    private var analyzer: ArticleAnalyzer
    private var builder: SegmentBuilder?
    private var terms = TermBlock()
    private var healedTerms = TermBlock()

    /// - Parameters:
    ///   - memoryBudget: bytes of memory that a segment may take.
    ///   - workers: how many there are of them.
    init(writer: IndexWriter, memoryBudget: Int, workers: Int) throws {
        self.writer = writer
        self.workers = workers
        self.memoryBudget = memoryBudget
        analyzer = try ArticleAnalyzer()
    }

    /// Adds a batch to the segment under construction. An article that cannot be analysed is left out whole.
    mutating func index(_ batch: ArticleFeed.Batch) throws -> ArticleFeed.BatchResult {
        var result = ArticleFeed.BatchResult()
        memoryElsewhere = batch.feedMemory / workers
        for article in batch.articles {
            do throws(AnalysisError) {
                try analyzer.checkLengths(of: article)
            } catch {
                result.problems.append(.analysis(error, batch.path, article: article.id))
                continue
            }
            try add(article, source: batch.source)
            result.articles += 1
            result.paragraphs += article.paragraphs.count
            result.textBytes += article.paragraphs.reduce(0) { $0 + $1.text.count }
        }
        return result
    }

    /// Adds an article to the segment under construction.
    mutating func add(_ article: Article, source: UInt32) throws {
        if let full = builder, full.isFull {
            try writer.finish([full])
            builder = nil
        }
        // Half of the budget is left in any case: many tiny segments would take more to merge than they save.
        let budget = max(memoryBudget / 2, memoryBudget - memoryElsewhere)
        let builder = try builder ?? writer.makeSegmentBuilder(memoryBudget: budget)
        self.builder = builder
        try analyzer.title(article.title[...], into: &terms)
        builder.beginArticle(article, source: source, titleTerms: terms)
        for paragraph in article.paragraphs {
            let text = article.text[paragraph.text]
            let isHealed = try analyzer.paragraph(text, into: &terms, healed: &healedTerms)
            try builder.addParagraph(
                text, source: paragraph.source, kind: paragraph.kind, terms: terms,
                healedTerms: isHealed ? healedTerms : nil)
        }
    }

    /// Has workers index at the same time, each on a thread, and then writes one segment of what each has left.
    ///
    /// - Parameters:
    ///   - count: of workers.
    ///   - memoryBudget: bytes of memory that the segment of one may take.
    ///   - isInterrupted: whether all of it is to be given up.
    ///   - helpers: of how many threads more each calls `help`, once.
    ///   - work: indexes as long as there is anything.
    /// - Throws: what a worker threw first; `CancellationError` when it is given up. Nothing of it may be committed then.
    static func run(
        _ count: Int, writer: IndexWriter, memoryBudget: Int, isInterrupted: @Sendable @escaping () -> Bool,
        helpers: Int = 0, help: @Sendable @escaping () -> Void = {},
        work: @Sendable @escaping (inout IndexingWorker) throws -> Void
    ) async throws {
        let unfinished = try await withThrowingTaskGroup(of: UnfinishedSegment?.self) { group in
            for _ in 0..<count {
                group.addTask {
                    var worker = try IndexingWorker(writer: writer, memoryBudget: memoryBudget, workers: count)
                    try work(&worker)
                    // What is to be given up need not be sorted first.
                    if isInterrupted() { throw CancellationError() }
                    return try worker.takeUnfinished()
                }
            }
            for _ in 0..<helpers {
                group.addTask {
                    help()
                    return nil
                }
            }
            return try await group.reduce(into: []) { (all: inout [UnfinishedSegment], next) in
                if let next { all.append(next) }
            }
        }
        if isInterrupted() { throw CancellationError() }
        try writer.finish(unfinished.map(\.builder))
    }

    /// The segment under construction, if there is one, for another thread to finish. Nothing is added any more.
    private consuming func takeUnfinished() throws -> UnfinishedSegment? {
        try builder?.seal()
        return builder.map { UnfinishedSegment(builder: $0) }
    }
}

/// A segment that one thread has built and another one finishes.
private struct UnfinishedSegment: @unchecked Sendable {
    // SAFETY (unchecked Sendable): the worker that built it is gone when it is handed over.
    let builder: SegmentBuilder
}
