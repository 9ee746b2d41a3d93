internal import Articles
internal import InvertedIndex
internal import Model
internal import Synchronization

/// Tells from the files of an index how far a merge has come, so that merging itself need not count.
final class MergeProgress: Sendable {
    private static let interval = Duration.milliseconds(100)
    private let location: Path
    private let report: @Sendable (_ written: Int, _ total: Int) -> Void
    private let last = Mutex(ContinuousClock.now)
    private let isSilent: Atomic<Bool>

    /// - Parameter isSilent: whether to report nothing until ``begin()``.
    init(
        at location: Path, isSilent: Bool = false,
        report: @escaping @Sendable (_ written: Int, _ total: Int) -> Void
    ) {
        self.location = location
        self.isSilent = Atomic(isSilent)
        self.report = report
    }

    /// Reports from now on.
    func begin() { isSilent.store(false, ordering: .relaxed) }

    /// Reports, unless that was done a moment ago.
    func look(_ stage: MergeStage) {
        guard !isSilent.load(ordering: .relaxed) else { return }
        let isDue = last.withLock { last in
            let now = ContinuousClock.now
            guard now - last >= Self.interval else { return false }
            last = now
            return true
        }
        guard isDue else { return }
        let sizes = stage.files.map { (try? FileStatus.of(location.appending($0.utf8)))?.size ?? 0 }
        report(min(stage.bytes, sizes.reduce(0, +)), stage.bytes)
    }
}
