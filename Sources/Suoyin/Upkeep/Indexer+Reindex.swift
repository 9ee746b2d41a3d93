internal import InvertedIndex
internal import Model
internal import Storage
internal import Tokenizer

extension Indexer {
    /// What ``reindex()`` did.
    public struct ReindexReport: Sendable {
        /// The analyzer the index was made with before, and now.
        public var before: String
        public var after: String
        public var articles = 0
        public var paragraphs = 0
        /// Bytes of text in them.
        public var textBytes = 0
    }

    /// Builds the index anew from the text that it keeps, as after a change of ICU or of the analyzer: the same
    /// articles, with their ids, titles, dates and places in their files, which are not read and need not exist.
    ///
    /// All of it is one commit. Until it stands the index is what it was, and can be searched by a program whose
    /// analyzer is the one that it was made with.
    ///
    /// - Throws: when there is no index, another writer is at work, or its text is damaged or in a format that this
    ///   program does not know; `CancellationError` when the task is cancelled. Then nothing has changed, unless only the last sync
    ///   failed (``IndexWriter/commit()``). O(bytes of text).
    public func reindex() async throws -> ReindexReport {
        let storage = try PosixStorage(directory: location.bytes, create: false)
        // Tells a missing index from an unwritable one before anything is created.
        let before = try IndexSnapshot.analyzer(of: storage)
        let rebuild = try IndexRebuild(storage, analyzer: Analyzer.fingerprint, waiting: waiting)
        let counts = try await committing(rebuild.writer) {
            try await build(rebuild.segments, into: rebuild.writer)
        }
        return ReindexReport(
            before: before, after: Analyzer.fingerprint, articles: counts.articles, paragraphs: counts.paragraphs,
            textBytes: counts.textBytes)
    }

    /// Does something with a writer and commits it. If that fails what was written goes: on a full disk it would be left full
    /// until somebody writes again.
    func committing<Result>(_ writer: IndexWriter, _ work: () async throws -> Result) async throws -> Result {
        do {
            let result = try await work()
            try writer.commit()
            return result
        } catch {
            try? writer.rollBack()
            throw error
        }
    }

    /// Builds new segments of the articles of old ones.
    func build(_ segments: [StoredArticles], into writer: IndexWriter) async throws -> StoredArticleFeed.Counts {
        let feed = StoredArticleFeed(segments)
        // A second worker only pays when there is enough for both.
        let count = segments.reduce(0) { $0 + $1.info.paragraphCount } < 20_000 ? 1 : max(1, workers)
        try await IndexingWorker.run(
            count, writer: writer, memoryBudget: builderBudget(workers: count), isInterrupted: { Task.isCancelled }
        ) { worker in
            while !Task.isCancelled {
                let batch = try feed.nextBatch()
                if batch.isEmpty { break }
                for stored in batch { try worker.add(stored.article, source: stored.source) }
            }
        }
        return feed.counts
    }
}
