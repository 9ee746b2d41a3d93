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
        var stream: ArticleStream?
        var source: UInt32 = 0
        /// Articles of the open file that an earlier run indexed and this one has not met yet, by fingerprint.
        var earlier: [UInt64: StoredArticle] = [:]
        /// Others of them that will not do.
        var superseded: [StoredArticle] = []
        /// Articles of the open file that are the same as before, and where they stand now.
        var kept: [(article: StoredArticle, to: SourcePosition)] = []
        /// Whether what is open is no file but an input, whose articles join those that came so before.
        var isInput = false
        /// Lines of the open file that gave no article.
        var skippedLines = 0
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
    /// Lines of a file that are reported one by one.
    private static let linesReported = 20
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
            if state.stream == nil {
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
        do throws(ArticlesError) {
            if let read {
                state.stream = ArticleStream(pending.file, read: try read.get())
            } else {
                state.stream = try pending.stream(isInterrupted: isInterrupted)
            }
        } catch {
            fail(error, &state)
            return false
        }
        state.source = pending.replaces?.id ?? writer.makeSourceID()
        state.isInput = pending.input != nil
        state.skippedLines = 0
        state.paths[state.source] = pending.file.path
        state.kept = []
        state.earlier = [:]
        state.superseded = []
        // Those of an input are looked up one by one: they may be far more than it brings.
        if let replaced = pending.replaces, !state.isInput {
            let articles = try writer.articles(of: replaced.id)
            for article in articles {
                guard let other = state.earlier.updateValue(article, forKey: article.fingerprint) else { continue }
                // Of two that cannot be told apart one is read anew.
                state.superseded.append(other)
            }
        }
        return true
    }

    /// Reads on in the open file; nil when it gave nothing more and was closed.
    private func readBatch(_ state: inout State) throws -> Batch? {
        guard let stream = state.stream else { return nil }
        var batch = Batch(source: state.source, path: stream.file.path, articles: [], feedMemory: state.memory)
        var bytes = 0
        do {
            while bytes < Self.batchBytes {
                let next = try stream.next()
                note(stream.takeProblems(), &state)
                guard let article = next else {
                    close(stream, &state)
                    break
                }
                if isInterrupted() { return nil }
                try noteID(of: article, &state)
                if state.isInput ? try join(article, &state) : keep(article, &state) { continue }
                bytes += article.text.count + 64
                state.openBytes = stream.bytesRead
                batch.articles.append(article)
            }
        } catch let error as ArticlesError where state.isInput {
            // Like an end: whoever writes an input may end in the middle of it, too.
            state.outcome.report.problems.append(.article(error))
            if state.outcome.report.input.count > 0 { close(stream, &state) }
            state.stream = nil
        } catch let error as ArticlesError {
            fail(error, &state)
            state.outcome.failed[state.source] =
                state.earlier.values + state.superseded + state.kept.map(\.article)
            state.stream = nil
        }
        return batch.articles.isEmpty ? nil : batch
    }

    /// Whether the index holds the article as it is, at another place perhaps.
    private func keep(_ article: Article, _ state: inout State) -> Bool {
        guard !state.earlier.isEmpty else { return false }
        let fingerprint = article.fingerprint
        guard let stored = state.earlier[fingerprint], stored.id == (article.isFile ? [] : article.id) else {
            return false
        }
        state.earlier[fingerprint] = nil
        state.kept.append((stored, to: article.origin))
        return true
    }

    /// Finds the article of an input among those that came so before: whether it is there as it is. One of its id that says
    /// something else goes.
    private func join(_ article: Article, _ state: inout State) throws -> Bool {
        var isKept = false
        var isKnown = false
        if state.files[state.next - 1].replaces != nil {
            let fingerprint = article.fingerprint
            for (source, stored) in try writer.articles(ofID: article.id) where source == state.source {
                isKnown = true
                if !isKept, stored.fingerprint == fingerprint {
                    state.kept.append((stored, to: article.origin))
                    isKept = true
                } else {
                    state.superseded.append(stored)
                }
            }
        }
        state.outcome.report.input.note(isKnown: isKnown, isKept: isKept)
        return isKept
    }

    private func finishFile(_ state: inout State) {
        state.doneBytes += state.files[state.next - 1].file.status.size
        state.openBytes = 0
    }

    /// Reports a file that could not be read to its end; what was indexed of it before stays.
    private func fail(_ error: ArticlesError, _ state: inout State) {
        finishFile(&state)
        let isKept = state.files[state.next - 1].replaces != nil
        state.outcome.report.problems.append(isKept ? .outdated(error) : .article(error))
    }

    /// Reports what a stream met on its way. Of lines that gave no article the first of a file are reported one by
    /// one, and a file full of them in sum.
    private func note(_ problems: [ArticlesError], _ state: inout State) {
        for problem in problems {
            if problem.concernsOnePart { state.skippedLines += 1 }
            guard !problem.concernsOnePart || state.skippedLines <= Self.linesReported else { continue }
            state.outcome.report.problems.append(.article(problem))
        }
    }

    /// Records the file that has been read to its end, and settles what becomes of the articles it had before.
    private func close(_ stream: ArticleStream, _ state: inout State) {
        finishFile(&state)
        let pending = state.files[state.next - 1]
        if state.skippedLines > Self.linesReported {
            let more = state.skippedLines - Self.linesReported
            state.outcome.report.problems.append(.moreLinesSkipped(stream.file.path, lines: more))
        }
        defer { state.stream = nil }
        if state.isInput, state.outcome.report.input.count == 0 {
            state.outcome.report.problems.append(.emptyInput)
            return
        }
        let rootLength = stream.file.path.bytes.count - stream.file.id.count
        let record = SourceRecord(
            id: state.source, path: stream.file.path, rootLength: max(0, rootLength), size: stream.status.size,
            modified: state.isInput ? 0 : TrustedTime.of(stream.status),
            changed: state.isInput ? stream.status.asked : stream.status.changed,
            contentHash: stream.contentHash ?? 0, skippedLines: state.skippedLines,
            encoding: stream.encoding?.name.description ?? "",
            requestedEncoding: pending.decoding.encoding?.description ?? "",
            replacedBytes: stream.replacedBytes)
        writer.add(record)
        writer.change(remove: state.earlier.values + state.superseded, move: state.kept)
        state.outcome.records.append(record)
        state.outcome.report.keptArticles += state.kept.count
        if state.isInput { return }
        if pending.replaces == nil {
            state.outcome.report.addedFiles += 1
        } else if pending.isRenamed {
            state.outcome.report.renamedFiles += 1
        } else {
            state.outcome.report.changedFiles += 1
        }
    }

    private func noteID(of article: Article, _ state: inout State) throws {
        let path = state.paths[state.source] ?? Path(bytes: [])
        if let other = state.ids.updateValue(state.source, forKey: ContentHash.of(article.id)) {
            guard other != state.source, let otherPath = state.paths[other] else { return }
            state.outcome.report.problems.append(.sharedID(article.id, path, otherPath))
        } else if let otherPath = try owners.path(of: article.id, except: state.source) {
            state.outcome.report.problems.append(.sharedID(article.id, path, otherPath))
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
