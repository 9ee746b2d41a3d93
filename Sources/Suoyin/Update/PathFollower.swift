internal import Articles
internal import Model

/// Knows what has changed under some paths since the index was last brought up to date.
struct PathFollower {
    /// How long nothing must have happened before changes are taken up, and how long that is waited for.
    private static let quiet = 100
    private static let longest = Duration.milliseconds(900)
    /// How often it is looked whether a root that went missing is back.
    private static let missingInterval = 500

    private let roots: [Path]
    private let watcher: DirectoryWatcher
    /// Paths that something happened to, not in the index yet; nil when anything may have changed.
    private var changed: Set<Path>?
    /// Roots that are not there.
    private var missing: Set<Path> = []

    /// - Parameter roots: absolute, without links.
    init(_ roots: [Path], watcher: DirectoryWatcher) {
        self.roots = roots
        self.watcher = watcher
    }

    /// What is to be done about what has changed.
    mutating func plan(_ session: IndexSession, reportsUnusedRules: Bool) throws -> UpdatePlan {
        if changed == nil { try watcher.reset() }
        let watcher = watcher
        var plan = session.plan { watcher.watch($0) }
        findMissing(&plan)
        if let changed {
            addChanges(changed, session, &plan)
        } else {
            for root in roots where !missing.contains(root) {
                if !Self.isDirectory(root) { watcher.watch(root.parent) }
                plan.add(root)
            }
        }
        plan.finish()
        if reportsUnusedRules { plan.reportUnusedRules() }
        for problem in watcher.takeProblems() { plan.note(.notFollowed(problem)) }
        return plan
    }

    /// Takes note that the last plan has been carried out.
    mutating func settle() { changed = [] }

    private mutating func findMissing(_ plan: inout UpdatePlan) {
        for root in roots {
            if (try? FileStatus.of(root)) == nil {
                guard missing.insert(root).inserted else { continue }
                watcher.forget(root)
                plan.note(.missingButIndexed(root))
            } else if missing.remove(root) != nil {
                if !Self.isDirectory(root) { watcher.watch(root.parent) }
                changed?.insert(root)
            }
        }
    }

    private func addChanges(_ changed: Set<Path>, _ session: IndexSession, _ plan: inout UpdatePlan) {
        // Whatever lies below a directory that has been walked has been seen.
        var walked: Path?
        // What a directory leaves out shows when it is walked.
        let paths = Set(changed.map { FileSelection.isIgnoreFile($0) ? $0.parent : $0 })
        for path in paths.sorted() {
            if let walked, path.isWithin(walked) { continue }
            let found = roots.first { path == $0 } ?? roots.first { path.isWithin($0) }
            guard let root = found, !missing.contains(root) else { continue }
            let isDirectory = Self.isDirectory(path)
            guard path == root || isDirectory || session.concerns(path) else { continue }
            guard path == root || path.name.first != 0x2E, !path.isWithin(session.location) else { continue }
            if isDirectory { walked = path }
            plan.add(path, below: root)
        }
    }

    /// Sleeps until something has changed and then nothing more for a moment.
    ///
    /// - Parameter milliseconds: how long that is waited for; nil for as long as it takes.
    mutating func wait(milliseconds: Int?) -> DirectoryWatcher.Wakeup {
        let clock = ContinuousClock()
        var first: ContinuousClock.Instant?
        while true {
            let timeout = first != nil ? Self.quiet : milliseconds ?? (missing.isEmpty ? -1 : Self.missingInterval)
            switch watcher.wait(milliseconds: timeout) {
            case .stop: return .stop
            case .changes:
                if let new = watcher.takeChanges() { changed?.formUnion(new) } else { changed = nil }
                if clock.now - (first ?? clock.now) > Self.longest { return .changes }
                first = first ?? clock.now
            case .time:
                if first != nil || missing.contains(where: { (try? FileStatus.of($0)) != nil }) { return .changes }
                if milliseconds != nil { return .time }
            }
        }
    }

    private static func isDirectory(_ path: Path) -> Bool { (try? FileStatus.of(path))?.kind == .directory }
}
