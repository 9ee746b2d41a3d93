internal import InvertedIndex
internal import Model
internal import Synchronization

/// Hands the stored articles of segments to workers, a batch at a time.
final class StoredArticleFeed: Sendable {
    private struct State: ~Copyable {
        var segments: ArraySlice<StoredArticles>
        var reader: StoredArticleReader?
        var counts = Counts()
    }

    /// What was handed out.
    struct Counts: Sendable {
        var articles = 0
        var paragraphs = 0
        var textBytes = 0
        /// The sources of articles that could not be read; nil for one whose source cannot be told.
        var lostSources: Set<UInt32?> = []
    }

    private static let batchBytes = 1 << 20
    private let state: Mutex<State>

    init(_ segments: [StoredArticles]) { state = Mutex(State(segments: segments[...])) }

    var counts: Counts { state.withLock { $0.counts } }

    /// The next articles; none when all have been read.
    func nextBatch() throws -> [StoredArticles.Stored] {
        try state.withLock { state throws(IndexError) in
            var batch: [StoredArticles.Stored] = []
            var bytes = 0
            while bytes < Self.batchBytes {
                if state.reader == nil {
                    guard let segment = state.segments.popFirst() else { break }
                    state.reader = StoredArticleReader(segment)
                }
                guard let next = try state.reader?.next() else {
                    state.counts.lostSources.formUnion(state.reader?.lostSources ?? [])
                    state.reader = nil
                    continue
                }
                bytes += next.article.text.count + 64
                state.counts.articles += 1
                state.counts.paragraphs += next.article.paragraphs.count
                state.counts.textBytes += next.article.text.count
                batch.append(next)
            }
            return batch
        }
    }
}
