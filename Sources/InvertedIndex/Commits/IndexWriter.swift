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
        /// The table of sources as the last commit has it.
        var sourceLayers: [SourceLayer]
        /// Sources added, replaced or removed since.
        var changedSources: Set<UInt32> = []
        /// Generation of the last attempt to commit, whatever came of it.
        var attempted: UInt64 = 0

        /// Segments of the commit that are not taken over.
        func segments(notIn entries: [SegmentList.Entry]) -> Set<UInt64> {
            Set(manifest.segments.map(\.id)).subtracting(entries.map(\.info.id))
        }
    }

    let storage: any Storage
    private let lock: any WriterLock
    let analyzer: String
    private let takeover: Takeover
    let state: Mutex<State>
    let segments: SegmentList
    let opened: OpenedSegments
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

        /// Whether the segment with this id is taken over.
        func includes(_ id: UInt64) -> Bool {
            switch self {
            case .all: true
            case .allBut(let ids): !ids.contains(id)
            case .sources: false
            }
        }
    }

    /// Opens the index for writing, or begins one.
    ///
    /// - Parameters:
    ///   - analyzer: the fingerprint to write; an index of another is refused.
    ///   - merging: which segments are merged in the background, as they are added; nil for none.
    ///   - waiting: called before another writer is waited for; nil waits for none.
    ///   - isInterrupted: asked every so often while segments are merged; once it says so, merging is given up.
    ///   - onMerge: told as often, from the thread that merges.
    /// - Throws: ``IndexError``; notably `.storage(.locked)` when another writer is at work and not waited for.
    public convenience init(
        _ storage: any Storage, analyzer: String, merging: MergePolicy? = nil, waiting: WriterWait? = nil,
        isInterrupted: @escaping @Sendable () -> Bool = { false }, onMerge: (@Sendable (MergeStage) -> Void)? = nil
    ) throws(IndexError) {
        let lock = try IndexError.storage { () throws(StorageError) in try storage.lock(waiting: waiting) }
        try self.init(
            storage, lock: lock, analyzer: analyzer, merging: merging, isInterrupted: isInterrupted,
            onMerge: onMerge)
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
        takeover: Takeover = .all, sampleSize: Int = VocabularyTrainer.sampleSize,
        isInterrupted: @escaping @Sendable () -> Bool = { false }, onMerge: (@Sendable (MergeStage) -> Void)? = nil
    ) throws(IndexError) {
        self.storage = storage
        self.lock = lock
        self.analyzer = analyzer
        self.takeover = takeover
        opened = OpenedSegments(storage, shelf)
        let (commit, entries) = try Self.read(storage, analyzer, opened, takeover)
        segments = SegmentList(
            entries, nextID: commit.manifest.nextSegment, leavingOut: commit.segments(notIn: entries))
        let newest = entries.map(\.info.vocabulary).max() ?? 0
        let vocabulary = try shelf.vocabulary(newest, in: storage)
        vocabularies = VocabularySource(
            try IndexError.format { () throws(FormatError) in try vocabulary?.read() },
            number: commit.manifest.generation + 1, storage: storage,
            sampleSize: sampleSize)
        merges = MergeScheduler(
            segments, in: storage, policy: merging, vocabularies: vocabularies, shelf: shelf,
            isInterrupted: isInterrupted, onMerge: onMerge)
        state = Mutex(commit)
        try settle(sparing: nil)
        if isNew { try IndexFile.begin(in: storage) }
    }

    /// Makes the last commit last, and removes what is not of it.
    private func settle(sparing name: String?) throws(IndexError) {
        // Its writer may have failed or ended between the rename of the manifest and the sync of the directory. Were that
        // rename undone by a power cut, and the removal of the older commit's files not, none would be left.
        try sync()
        try removeLeftovers(sparing: name)
    }

    /// The last commit, and those of its segments that are taken over, opened: nothing is added to an index that cannot
    /// be searched.
    private static func read(
        _ storage: any Storage, _ analyzer: String, _ opened: OpenedSegments, _ takeover: Takeover
    ) throws(IndexError) -> (State, [SegmentList.Entry]) {
        var manifest = Manifest(analyzer: analyzer)
        var last: Manifest?
        do throws(IndexError) { last = try IndexSnapshot.manifest(of: storage) } catch .noIndex {}
        if let found = last {
            guard found.analyzer == analyzer || takeover == .sources else {
                throw .otherAnalyzer(location: storage.location, found: found.analyzer, expected: analyzer)
            }
            manifest = found
        }
        let layers = try IndexSnapshot.readSourceLayers(manifest, storage)
        let records = try IndexError.format { () throws(FormatError) in try SourceTable(layers).all() }
        // Numbers given out from here on are others.
        if records.contains(where: { $0.id >= manifest.nextSource }) {
            throw .format(
                .malformed(
                    file: storage.location + "/" + IndexFile.manifest.name(0), offset: 0, rule: .valueOutOfRange))
        }
        var entries: [SegmentList.Entry] = []
        for info in manifest.segments where takeover.includes(info.id) {
            entries.append(SegmentList.Entry(info: info, live: try opened.reader(info).live))
        }
        let sources = Dictionary(records.map { ($0.id, $0) }) { $1 }
        return (State(manifest: manifest, sources: sources, sourceLayers: layers), entries)
    }

    /// Gives up everything since the last commit: for a writer that goes on after something failed halfway. No builder
    /// may be at work; a merge that runs is waited for.
    ///
    /// - Throws: when the last commit cannot be read; then nothing has changed, and nothing must be committed before
    ///   this succeeds.
    public func rollBack() throws(IndexError) {
        let again = OpenedSegments(storage, shelf)
        let (commit, entries) = try Self.read(storage, analyzer, again, takeover)
        // A directory that is not there for a while must not be taken for an index of nothing.
        guard commit.manifest.generation >= state.withLock({ $0.manifest.generation }) else {
            throw .noIndex(location: storage.location)
        }
        merges.whenIdle {
            segments.reset(
                entries, nextID: commit.manifest.nextSegment, leavingOut: commit.segments(notIn: entries))
        }
        opened.keep([])
        state.withLock { state in
            // Numbers given out since the last commit may be in use on disk.
            let (attempted, nextSource) = (
                max(state.attempted, state.manifest.generation), state.manifest.nextSource
            )
            state = commit
            state.attempted = attempted
            state.manifest.nextSource = max(state.manifest.nextSource, nextSource)
        }
        try settle(sparing: vocabularies.fileName)
    }

    // No file may be written under a name that another writer could give out.
    deinit { merges.cancel() }

    /// Every source in the index, with what was added and removed since the last commit.
    public var sources: [SourceRecord] { state.withLock { Array($0.sources.values) } }

    /// Whether there has been no commit yet.
    public var isNew: Bool { state.withLock { $0.manifest.generation == 0 } }

    public var hasSources: Bool { state.withLock { !$0.sources.isEmpty } }

    /// The source of this number.
    public func source(_ id: UInt32) -> SourceRecord? { state.withLock { $0.sources[id] } }

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

    /// Writes and syncs a segment of what builders were given, one's articles behind another's, and takes it into the next commit.
    ///
    /// A query asks every segment anew: one takes less time than as many as there were threads. Where one has no room for so many
    /// paragraphs, some four billion, there are more.
    ///
    /// - Parameter builders: of this writer, each once. They are spent.
    /// - Throws: ``IndexError``. Files that were begun are nobody's then, and go with the next commit or ``rollBack()``.
    /// - Complexity: O(bytes of the segment), and for the articles of all builders but the largest one copy more.
    public func finish(_ builders: consuming [SegmentBuilder]) throws(IndexError) {
        // The fewest are copied.
        builders.sort { ($1.paragraphCount, $0.id) < ($0.paragraphCount, $1.id) }
        guard let first = builders.first else { return }
        while builders.count > 1 {
            let other = builders.remove(at: 1)
            if first.hasRoom(for: other) {
                // Its files are leftovers from here on.
                defer { segments.giveUp(other.id) }
                try first.append(other)
            } else {
                segments.add(try other.finish())
            }
        }
        segments.add(try first.finish())
        merges.schedule()
    }

    /// Takes a source into the next commit, replacing the record of that id.
    public func add(_ source: SourceRecord) {
        state.withLock { state in
            state.sources[source.id] = source
            state.manifest.nextSource = max(state.manifest.nextSource, source.id &+ 1)
            state.changedSources.insert(source.id)
        }
    }

    /// Merges all segments into as few as possible (one, but for indexes of billions of paragraphs), without what is
    /// deleted. The next commit makes that the index.
    ///
    /// - Returns: false when there was nothing to do.
    /// - Throws: ``IndexError``; the segments are then as they were, or some of them merged.
    /// - Complexity: O(bytes of the index), and as many bytes are written.
    public func mergeAll() throws(IndexError) -> Bool { try merges.mergeAll() }

    /// Whether a merge is running or due.
    public var isMerging: Bool { merges.isAtWork }

    /// Returns when no merge is due any more.
    public func finishMerges() { merges.finish() }

    /// What merges in the background failed with. A merge that fails leaves the segments as they were.
    public var mergeFailures: [IndexError] { merges.failures }
}
