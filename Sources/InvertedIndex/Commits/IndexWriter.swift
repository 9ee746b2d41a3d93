internal import Bytes
public import Storage
internal import Synchronization

/// The one writer of an index: collects new segments, deletions and sources, and commits them at once.
///
/// Until ``commit()`` returns, readers and a writer after a crash see the commit before; from then on, the new
/// one. A writer that goes without committing leaves files behind that the next one removes.
///
/// Segments are merged meanwhile (see <doc:Merging>): a merged one is in the next commit, in place of those it was made
/// of.
public final class IndexWriter: Sendable {
    struct State {
        /// Of the last commit, but for the number of the next source.
        var manifest: Manifest
        var sources: [UInt32: SourceRecord]
        var sourcesChanged = false
        /// Generation of the last attempt to commit, whatever came of it.
        var attempted: UInt64 = 0
    }

    let storage: any Storage
    private let lock: any WriterLock
    let analyzer: String
    let state: Mutex<State>
    let segments: SegmentList
    private let shelf = VocabularyShelf()
    let vocabularies: VocabularySource
    private let merges: MergeScheduler

    /// What a writer takes over from the last commit.
    enum Takeover: Equatable {
        /// Everything; an index of another analyzer is refused.
        case all
        /// Everything but these segments, which cannot be read any more.
        case allBut(Set<UInt64>)
        /// The sources, and no segment: the next commit has new ones, by an analyzer that may be another.
        case sources
    }

    /// Opens the index for writing, or begins one.
    ///
    /// - Parameters:
    ///   - analyzer: the fingerprint to write; an index of another is refused.
    ///   - merging: which segments are merged in the background, as they are added; nil for none.
    ///   - waiting: called before another writer is waited for; nil waits for none.
    /// - Throws: ``IndexError``; notably `.storage(.locked)` when another writer is at work and not waited for.
    public convenience init(
        _ storage: any Storage, analyzer: String, merging: MergePolicy? = nil, waiting: WriterWait? = nil
    ) throws(IndexError) {
        let lock = try IndexError.storage { () throws(StorageError) in try storage.lock(waiting: waiting) }
        try self.init(storage, lock: lock, analyzer: analyzer, merging: merging)
    }

    convenience init(
        _ storage: any Storage, analyzer: String, merging: MergePolicy? = nil, sampleSize: Int
    ) throws(IndexError) {
        let lock = try IndexError.storage { () throws(StorageError) in try storage.lock() }
        try self.init(storage, lock: lock, analyzer: analyzer, merging: merging, sampleSize: sampleSize)
    }

    /// - Parameter sampleSize: bytes of text that a vocabulary is learnt from.
    init(
        _ storage: any Storage, lock: any WriterLock, analyzer: String, merging: MergePolicy? = nil,
        takeover: Takeover = .all, sampleSize: Int = VocabularyTrainer.sampleSize
    ) throws(IndexError) {
        self.storage = storage
        self.lock = lock
        self.analyzer = analyzer
        var manifest = Manifest(analyzer: analyzer)
        if let found = try IndexSnapshot.readManifest(storage) {
            guard found.analyzer == analyzer || takeover == .sources else {
                throw .otherAnalyzer(location: storage.location, found: found.analyzer, expected: analyzer)
            }
            manifest = found
        }
        let table = try IndexSnapshot.readSources(manifest, storage)
        let records = try IndexError.format { () throws(FormatError) in try table.all() }
        let dropped: Set<UInt64> =
            switch takeover {
            case .all: []
            case .allBut(let ids): ids
            case .sources: Set(manifest.segments.map(\.id))
            }
        // Nothing is added to an index that cannot be searched.
        let kept = manifest.segments.filter { !dropped.contains($0.id) }
        for info in kept { _ = try SegmentReader(info, in: storage, shelf: shelf) }
        let newest = kept.map(\.vocabulary).max() ?? 0
        vocabularies = VocabularySource(
            try shelf.vocabulary(newest, in: storage), number: manifest.generation + 1, storage: storage,
            sampleSize: sampleSize)
        segments = SegmentList(manifest, dropping: dropped)
        merges = MergeScheduler(segments, in: storage, policy: merging, vocabularies: vocabularies, shelf: shelf)
        state = Mutex(State(manifest: manifest, sources: Dictionary(records.map { ($0.id, $0) }) { $1 }))
        // The writer before may have ended between the rename of its manifest and the sync of the directory. Were
        // that rename undone by a power cut, and the removal of the older commit's files not, none would be left.
        try IndexError.storage { () throws(StorageError) in try storage.sync() }
        try removeLeftovers(sparing: nil)
    }

    // No file may be written under a name that another writer could give out.
    deinit { merges.cancel() }

    /// Every source in the index, with what was added and removed since the last commit.
    public var sources: [SourceRecord] { state.withLock { Array($0.sources.values) } }

    /// Whether there has been no commit yet.
    public var isNew: Bool { state.withLock { $0.manifest.generation == 0 } }

    /// The live articles of the last commit: their ids and the sources they came from. O(articles).
    ///
    /// - Parameter excluded: sources left out.
    public func articles(excluding excluded: Set<UInt32>) throws(IndexError) -> [[UInt8]: UInt32] {
        var found: [[UInt8]: UInt32] = [:]
        for info in state.withLock({ $0.manifest.segments }) {
            let reader = try SegmentReader(info, in: storage, shelf: shelf)
            try IndexError.format { () throws(FormatError) in
                for article in 0..<info.articleCount where reader.live?.isDeleted(article) != true {
                    let source = try reader.articles.source(ofArticle: article)
                    if !excluded.contains(source) { found[try reader.articles.record(article).id] = source }
                }
            }
        }
        return found
    }

    /// A builder for one more segment; several may work at the same time, each on its thread.
    ///
    /// - Parameter memoryBudget: bytes of memory the builder may take before it is full.
    public func makeSegmentBuilder(memoryBudget: Int) throws(IndexError) -> SegmentBuilder {
        let id = segments.begin()
        return try SegmentBuilder(
            id: id, storage: storage, memoryBudget: memoryBudget, vocabularies: vocabularies)
    }

    /// A number for a new source; numbers are never used twice.
    public func makeSourceID() -> UInt32 {
        state.withLock { state in
            defer { state.manifest.nextSource += 1 }
            return state.manifest.nextSource
        }
    }

    /// Takes a finished segment into the next commit.
    public func add(_ segment: SegmentInfo) {
        segments.add(segment)
        merges.schedule()
    }

    /// Takes a source into the next commit, replacing the record of that id.
    public func add(_ source: SourceRecord) {
        state.withLock { state in
            state.sources[source.id] = source
            state.manifest.nextSource = max(state.manifest.nextSource, source.id &+ 1)
            state.sourcesChanged = true
        }
    }

    /// Deletes sources and all their articles, in earlier commits and in segments added since.
    public func remove(sources ids: Set<UInt32>) throws(IndexError) {
        guard !ids.isEmpty else { return }
        // Until the list has no segment that was not looked at: a merge may end meanwhile, and what it made must be
        // looked at in place of what it was made of.
        var seen: Set<UInt64> = []
        while let info = segments.first(notIn: seen)?.info {
            seen.insert(info.id)
            let reader: SegmentReader
            do throws(IndexError) { reader = try SegmentReader(info, in: storage, shelf: shelf) } catch {
                if segments.entry(info.id) == nil { continue }
                throw error
            }
            let deleted = try IndexError.format { () throws(FormatError) in
                var deleted: [Int] = []
                for article in 0..<info.articleCount
                where ids.contains(try reader.articles.source(ofArticle: article)) {
                    deleted.append(article)
                }
                return deleted
            }
            segments.delete(deleted, of: info.id, live: reader.live)
        }
        state.withLock { state in
            for id in ids { state.sources[id] = nil }
            state.sourcesChanged = true
        }
    }

    /// Merges all segments into as few as possible (one, but for indexes of billions of paragraphs), without what is
    /// deleted. The next commit makes that the index.
    ///
    /// - Returns: false when there was nothing to do.
    /// - Throws: ``IndexError``; the segments are then as they were, or some of them merged.
    /// - Complexity: O(bytes of the index), and as many bytes are written.
    public func mergeAll() throws(IndexError) -> Bool { try merges.mergeAll() }

    /// Returns when no merge is due any more.
    public func finishMerges() { merges.finish() }

    /// What merges in the background failed with. A merge that fails leaves the segments as they were.
    public var mergeFailures: [IndexError] { merges.failures }
}
