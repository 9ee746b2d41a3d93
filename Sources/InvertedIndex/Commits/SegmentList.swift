internal import Storage
internal import Synchronization

/// The segments that the next commit will name, with their deletions: what a writer and its merges share.
///
/// The list changes at any time: a merge may end during a commit. Whoever wants it whole takes ``contents``.
final class SegmentList: Sendable {
    /// A segment of the list.
    struct Entry: Sendable {
        /// As of now, but for the generation of its `live` file, which is that of the last commit.
        var info: SegmentInfo
        /// Deleted articles; nil where these are as the `live` file says.
        var live: LiveSet?
        /// Whether ``live`` differs from what the last commit says.
        var isLiveChanged = false
    }

    /// The list at one moment.
    struct Contents: Sendable {
        var entries: [Entry]
        /// The number that the next segment gets.
        var nextID: UInt64
        /// Whether a commit of this would differ from the last one.
        var isChanged: Bool
        fileprivate var version: Int
    }

    private struct State {
        /// Ascending by id.
        var entries: [Entry]
        var nextID: UInt64
        var version = 0
        var committedVersion = 0
        /// Segments begun here and not committed yet; their files are no leftovers.
        var begun: Set<UInt64> = []
        /// Segments that a commit, or an attempt at one, may have named.
        var named: Set<UInt64>

        func index(of id: UInt64) -> Int? { entries.firstIndex { $0.info.id == id } }

        var contents: Contents {
            Contents(
                entries: entries, nextID: nextID, isChanged: version != committedVersion, version: version)
        }

        mutating func insert(_ entry: Entry) {
            entries.append(entry)
            entries.sort { $0.info.id < $1.info.id }
            version += 1
        }
    }

    private let state: Mutex<State>

    /// The segments of a commit.
    ///
    /// - Parameter dropped: those that the next one leaves out.
    init(_ manifest: Manifest, dropping dropped: Set<UInt64> = []) {
        let kept = manifest.segments.filter { !dropped.contains($0.id) }
        state = Mutex(
            State(
                entries: kept.map { Entry(info: $0) }.sorted { $0.info.id < $1.info.id },
                nextID: manifest.nextSegment, version: dropped.isEmpty ? 0 : 1,
                named: Set(manifest.segments.map(\.id))))
    }

    var contents: Contents { state.withLock { $0.contents } }

    /// A number for a new segment, whose files will be kept until it is committed or given up.
    func begin() -> UInt64 {
        state.withLock { state in
            defer { state.nextID += 1 }
            state.begun.insert(state.nextID)
            return state.nextID
        }
    }

    /// Gives a segment up that was begun and not added: its files are leftovers now.
    func giveUp(_ id: UInt64) { state.withLock { _ = $0.begun.remove(id) } }

    /// Adds a finished segment.
    func add(_ info: SegmentInfo) { state.withLock { $0.insert(Entry(info: info)) } }

    /// The first segment that is not among `seen`; nil when all are.
    func first(notIn seen: Set<UInt64>) -> Entry? {
        state.withLock { state in state.entries.first { !seen.contains($0.info.id) } }
    }

    /// The segment of that number; nil when it is not in the list any more.
    func entry(_ id: UInt64) -> Entry? {
        state.withLock { state in state.index(of: id).map { state.entries[$0] } }
    }

    /// Deletes articles of a segment. Does nothing when it is not in the list any more: the segment that took its
    /// place is.
    ///
    /// - Parameter live: what is deleted according to the segment's files; nil for nothing.
    func delete(_ articles: [Int], of id: UInt64, live: LiveSet?) {
        state.withLock { state in
            guard let index = state.index(of: id) else { return }
            let count = state.entries[index].info.articleCount
            var deleted = state.entries[index].live ?? live ?? LiveSet(articleCount: count)
            let before = deleted.deletedCount
            for article in articles { deleted.delete(article) }
            guard deleted.deletedCount > before else { return }
            state.entries[index].live = deleted
            state.entries[index].isLiveChanged = true
            state.entries[index].info.deletedArticles = deleted.deletedCount
            state.version += 1
        }
    }

    /// Puts a merged segment in the place of those it was made of. What was deleted of these since the merge began
    /// is deleted of it.
    ///
    /// - Returns: those of the replaced segments that no commit names, whose files nobody needs.
    func replace(_ inputs: [MergeInput], by merged: SegmentInfo) -> [UInt64] {
        state.withLock { state in
            var live = LiveSet(articleCount: merged.articleCount)
            var unneeded: [UInt64] = []
            for input in inputs {
                let id = input.reader.info.id
                // A segment of which every article is deleted leaves the list with the next commit.
                let entry = state.index(of: id).map { state.entries.remove(at: $0) }
                for article in 0..<input.articles.count {
                    guard let number = input.articles[article] else { continue }
                    if entry == nil || entry?.live?.isDeleted(article) == true { live.delete(number) }
                }
                state.begun.remove(id)
                if !state.named.contains(id) { unneeded.append(id) }
            }
            var entry = Entry(info: merged)
            if live.deletedCount > 0 {
                entry.live = live
                entry.isLiveChanged = true
                entry.info.deletedArticles = live.deletedCount
            }
            state.insert(entry)
            return unneeded
        }
    }

    /// What a commit is to name. Until one has succeeded, files of these segments stay, whatever becomes of them.
    func beginCommit() -> Contents {
        state.withLock { state in
            state.named.formUnion(state.entries.map(\.info.id))
            return state.contents
        }
    }

    /// Notes that `contents` has been committed, as `segments`.
    func didCommit(_ contents: Contents, as segments: [SegmentInfo]) {
        state.withLock { state in
            for info in segments {
                guard let index = state.index(of: info.id) else { continue }
                state.entries[index].info.liveGeneration = info.liveGeneration
                state.entries[index].isLiveChanged =
                    state.entries[index].info.deletedArticles != info.deletedArticles
            }
            let kept = Set(segments.map(\.id))
            let seen = Set(contents.entries.map(\.info.id))
            state.entries.removeAll { seen.contains($0.info.id) && !kept.contains($0.info.id) }
            state.begun.subtract(seen)
            state.named = kept
            state.committedVersion = contents.version
        }
    }

    /// Whether the file is that of a segment in the making, or finished and not committed.
    func isUncommitted(_ name: String) -> Bool {
        state.withLock { state in state.begun.contains { name.hasPrefix("segment-\($0).") } }
    }
}
