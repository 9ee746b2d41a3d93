internal import Articles
internal import InvertedIndex
internal import Model
internal import Synchronization

/// Hands the articles of pending files to workers, a batch at a time, and keeps count.
///
/// Reading is a small part of indexing, so one lock around it costs nothing and keeps the articles of a file in
/// one order.
final class ArticleFeed: Sendable {
    /// Articles of one file.
    struct Batch: Sendable {
        var source: UInt32
        var path: Path
        var articles: [Article]
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
        /// Sources whose file has been indexed anew.
        var superseded: Set<UInt32> = []
        /// Sources begun here whose file could not be read to the end.
        var failed: Set<UInt32> = []
    }

    private struct State: ~Copyable {
        var files: [UpdatePlan.Pending]
        var next = 0
        var stream: ArticleStream?
        var source: UInt32 = 0
        /// Lines of the open file that gave no article.
        var skippedLines = 0
        /// The source that last had each article id, in the index or in this feed.
        var ids: [[UInt8]: UInt32]
        var paths: [UInt32: Path]
        var outcome = Outcome()
    }

    private static let batchBytes = 1 << 20
    /// Lines of a file that are reported one by one.
    private static let linesReported = 20
    private let state: Mutex<State>
    private let writer: IndexWriter

    /// - Parameters:
    ///   - ids: the articles already in the index, by id, each with its source.
    ///   - paths: the paths of these sources.
    init(_ files: [UpdatePlan.Pending], ids: [[UInt8]: UInt32], paths: [UInt32: Path], writer: IndexWriter) {
        state = Mutex(State(files: files, ids: ids, paths: paths))
        self.writer = writer
    }

    /// The next articles; nil when all files have been read.
    func nextBatch() -> Batch? {
        state.withLock { state in
            while true {
                if state.stream == nil, !open(&state) {
                    if state.next >= state.files.count { return nil }
                    continue
                }
                if let batch = readBatch(&state) { return batch }
            }
        }
    }

    /// Opens the next file; false when it cannot be, or there is none.
    private func open(_ state: inout State) -> Bool {
        guard state.next < state.files.count else { return false }
        let pending = state.files[state.next]
        state.next += 1
        do throws(ArticlesError) {
            state.stream = try ArticleStream(pending.file, decoding: pending.decoding)
            state.source = writer.makeSourceID()
            state.skippedLines = 0
            state.paths[state.source] = pending.file.path
            return true
        } catch {
            fail(error, &state)
            return false
        }
    }

    /// Reads on in the open file; nil when it gave nothing more and was closed.
    private func readBatch(_ state: inout State) -> Batch? {
        guard let stream = state.stream else { return nil }
        var batch = Batch(source: state.source, path: stream.file.path, articles: [])
        var bytes = 0
        do throws(ArticlesError) {
            while bytes < Self.batchBytes {
                let next = try stream.next()
                note(stream.takeProblems(), &state)
                guard let article = next else {
                    close(stream, &state)
                    break
                }
                bytes += article.text.count + 64
                noteID(of: article, &state)
                batch.articles.append(article)
            }
        } catch {
            fail(error, &state)
            state.outcome.failed.insert(state.source)
            state.stream = nil
        }
        return batch.articles.isEmpty ? nil : batch
    }

    /// Reports a file that could not be read to its end; what was indexed of it before stays.
    private func fail(_ error: ArticlesError, _ state: inout State) {
        let isKept = state.files[state.next - 1].replaces != nil
        state.outcome.report.problems.append(isKept ? .outdated(error) : .article(error))
    }

    /// Reports what a stream met on its way. Of lines that gave no article the first of a file are reported one by
    /// one, and a file full of them in sum.
    private func note(_ problems: [ArticlesError], _ state: inout State) {
        for problem in problems {
            if problem.concernsOneLine { state.skippedLines += 1 }
            guard !problem.concernsOneLine || state.skippedLines <= Self.linesReported else { continue }
            state.outcome.report.problems.append(.article(problem))
        }
    }

    /// Records the file that has been read to its end.
    private func close(_ stream: ArticleStream, _ state: inout State) {
        let pending = state.files[state.next - 1]
        if state.skippedLines > Self.linesReported {
            let more = state.skippedLines - Self.linesReported
            state.outcome.report.problems.append(.moreLinesSkipped(stream.file.path, lines: more))
        }
        let rootLength = stream.file.path.bytes.count - stream.file.id.count
        writer.add(
            SourceRecord(
                id: state.source, path: stream.file.path, rootLength: max(0, rootLength), size: stream.status.size,
                modified: TrustedTime.of(stream.status), changed: stream.status.changed,
                contentHash: stream.contentHash ?? 0, skippedLines: state.skippedLines,
                encoding: stream.encoding?.name.description ?? "",
                requestedEncoding: pending.decoding.encoding?.description ?? "",
                replacedBytes: stream.replacedBytes))
        if let replaced = pending.replaces {
            state.outcome.superseded.insert(replaced)
            state.outcome.report.changedFiles += 1
        } else {
            state.outcome.report.addedFiles += 1
        }
        state.stream = nil
    }

    private func noteID(of article: Article, _ state: inout State) {
        guard let other = state.ids.updateValue(state.source, forKey: article.id), other != state.source,
            let path = state.paths[state.source], let otherPath = state.paths[other]
        else { return }
        state.outcome.report.problems.append(.sharedID(article.id, path, otherPath))
    }

    /// Adds a batch's counts to the report.
    func record(_ result: BatchResult) {
        state.withLock { state in
            state.outcome.report.articles += result.articles
            state.outcome.report.paragraphs += result.paragraphs
            state.outcome.report.textBytes += result.textBytes
            state.outcome.report.problems += result.problems
        }
    }

    func outcome() -> Outcome { state.withLock { $0.outcome } }
}
