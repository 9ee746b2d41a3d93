internal import Glibc
public import Model

/// Follows directories: tells which paths something has happened to.
///
/// It looks into no directory itself. Whoever walks them says which (``watch(_:)``), each before reading it, so that
/// nothing can happen unseen in between; and walks those that appear. What happens behind a link to a file is not seen.
public final class DirectoryWatcher {
    /// What woke up ``wait(milliseconds:)``.
    public enum Wakeup: Sendable {
        case changes, time, stop
    }

    private var queue: Inotify
    /// The paths of each watched directory: more than one when links lead to it.
    private var paths: [Int32: [Path]] = [:]
    private var watches: [Path: Int32] = [:]
    private let stop: Int32
    /// Paths that something has happened to since they were last taken.
    private var changed: Set<Path> = []
    private var hasLost = false
    /// Directories that could not be watched since they were last taken.
    private var problems: [WatchError] = []

    /// - Parameter stop: a file descriptor that becomes readable when the watch is to end; it is not read from.
    /// - Throws: when the system cannot follow directories.
    public init(until stop: Int32) throws(WatchError) {
        queue = try Inotify()
        self.stop = stop
    }

    /// Begins anew, with no directory watched: for when events were lost.
    public func reset() throws(WatchError) {
        queue = try Inotify()
        paths = [:]
        watches = [:]
        changed = []
        hasLost = false
    }

    /// Watches a directory, but none below it.
    public func watch(_ directory: Path) {
        do throws(WatchError) {
            guard let watch = try queue.add(directory) else { return }
            if let other = watches.updateValue(watch, forKey: directory), other != watch {
                drop(directory, of: other)
            }
            if paths[watch]?.contains(directory) != true { paths[watch, default: []].append(directory) }
        } catch {
            problems.append(error)
        }
    }

    /// Watches a directory and those below it no more. O(directories watched).
    public func forget(_ directory: Path) {
        for (path, watch) in watches where path.isWithin(directory) {
            watches[path] = nil
            drop(path, of: watch)
        }
    }

    private func drop(_ path: Path, of watch: Int32) {
        paths[watch]?.removeAll { $0 == path }
        guard paths[watch]?.isEmpty == true else { return }
        paths[watch] = nil
        queue.remove(watch)
    }

    /// Sleeps until something happens, for at most this long; -1 for as long as it takes.
    public func wait(milliseconds: Int) -> Wakeup {
        var waiting = [
            pollfd(fd: queue.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let count = unsafe poll(&waiting, 2, Int32(clamping: milliseconds))
            if count < 0, errno == EINTR { continue }
            if waiting[1].revents != 0 { return .stop }
            guard count > 0 else { return .time }
            collect()
            return .changes
        }
    }

    /// The paths that something has happened to; nil when some are not known, and anything may have changed.
    public func takeChanges() -> Set<Path>? {
        defer {
            changed = []
            hasLost = false
        }
        return hasLost ? nil : changed
    }

    /// Directories that could not be watched.
    public func takeProblems() -> [WatchError] {
        defer { problems = [] }
        return problems
    }

    private func collect() {
        for event in queue.read() {
            if event.isOverflow { hasLost = true }
            guard let directories = paths[event.watch] else { continue }
            if event.endsWatch {
                paths[event.watch] = nil
                for directory in directories where watches[directory] == event.watch { watches[directory] = nil }
            } else if event.name.isEmpty {
                guard event.isOfDirectory else { continue }
                for directory in directories {
                    changed.insert(directory)
                    forget(directory)
                }
            } else {
                for directory in directories {
                    let path = directory.appending(event.name)
                    changed.insert(path)
                    // A directory that moved takes its watches along, and they would tell of paths that are no more.
                    if event.isMovedAway, watches[path] != nil { forget(path) }
                }
            }
        }
    }
}
