internal import Articles
internal import Bytes
internal import InvertedIndex
internal import Model
internal import Synchronization

/// Hands the articles of pending files to workers, a batch at a time, and keeps count.
///
/// Reading text is a small part of indexing, so one lock around it costs nothing and keeps the articles of a file in
/// one order. Documents are read outside of it (``ReadAhead``), and have their turn like the rest.
final class ArticleFeed: Sendable {
    /// Articles of one file.
    struct Batch: Sendable {
        var source: UInt32
        var path: Path
        var articles: [Article]
        /// Bytes of memory that keeping count takes by now; segments are to take so much less.
        var feedMemory: Int
    }

    /// What a worker did with a batch.
    struct BatchResult: Sendable {
        var articles = 0
        var paragraphs = 0
        var textBytes = 0
        var problems: [IndexingProblem] = []
    }

    /// What came of the whole feed.
    struct Outcome: Sendable {
        var report = Indexer.Report()
        /// Records of files read to the end.
        var records: [SourceRecord] = []
        /// Sources whose file could not be read to the end, with the articles they had before: no others are to be
        /// kept.
        var failed: [UInt32: [StoredArticle]] = [:]
    }

    private struct State: ~Copyable {
        var files: [UpdatePlan.Pending]
        var next = 0
        var open: OpenFile?
        /// The source that last had each article id in this feed, by the id's hash.
        var ids: [UInt64: UInt32] = [:]
        /// The files of sources begun here.
        var paths: [UInt32: Path] = [:]
        /// Bytes of files done with, and read of the open one.
        var doneBytes = 0
        var openBytes = 0
        var outcome = Outcome()

        /// Bytes that ids take here and, of a file of many articles, in its stream: 12 an entry, of whose table three
        /// quarters can be filled.
        var memory: Int { 2 * 16 * ids.capacity }
    }

    private static let batchBytes = 1 << 20
    private let state: Mutex<State>
    let documents: ReadAhead
    private let writer: IndexWriter
    private let owners: ArticleOwners
    /// Nil when that cannot be known.
    private let totalBytes: Int?
    private let onProgress: (@Sendable (Indexer.Progress) -> Void)?
    private let isInterrupted: @Sendable () -> Bool

    /// - Parameters:
    ///   - bytes: of all files; nil when that cannot be known.
    ///   - readers: threads that may read documents at the same time.
    ///   - owners: finds the files that have an id already.
    ///   - progress: told after each batch how far things have come.
    ///   - isInterrupted: asked every so often; once it says so, there are no more articles.
    init(
        _ files: [UpdatePlan.Pending], bytes: Int?, readers: Int, owners: ArticleOwners, writer: IndexWriter,
        progress: (@Sendable (Indexer.Progress) -> Void)? = nil,
        isInterrupted: @escaping @Sendable () -> Bool = { false }
    ) {
        totalBytes = bytes
        onProgress = progress
        self.isInterrupted = isInterrupted
        state = Mutex(State(files: files))
        documents = ReadAhead(files, readers: readers)
        self.owners = owners
        self.writer = writer
    }

    /// The next articles; nil when all files have been read.
    ///
    /// - Throws: when the index cannot be read; problems of files are in the outcome.
    func nextBatch() throws -> Batch? {
        while !isInterrupted() {
            switch try state.withLock({ state in try advance(&state) }) {
            case .batch(let batch): return batch
            case .document(let place): documents.readOn(until: place, isInterrupted: isInterrupted)
            case .end: return nil
            }
        }
        return nil
    }

    private enum Step {
        case batch(Batch)
        /// The file at this place is next, and has not been read yet.
        case document(Int)
        case end
    }

    private func advance(_ state: inout State) throws -> Step {
        while !isInterrupted() {
            if state.open == nil {
                guard state.next < state.files.count else { return .end }
                let read = documents.take(state.next)
                if read == nil, state.files[state.next].isDocument { return .document(state.next) }
                guard try open(read, &state) else { continue }
            }
            if let batch = try readBatch(&state) { return .batch(batch) }
        }
        return .end
    }

    /// Opens the next file; false when it cannot be.
    ///
    /// - Parameter read: what came of reading it, where that has been done.
    private func open(_ read: Result<ArticleStream.ReadFile, ArticlesError>?, _ state: inout State) throws -> Bool {
        let pending = state.files[state.next]
        state.next += 1
        let stream: ArticleStream
        do throws(ArticlesError) {
            if let read {
                stream = ArticleStream(pending.file, read: try read.get())
            } else {
                stream = try pending.stream(isInterrupted: isInterrupted)
            }
        } catch {
            fail(error, pending, &state)
            return false
        }
        let source = pending.replaces?.id ?? writer.makeSourceID()
        state.paths[source] = pending.file.path
        state.open = try OpenFile(pending, stream, source: source, writer: writer)
        return true
    }

    /// Reads on in the open file; nil when it gave nothing more and was closed.
    private func readBatch(_ state: inout State) throws -> Batch? {
        guard var file = state.open.take() else { return nil }
        var batch = Batch(source: file.source, path: file.path, articles: [], feedMemory: state.memory)
        var bytes = 0
        do {
            while bytes < Self.batchBytes {
                let next = try file.stream.next()
                state.outcome.report.problems += file.takeProblems()
                guard let article = next else {
                    close(file, &state)
                    return batch.articles.isEmpty ? nil : batch
                }
                if isInterrupted() { return nil }
                try noteID(of: article, &file, &state)
                if try file.holds(article) { continue }
                bytes += article.text.count + 64
                state.openBytes = file.stream.bytesRead
                batch.articles.append(article)
            }
            state.open = file
        } catch let error as ArticlesError where file.isInput {
            // Like an end: whoever writes an input may end in the middle of it, too.
            state.outcome.report.problems.append(.article(error))
            if file.input.count > 0 { close(file, &state) }
        } catch let error as ArticlesError {
            state.outcome.report.problems += file.unreported
            fail(error, file.pending, &state)
            state.outcome.failed[file.source] = file.before
        }
        return batch.articles.isEmpty ? nil : batch
    }

    private func finish(_ pending: UpdatePlan.Pending, _ state: inout State) {
        state.doneBytes += pending.file.status.size
        state.openBytes = 0
    }

    /// Reports a file that could not be read to its end; what was indexed of it before stays.
    private func fail(_ error: ArticlesError, _ pending: UpdatePlan.Pending, _ state: inout State) {
        finish(pending, &state)
        let isKept = pending.replaces != nil && pending.input == nil
        state.outcome.report.problems.append(isKept ? .outdated(error) : .article(error))
    }

    /// Records the file that has been read to its end, and settles what becomes of the articles it had before.
    private func close(_ file: OpenFile, _ state: inout State) {
        finish(file.pending, &state)
        state.outcome.report.problems += file.unreported
        if file.isInput, file.input.count == 0 {
            state.outcome.report.problems.append(.emptyInput)
            return
        }
        let (record, kept) = file.settle()
        state.outcome.records.append(record)
        state.outcome.report.keptArticles += kept
        if file.isInput {
            state.outcome.report.input = file.input
        } else if file.pending.replaces == nil {
            state.outcome.report.addedFiles += 1
        } else if file.pending.isRenamed {
            state.outcome.report.renamedFiles += 1
        } else {
            state.outcome.report.changedFiles += 1
        }
    }

    private func noteID(of article: Article, _ file: inout OpenFile, _ state: inout State) throws {
        if let other = state.ids.updateValue(file.source, forKey: ContentHash.of(article.id)) {
            guard other != file.source, let otherPath = state.paths[other],
                file.notes(idSharedWith: otherPath)
            else { return }
            state.outcome.report.problems.append(Self.sharedID(article.id, file.path, otherPath))
        } else if let otherPath = try owners.path(of: article.id, except: file.source),
            file.notes(idSharedWith: otherPath)
        {
            state.outcome.report.problems.append(Self.sharedID(article.id, file.path, otherPath))
        }
    }

    private static func sharedID(_ id: [UInt8], _ first: Path, _ second: Path) -> IndexingProblem {
        do throws(ArticlesError) {
            if second != .standardInput { _ = try FileStatus.of(second) }
            return .sharedID(id, first, second, isGone: false)
        } catch {
            if case .missing = error { return .sharedID(id, first, second, isGone: true) }
            return .sharedID(id, first, second, isGone: false)
        }
    }

    /// Adds a batch's counts to the report.
    func record(_ result: BatchResult) {
        let progress = state.withLock { state in
            state.outcome.report.articles += result.articles
            state.outcome.report.paragraphs += result.paragraphs
            state.outcome.report.textBytes += result.textBytes
            state.outcome.report.problems += result.problems
            return Indexer.Progress(
                articles: state.outcome.report.articles, textBytes: state.outcome.report.textBytes,
                readBytes: min(totalBytes ?? .max, state.doneBytes + state.openBytes), totalBytes: totalBytes)
        }
        onProgress?(progress)
    }

    func outcome() -> Outcome { state.withLock { $0.outcome } }
}
