internal import Articles
internal import InvertedIndex
public import Model

/// What happens while directories are followed.
public enum WatchEvent: Sendable {
    /// The index has been brought up to date; at first with everything, then with what changed.
    case updated(Indexer.Report, seconds: Double)
    /// The index could not be written. Its last commit is in force, and what changed is tried again.
    case failed(any Error, retrySeconds: Double)
}

extension Indexer {
    /// Brings the index up to date, and keeps it so: follows `paths` until it is told to stop.
    ///
    /// Changes are gathered for a moment, a second at most, and committed together; the work is in proportion to them.
    /// The index stays open for writing, so no one else can write it meanwhile. Problems of single files are in the
    /// reports. What vanishes is dropped, unless one of `paths` itself does: that is reported, and followed again when
    /// it is back.
    ///
    /// - Parameters:
    ///   - paths: files and directories.
    ///   - stop: a file descriptor that becomes readable when it is time to stop; what is at work then is ended, a
    ///     commit included.
    ///   - report: is told of each update.
    /// - Throws: when the index cannot be opened or first written, or the system cannot follow directories.
    public func watch(_ paths: [Path], until stop: Int32, report: (WatchEvent) -> Void) async throws {
        let roots = try paths.map { path throws(ArticlesError) in try path.resolved() }
        let watcher = try DirectoryWatcher(until: stop)
        var session = try IndexSession(self, isLasting: true)
        var follower = PathFollower(roots, watcher: watcher)
        let clock = ContinuousClock()
        var isFirst = true
        var retry = 1.0
        var isRetrying = false
        while true {
            let start = clock.now
            do {
                if isRetrying { try session.rollBack() }
                let plan = try follower.plan(session, reportsUnusedRules: isFirst)
                let done = try await session.carryOut(plan)
                follower.settle()
                (isRetrying, retry) = (false, 1)
                report(.updated(done, seconds: (clock.now - start) / .seconds(1)))
            } catch {
                if isFirst { throw error }
                isRetrying = true
                report(.failed(error, retrySeconds: retry))
            }
            isFirst = false
            if isRetrying {
                guard follower.wait(milliseconds: Int(retry * 1000)) != .stop else { return }
                retry = min(60, retry * 2)
            } else {
                guard waitForChanges(&follower, &session, report) else { return }
            }
        }
    }

    /// Sleeps until something has changed, and commits what is merged meanwhile; false when it is time to stop.
    private func waitForChanges(
        _ follower: inout PathFollower, _ session: inout IndexSession, _ report: (WatchEvent) -> Void
    ) -> Bool {
        var mayHaveMerged = true
        while true {
            switch follower.wait(milliseconds: mayHaveMerged ? Self.mergeInterval : nil) {
            case .stop: return false
            case .changes: return true
            case .time:
                mayHaveMerged = session.writer.isMerging
                let problems = mayHaveMerged ? [] : session.commitMerged()
                if !problems.isEmpty { report(.updated(Report(problems: problems), seconds: 0)) }
            }
        }
    }

    /// How often it is looked whether a merge has ended, in milliseconds.
    private static let mergeInterval = 1000
}
