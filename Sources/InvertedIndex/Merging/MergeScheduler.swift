internal import Bytes
internal import Dispatch
internal import Storage
internal import Synchronization

/// Merges the segments of a list, one merge at a time, on a thread of its own beside those that add to the list.
///
/// What a merge has read is as good as when it began: it takes segments that never change. Its result takes the place
/// of its inputs in the list, with what has been deleted of them meanwhile deleted in it, and so is part of the next
/// commit. A merge that fails leaves the list as it was.
final class MergeScheduler: Sendable {
    private struct State {
        /// Segments that a merge has failed on; they are not tried again.
        var excluded: Set<UInt64> = []
        var failures: [IndexError] = []
    }

    private let segments: SegmentList
    private let storage: any Storage
    private let policy: MergePolicy?
    private let vocabularies: VocabularySource
    private let shelf: VocabularyShelf
    private let isInterrupted: @Sendable () -> Bool
    private let onMerge: (@Sendable (MergeStage) -> Void)?
    private let state = Mutex(State())
    private let isCancelled = Atomic(false)
    /// Looks after merges that have not ended.
    private let scheduled = Atomic(0)
    /// Merges run here, and nowhere else: so that there is never more than one.
    private let queue = DispatchQueue(label: "suoyin.merge", qos: .utility)

    /// - Parameters:
    ///   - policy: which merges are due; nil for none.
    ///   - vocabularies: what texts are coded with.
    ///   - shelf: keeps the vocabularies that are open already.
    ///   - isInterrupted: asked every so often while merging; once it says so, that is given up.
    ///   - onMerge: told as often.
    init(
        _ segments: SegmentList, in storage: any Storage, policy: MergePolicy?, vocabularies: VocabularySource,
        shelf: VocabularyShelf, isInterrupted: @escaping @Sendable () -> Bool = { false },
        onMerge: (@Sendable (MergeStage) -> Void)? = nil
    ) {
        self.segments = segments
        self.storage = storage
        self.policy = policy
        self.vocabularies = vocabularies
        self.shelf = shelf
        self.isInterrupted = isInterrupted
        self.onMerge = onMerge
    }

    /// What merges failed with; each left the segments as they were.
    var failures: [IndexError] { state.withLock { $0.failures } }

    /// Has what is due merged in the background.
    func schedule() {
        guard policy != nil else { return }
        scheduled.add(1, ordering: .relaxed)
        queue.async {
            self.mergeDue()
            self.scheduled.subtract(1, ordering: .relaxed)
        }
    }

    /// Whether a merge is running or due.
    var isAtWork: Bool { scheduled.load(ordering: .relaxed) > 0 }

    /// Calls `body` while no merge runs, nor any can begin.
    func whenIdle(_ body: () -> Void) { queue.sync(execute: body) }

    /// Returns when no merge is due any more.
    func finish() { queue.sync { mergeDue() } }

    /// Gives up the merge that is running, and returns when it has ended. There will be no more.
    func cancel() {
        isCancelled.store(true, ordering: .relaxed)
        queue.sync {}
    }

    /// Merges all segments into as few as possible, without what is deleted.
    ///
    /// - Returns: false when there was nothing to do.
    func mergeAll() throws(IndexError) -> Bool {
        try queue.sync { () -> Result<Bool, IndexError> in
            Result { () throws(IndexError) in
                let merges = MergePolicy.allMerges(candidates())
                for ids in merges { try merge(ids) }
                return !merges.isEmpty
            }
        }.get()
    }

    private var isGivenUp: Bool { isCancelled.load(ordering: .relaxed) || isInterrupted() }

    private func candidates() -> [MergePolicy.Segment] {
        segments.contents.entries.compactMap { entry in
            let info = entry.info
            // The next commit drops it.
            guard info.deletedArticles < info.articleCount else { return nil }
            return MergePolicy.Segment(
                id: info.id, size: info.size, paragraphs: info.paragraphCount,
                deletedShare: Double(info.deletedArticles) / Double(info.articleCount))
        }
    }

    private func mergeDue() {
        while let policy, !isGivenUp {
            let excluded = state.withLock { $0.excluded }
            guard let ids = policy.nextMerge(candidates().filter { !excluded.contains($0.id) }) else { return }
            do throws(IndexError) { try merge(ids) } catch {
                guard error != .cancelled else { return }
                let damaged = ids.filter { error.isAbout(segment: $0) }
                state.withLock { state in
                    state.excluded.formUnion(damaged)
                    state.failures.append(error)
                }
                // A full disk, say, may have room another time.
                if damaged.isEmpty { return }
            }
        }
    }

    /// Merges the segments with these ids, unless one has left the list.
    private func merge(_ ids: [UInt64]) throws(IndexError) {
        guard let inputs = try open(ids) else { return }
        let id = segments.begin()
        let stage = MergeStage(
            files: IndexFile.ofSegment.map { $0.name(id) },
            bytes: inputs.reduce(0) { $0 + Int($1.reader.info.size) })
        do throws(IndexError) {
            let merger = SegmentMerger(id: id, inputs: inputs, storage: storage, vocabularies: vocabularies) {
                self.onMerge?(stage)
                return self.isGivenUp
            }
            let merged = try merger.merge()
            for unneeded in segments.replace(inputs, by: merged) { removeFiles(of: unneeded) }
        } catch {
            segments.giveUp(id)
            removeFiles(of: id)
            throw error
        }
    }

    private func open(_ ids: [UInt64]) throws(IndexError) -> [MergeInput]? {
        var attempt = 0
        while true {
            do throws(IndexError) {
                var inputs: [MergeInput] = []
                for id in ids {
                    guard let entry = segments.entry(id) else { return nil }
                    let reader = try SegmentReader(entry.info, in: storage, shelf: shelf)
                    inputs.append(
                        try IndexError.format { () throws(FormatError) in
                            try MergeInput(reader, live: entry.live ?? reader.live, after: inputs.last)
                        })
                }
                return inputs
            } catch {
                // A commit may have replaced a file of deletions, and removed it, since the list was read.
                attempt += 1
                guard attempt < 10, case .storage(.missing) = error else { throw error }
            }
        }
    }

    /// Removes the files of a segment that nobody names. What cannot be removed now, a commit removes.
    private func removeFiles(of id: UInt64) {
        for kind in IndexFile.ofSegment { try? storage.remove(kind.name(id)) }
    }
}
