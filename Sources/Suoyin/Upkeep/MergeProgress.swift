internal import Articles
internal import Model
internal import Storage
internal import Synchronization

/// Tells from the files of an index how far a merge has come, so that merging itself need not count.
final class MergeProgress: Sendable {
    private static let interval = Duration.milliseconds(100)
    private let location: Path
    private let storage: PosixStorage
    /// Files that were there before.
    private let known: Set<String>
    private let total: Int
    private let report: @Sendable (_ written: Int, _ total: Int) -> Void
    private let last = Mutex(ContinuousClock.now)

    /// - Parameter total: bytes of what is merged.
    init(
        _ storage: PosixStorage, at location: Path, total: Int,
        report: @escaping @Sendable (_ written: Int, _ total: Int) -> Void
    ) throws {
        self.location = location
        self.storage = storage
        known = Set(try storage.names())
        self.total = total
        self.report = report
    }

    /// Reports, unless that was done a moment ago.
    func look() {
        let isDue = last.withLock { last in
            let now = ContinuousClock.now
            guard now - last >= Self.interval else { return false }
            last = now
            return true
        }
        guard isDue, let names = try? storage.names() else { return }
        let sizes = names.filter { !known.contains($0) }.map { name in
            (try? FileStatus.of(location.appending(name.utf8)))?.size ?? 0
        }
        report(min(total, sizes.reduce(0, +)), total)
    }
}
