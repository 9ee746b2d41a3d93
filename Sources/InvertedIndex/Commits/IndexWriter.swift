internal import Bytes
public import Storage
internal import Synchronization

/// The one writer of an index: collects new segments, deletions and sources, and commits them at once.
///
/// Until ``commit()`` returns, readers and a writer after a crash see the commit before; from then on, the new
/// one. A writer that goes without committing leaves files behind that the next one removes.
public final class IndexWriter: Sendable {
    private struct State {
        var manifest: Manifest
        var live: [UInt64: LiveSet] = [:]
        var sources: [UInt32: SourceRecord]
        var changedLive: Set<UInt64> = []
        var sourcesChanged = false
        var added: [SegmentInfo] = []
        /// Segments begun here and not committed yet; their files are no leftovers.
        var begun: Set<UInt64> = []
        /// Segments of the last commit that the next one leaves out.
        var dropped: Set<UInt64> = []
        /// Generation of the last attempt to commit, whatever came of it.
        var attempted: UInt64 = 0

        /// Segments of the last commit that the next one keeps.
        var kept: [SegmentInfo] { manifest.segments.filter { !dropped.contains($0.id) } }
    }

    private let storage: any Storage
    private let lock: any WriterLock
    private let analyzer: String
    private let state: Mutex<State>

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
    ///   - waiting: called before another writer is waited for; nil waits for none.
    /// - Throws: ``IndexError``; notably `.storage(.locked)` when another writer is at work and not waited for.
    public convenience init(_ storage: any Storage, analyzer: String, waiting: WriterWait? = nil) throws(IndexError)
    {
        let lock = try IndexError.storage { () throws(StorageError) in try storage.lock(waiting: waiting) }
        try self.init(storage, lock: lock, analyzer: analyzer, takeover: .all)
    }

    init(_ storage: any Storage, lock: any WriterLock, analyzer: String, takeover: Takeover) throws(IndexError) {
        self.storage = storage
        self.lock = lock
        var manifest = Manifest(analyzer: analyzer)
        if let found = try IndexSnapshot.readManifest(storage) {
            guard found.analyzer == analyzer || takeover == .sources else {
                throw .otherAnalyzer(location: storage.location, found: found.analyzer, expected: analyzer)
            }
            manifest = found
        }
        let table = try IndexSnapshot.readSources(manifest, storage)
        let records = try IndexError.format { () throws(FormatError) in try table.all() }
        var opened = State(manifest: manifest, sources: Dictionary(records.map { ($0.id, $0) }) { $1 })
        switch takeover {
        case .all: break
        case .allBut(let segments): opened.dropped = segments
        case .sources: opened.dropped = Set(manifest.segments.map(\.id))
        }
        // Nothing is added to an index that cannot be searched.
        for info in opened.kept { _ = try SegmentReader(info, in: storage) }
        self.analyzer = analyzer
        state = Mutex(opened)
        // The writer before may have ended between the rename of its manifest and the sync of the directory. Were
        // that rename undone by a power cut, and the removal of the older commit's files not, none would be left.
        try IndexError.storage { () throws(StorageError) in try storage.sync() }
        try removeLeftovers()
    }

    /// Every source in the index, with what was added and removed since the last commit.
    public var sources: [SourceRecord] { state.withLock { Array($0.sources.values) } }

    /// Whether there has been no commit yet.
    public var isNew: Bool { state.withLock { $0.manifest.generation == 0 } }

    /// The live articles of the last commit: their ids and the sources they came from. O(articles).
    ///
    /// - Parameter excluded: sources left out.
    public func articles(excluding excluded: Set<UInt32>) throws(IndexError) -> [[UInt8]: UInt32] {
        var found: [[UInt8]: UInt32] = [:]
        for info in state.withLock({ $0.kept }) {
            let reader = try SegmentReader(info, in: storage)
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
        let id = state.withLock { state in
            defer { state.manifest.nextSegment += 1 }
            state.begun.insert(state.manifest.nextSegment)
            return state.manifest.nextSegment
        }
        return try SegmentBuilder(id: id, storage: storage, memoryBudget: memoryBudget)
    }

    /// A number for a new source; numbers are never used twice.
    public func makeSourceID() -> UInt32 {
        state.withLock { state in
            defer { state.manifest.nextSource += 1 }
            return state.manifest.nextSource
        }
    }

    /// Takes a finished segment into the next commit.
    public func add(_ segment: SegmentInfo) { state.withLock { $0.added.append(segment) } }

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
        let segments = state.withLock { $0.kept + $0.added }
        for info in segments {
            let reader = try SegmentReader(info, in: storage)
            var live =
                state.withLock { $0.live[info.id] } ?? reader.live ?? LiveSet(articleCount: info.articleCount)
            let before = live.deletedCount
            try IndexError.format { () throws(FormatError) in
                for article in 0..<info.articleCount
                where ids.contains(try reader.articles.source(ofArticle: article)) {
                    live.delete(article)
                }
            }
            guard live.deletedCount > before else { continue }
            let changed = live
            state.withLock { state in
                state.live[info.id] = changed
                state.changedLive.insert(info.id)
            }
        }
        state.withLock { state in
            for id in ids { state.sources[id] = nil }
            state.sourcesChanged = true
        }
    }

    /// Makes everything since the last commit durable and visible at once.
    ///
    /// In this order: new files (each synced as it is finished), the directory, the new manifest beside the old
    /// one, its rename over the old one, the directory. Any failure leaves the old commit in force, but for one in the
    /// last sync: then readers see the new commit, and a power cut decides. Committing can be tried again.
    ///
    /// Builders may go on meanwhile, but nothing may be added or removed by another thread until this returns.
    ///
    /// - Returns: false when there was nothing to commit.
    @discardableResult
    public func commit() throws(IndexError) -> Bool {
        var (next, live, sources, sourcesChanged) = state.withLock { state in
            (
                state.manifest, state.live.filter { state.changedLive.contains($0.key) }, state.sources,
                state.sourcesChanged
            )
        }
        let (added, kept, dropped) = state.withLock { ($0.added, $0.kept, $0.dropped) }
        let isFirst = next.generation == 0
        let isSame = next.analyzer == analyzer && dropped.isEmpty && added.isEmpty && live.isEmpty
        guard isFirst || sourcesChanged || !isSame else { return false }
        // A commit that failed may have left a manifest that names its files: another attempt writes other ones.
        next.generation = state.withLock { state in
            state.attempted = max(state.attempted, state.manifest.generation) + 1
            return state.attempted
        }
        next.analyzer = analyzer
        next.segments = kept + added.sorted { $0.id < $1.id }
        for index in next.segments.indices {
            guard let set = live.removeValue(forKey: next.segments[index].id) else { continue }
            next.segments[index].liveGeneration = next.generation
            next.segments[index].deletedArticles = set.deletedCount
            let id = next.segments[index].id
            let name = IndexFile.live.name(id, generation: next.generation)
            try writeTwice(.live, name: name, owner: id, set.encoded())
        }
        // A segment with no live article left has nothing to say.
        next.segments.removeAll { $0.deletedArticles == $0.articleCount }
        if sourcesChanged || isFirst {
            next.sourcesGeneration = next.generation
            let name = IndexFile.sources.name(next.generation)
            let body = SourceTable.encode(Array(sources.values))
            try writeTwice(.sources, name: name, owner: next.generation, body)
        }
        try write(.manifest, name: IndexFile.manifestCopyName(next.generation), owner: 0, next.encoded())
        try IndexError.storage { () throws(StorageError) in try storage.sync() }
        try write(.manifest, name: Self.newManifest, owner: 0, next.encoded())
        try IndexError.storage { () throws(StorageError) in
            try storage.rename(Self.newManifest, to: IndexFile.manifest.name(0))
            try storage.sync()
        }
        let committed = next
        state.withLock { state in
            state.manifest = committed
            state.changedLive = []
            state.live = state.live.filter { entry in committed.segments.contains { $0.id == entry.key } }
            state.sourcesChanged = false
            state.added = []
            state.dropped = []
            state.begun.subtract(added.map(\.id))
        }
        // The commit stands; what could not be removed now, the next one removes.
        try? removeLeftovers()
        return true
    }

    /// The name under which a manifest, or what is to replace a small file, is written.
    static let newManifest = "manifest.new"

    private func write(_ kind: IndexFile, name: String, owner: UInt64, _ body: [UInt8]) throws(IndexError) {
        let file = try IndexFileWriter(kind, name: name, owner: owner, in: storage)
        try file.append(body)
        try file.finish()
    }

    /// Writes a small file that nothing else could replace, and a second copy of it.
    private func writeTwice(_ kind: IndexFile, name: String, owner: UInt64, _ body: [UInt8]) throws(IndexError) {
        try write(kind, name: name, owner: owner, body)
        try write(kind, name: IndexFile.copyName(name), owner: owner, body)
    }

    /// Removes files of this program that the last commit does not name.
    private func removeLeftovers() throws(IndexError) {
        let (needed, begun) = state.withLock { ($0.manifest.files, $0.begun.map { "segment-\($0)." }) }
        try IndexError.storage { () throws(StorageError) in
            for name in try storage.names() where IndexFile.isOurs(name) && !needed.contains(name) {
                if begun.contains(where: { name.hasPrefix($0) }) { continue }
                try storage.remove(name)
            }
        }
    }
}
