internal import Model
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
        /// Deleted and moved articles; nil when there are none.
        var live: LiveSet?
        /// Whether ``live`` differs from what the last commit says.
        var isLiveChanged = false

        fileprivate mutating func change(_ removed: [Int], _ moved: [(article: Int, shift: SourceShift?)]) {
            var changed = live ?? LiveSet(articleCount: info.articleCount)
            // Not copied: it may be far longer than what changes.
            live = nil
            let before = (changed.deletedCount, changed.shifts)
            for article in removed { changed.delete(article) }
            if !moved.isEmpty { changed.move(moved) }
            if (changed.deletedCount, changed.shifts) != before { isLiveChanged = true }
            info.deletedArticles = changed.deletedCount
            if !changed.isEmpty || isLiveChanged { live = changed }
        }
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
        /// Where merges since the last commit have put the articles of segments that have left the list.
        var merged: [UInt64: (into: UInt64, articles: DocumentMap)] = [:]

        func index(of id: UInt64) -> Int? { entries.firstIndex { $0.info.id == id } }

        var contents: Contents {
            Contents(
                entries: entries, nextID: nextID, isChanged: version != committedVersion, version: version)
        }

        /// Where an article is now; nil when it is no more.
        func resolve(_ address: ArticleAddress) -> ArticleAddress? {
            var address = address
            while let merge = merged[address.segment] {
                guard let article = merge.articles[address.article] else { return nil }
                address = ArticleAddress(segment: merge.into, article: article)
            }
            return address
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
    /// - Parameter leftOut: ids of others in the commit, which the next one leaves out.
    init(_ entries: [Entry], nextID: UInt64, leavingOut leftOut: Set<UInt64> = []) {
        state = Mutex(Self.state(entries, nextID, leftOut))
    }

    private static func state(_ entries: [Entry], _ nextID: UInt64, _ leftOut: Set<UInt64>) -> State {
        var state = State(
            entries: entries.sorted { $0.info.id < $1.info.id }, nextID: nextID,
            named: leftOut.union(entries.map(\.info.id)))
        if !leftOut.isEmpty { state.version = 1 }
        return state
    }

    /// Goes back to the segments of a commit, without those begun or added since. No number is given out twice.
    func reset(_ entries: [Entry], nextID: UInt64, leavingOut leftOut: Set<UInt64>) {
        state.withLock { state in state = Self.state(entries, max(nextID, state.nextID), leftOut) }
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

    /// Deletes articles, and says how far others have moved, wherever merges have put them since the last commit.
    ///
    /// - Parameters:
    ///   - removed: articles to delete, unless they are among `kept`.
    ///   - moved: see ``LiveSet/move(_:)``.
    func change(
        remove removed: [ArticleAddress], except kept: [ArticleAddress] = [],
        move moved: [(ArticleAddress, SourceShift?)] = []
    ) {
        state.withLock { state in
            let kept = Set(kept.compactMap { state.resolve($0) })
            var changes: [UInt64: (remove: [Int], move: [(article: Int, shift: SourceShift?)])] = [:]
            for address in removed {
                guard let now = state.resolve(address), !kept.contains(now) else { continue }
                changes[now.segment, default: ([], [])].remove.append(now.article)
            }
            for (address, shift) in moved {
                guard let now = state.resolve(address) else { continue }
                changes[now.segment, default: ([], [])].move.append((now.article, shift))
            }
            for (id, change) in changes {
                // A segment that is gone was deleted whole.
                guard let index = state.index(of: id) else { continue }
                state.entries[index].change(change.remove, change.move.sorted { $0.article < $1.article })
                if state.entries[index].isLiveChanged { state.version += 1 }
            }
        }
    }

    /// Puts a merged segment in the place of those it was made of. What was deleted of these since the merge began
    /// is deleted of it, and what has moved of them has moved in it.
    ///
    /// - Returns: those of the replaced segments that no commit names, whose files nobody needs.
    func replace(_ inputs: [MergeInput], by merged: SegmentInfo) -> [UInt64] {
        state.withLock { state in
            var live = LiveSet(articleCount: merged.articleCount)
            var moved: [(article: Int, shift: SourceShift?)] = []
            var unneeded: [UInt64] = []
            for input in inputs {
                let id = input.reader.info.id
                // A segment of which every article is deleted leaves the list with the next commit.
                let entry = state.index(of: id).map { state.entries.remove(at: $0) }
                for article in 0..<input.articles.count {
                    guard let number = input.articles[article] else { continue }
                    if entry == nil || entry?.live?.isDeleted(article) == true { live.delete(number) }
                    if let shifts = entry?.live?.shifts, !shifts.isEmpty {
                        moved.append((number, shifts.shift(of: article)))
                    }
                }
                state.merged[id] = (into: merged.id, articles: input.articles)
                state.begun.remove(id)
                if !state.named.contains(id) { unneeded.append(id) }
            }
            var entry = Entry(info: merged)
            live.move(moved)
            if !live.isEmpty {
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
                let committed = contents.entries.first { $0.info.id == info.id }
                state.entries[index].isLiveChanged = state.entries[index].live != committed?.live
            }
            let kept = Set(segments.map(\.id))
            let seen = Set(contents.entries.map(\.info.id))
            state.entries.removeAll { seen.contains($0.info.id) && !kept.contains($0.info.id) }
            state.begun.subtract(seen)
            state.named = kept
            state.merged = [:]
            state.committedVersion = contents.version
        }
    }

    /// Whether the file is that of a segment in the making, or finished and not committed.
    func isUncommitted(_ name: String) -> Bool {
        state.withLock { state in state.begun.contains { name.hasPrefix("segment-\($0).") } }
    }
}
