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
        var sources: [UInt32: SourceRecord]
        /// The table of sources as the last commit has it.
        var sourceLayers: [SourceLayer]
        /// Sources added, replaced or removed since.
        var changedSources: Set<UInt32> = []
        /// The segments in use, by id: those of the last commit, and those added since that have been looked into.
        var segments: [UInt64: WritableSegment] = [:]
        var added: [SegmentInfo] = []
        /// Segments begun here and not committed yet; their files are no leftovers.
        var begun: Set<UInt64> = []
        /// Generation of the last attempt to commit, whatever came of it.
        var attempted: UInt64 = 0
    }

    private let storage: any Storage
    private let analyzer: String
    private let lock: any WriterLock
    private let state: Mutex<State>

    /// Opens the index for writing, or begins one.
    ///
    /// - Parameter analyzer: the fingerprint to write; an index of another is refused.
    /// - Throws: ``IndexError``; notably `.storage(.locked)` when another writer is at work.
    public init(_ storage: any Storage, analyzer: String) throws(IndexError) {
        self.storage = storage
        self.analyzer = analyzer
        lock = try IndexError.storage { () throws(StorageError) in try storage.lock() }
        state = Mutex(try Self.read(storage, analyzer))
        // The writer before may have ended between the rename of its manifest and the sync of the directory. Were
        // that rename undone by a power cut, and the removal of the older commit's files not, none would be left.
        try IndexError.storage { () throws(StorageError) in try storage.sync() }
        try removeLeftovers()
    }

    /// The last commit, opened.
    private static func read(_ storage: any Storage, _ analyzer: String) throws(IndexError) -> State {
        var manifest = Manifest(analyzer: analyzer)
        if let found = try IndexSnapshot.readManifest(storage) {
            guard found.analyzer == analyzer else {
                throw .otherAnalyzer(location: storage.location, found: found.analyzer, expected: analyzer)
            }
            manifest = found
        }
        let layers = try IndexSnapshot.readSourceLayers(manifest, storage)
        let records = try IndexError.format { () throws(FormatError) in try SourceTable(layers).all() }
        var state = State(
            manifest: manifest, sources: Dictionary(records.map { ($0.id, $0) }) { $1 }, sourceLayers: layers)
        // Nothing is added to an index that cannot be searched.
        for info in manifest.segments {
            state.segments[info.id] = WritableSegment(try SegmentReader(info, in: storage))
        }
        return state
    }

    /// Gives up everything since the last commit: for a writer that goes on after something failed halfway. No builder
    /// may be at work.
    ///
    /// - Throws: when the last commit cannot be read; then nothing has changed.
    public func rollBack() throws(IndexError) {
        let attempted = state.withLock { max($0.attempted, $0.manifest.generation) }
        var fresh = try Self.read(storage, analyzer)
        // Numbers given out since the last commit may be in use on disk.
        fresh.attempted = attempted
        let restored = fresh
        state.withLock { state in
            let (segment, source) = (state.manifest.nextSegment, state.manifest.nextSource)
            state = restored
            state.manifest.nextSegment = max(state.manifest.nextSegment, segment)
            state.manifest.nextSource = max(state.manifest.nextSource, source)
        }
        try removeLeftovers()
    }

    /// Every source in the index, with what was added and removed since the last commit.
    public var sources: [SourceRecord] { state.withLock { Array($0.sources.values) } }

    public var hasSources: Bool { state.withLock { !$0.sources.isEmpty } }

    /// The source of this number.
    public func source(_ id: UInt32) -> SourceRecord? { state.withLock { $0.sources[id] } }

    /// Whether there has been no commit yet.
    public var isNew: Bool { state.withLock { $0.manifest.generation == 0 } }

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
            state.changedSources.insert(source.id)
        }
    }

    /// Drops the records of sources whose articles have been deleted.
    func removeRecords(_ ids: Set<UInt32>) {
        state.withLock { state in
            for id in ids where state.sources.removeValue(forKey: id) != nil { state.changedSources.insert(id) }
        }
    }

    /// Calls `body` with every segment of the next commit, opened.
    func forEachSegment(_ body: (UInt64, inout WritableSegment) throws(FormatError) -> Void) throws(IndexError) {
        try state.withLock { (state) throws(IndexError) in
            for info in state.manifest.segments + state.added {
                if state.segments[info.id] == nil {
                    state.segments[info.id] = WritableSegment(try SegmentReader(info, in: storage))
                }
                try IndexError.format { () throws(FormatError) in
                    // In place: a copy of what is deleted would cost more than most changes.
                    try body(info.id, &state.segments[info.id]!)
                }
            }
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
        var (next, added, changed, hasChangedSources) = state.withLock { state in
            (
                state.manifest, state.added, state.segments.filter(\.value.isChanged).mapValues(\.live),
                !state.changedSources.isEmpty
            )
        }
        guard next.generation == 0 || hasChangedSources || !added.isEmpty || !changed.isEmpty else { return false }
        // A commit that failed may have left a manifest that names its files: another attempt writes other ones.
        next.generation = state.withLock { state in
            state.attempted = max(state.attempted, state.manifest.generation) + 1
            return state.attempted
        }
        next.segments += added.sorted { $0.id < $1.id }
        for index in next.segments.indices {
            guard let live = changed[next.segments[index].id] else { continue }
            next.segments[index].liveGeneration = next.generation
            next.segments[index].deletedArticles = live.deletedCount
            let id = next.segments[index].id
            try write(.live, name: IndexFile.live.name(id, generation: next.generation), owner: id, live.encoded())
        }
        // A segment with no live article left has nothing to say.
        next.segments.removeAll { $0.deletedArticles == $0.articleCount }
        let layers = try writeSources(generation: next.generation)
        next.sourceLayers = layers.map(\.generation)
        try IndexError.storage { () throws(StorageError) in try storage.sync() }
        try write(.manifest, name: Self.newManifest, owner: 0, next.encoded())
        try IndexError.storage { () throws(StorageError) in
            try storage.rename(Self.newManifest, to: IndexFile.manifest.name(0))
            try storage.sync()
        }
        let committed = next
        state.withLock { state in
            state.manifest = committed
            state.sourceLayers = layers
            state.changedSources = []
            let ids = Set(committed.segments.map(\.id))
            state.segments = state.segments.filter { ids.contains($0.key) }
            for id in changed.keys { state.segments[id]?.isChanged = false }
            state.added = []
            state.begun.subtract(added.map(\.id))
        }
        // The commit stands; what could not be removed now, the next one removes.
        try? removeLeftovers()
        return true
    }

    /// Writes a layer of the sources that have changed; gives the layers of the table with it.
    private func writeSources(generation: UInt64) throws(IndexError) -> [SourceLayer] {
        let (sources, changed, layers) = state.withLock { ($0.sources, $0.changedSources, $0.sourceLayers) }
        guard !changed.isEmpty else { return layers }
        let merged = SourceTable.mergedCount(of: changed.count, below: layers.map(\.count))
        var ids = changed
        for layer in layers.suffix(merged) {
            ids.formUnion(try IndexError.format { () throws(FormatError) in try layer.allIDs() })
        }
        // What the oldest layer removes, nothing below it has.
        let removed = merged == layers.count ? [] : ids.filter { sources[$0] == nil }
        let body = SourceLayer.encode(
            ids.compactMap { sources[$0] }, removed: Array(removed), total: sources.count)
        try write(.sources, name: IndexFile.sources.name(generation), owner: generation, body)
        return layers.dropLast(merged) + [try SourceLayer(generation: generation, in: storage)]
    }

    private static let newManifest = "manifest.new"

    private func write(_ kind: IndexFile, name: String, owner: UInt64, _ body: [UInt8]) throws(IndexError) {
        let file = try IndexFileWriter(kind, name: name, owner: owner, in: storage)
        try file.append(body)
        try file.finish()
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
