internal import Glibc
internal import Model

/// Linux's inotify: a queue of what happens in directories.
final class Inotify {
    /// Something that happened in a watched directory, or to it.
    struct Event {
        /// The directory's number; -1 when events were lost.
        var watch: Int32
        private let mask: UInt32
        /// What it happened to, in the directory; empty for the directory itself.
        var name: [UInt8]

        fileprivate init(watch: Int32, mask: UInt32, name: [UInt8]) {
            self.watch = watch
            self.mask = mask
            self.name = name
        }

        /// Events were lost: the queue is full.
        var isOverflow: Bool { has(IN_Q_OVERFLOW) }
        /// The watch is no more.
        var endsWatch: Bool { has(IN_IGNORED) }
        /// The directory itself now has another name, or none.
        var isOfDirectory: Bool { has(IN_MOVE_SELF) || has(IN_DELETE_SELF) }
        /// The name is gone from the directory, and what had it may live on elsewhere.
        var isMovedAway: Bool { has(IN_MOVED_FROM) }

        private func has<Flag: BinaryInteger>(_ flag: Flag) -> Bool { mask & UInt32(truncatingIfNeeded: flag) != 0 }
    }

    let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    init() throws(WatchError) {
        descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { throw .unavailable(code: errno) }
    }

    deinit { close(descriptor) }

    /// Watches a directory, links followed; gives its number, the same for every path of one directory.
    ///
    /// - Returns: nil when the path names no directory, or one that may not be read.
    /// - Throws: when the system allows no more watches.
    func add(_ directory: Path) throws(WatchError) -> Int32? {
        let flags: [any BinaryInteger] = [
            IN_MODIFY, IN_CLOSE_WRITE, IN_ATTRIB, IN_CREATE, IN_DELETE, IN_MOVED_FROM, IN_MOVED_TO, IN_DELETE_SELF,
            IN_MOVE_SELF, IN_ONLYDIR, IN_EXCL_UNLINK,
        ]
        let mask = flags.reduce(UInt32(0)) { $0 | UInt32(truncatingIfNeeded: $1) }
        let watch = unsafe directory.withCString { unsafe inotify_add_watch(descriptor, $0, mask) }
        if watch >= 0 { return watch }
        guard errno == ENOSPC || errno == ENOMEM else { return nil }
        throw .tooManyDirectories(directory)
    }

    func remove(_ watch: Int32) { inotify_rm_watch(descriptor, watch) }

    /// What has happened since the last call, in order.
    func read() -> [Event] {
        var events: [Event] = []
        while true {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return events }
            var offset = 0
            // An event: watch i32, mask u32, cookie u32, length of the name u32, the name padded with NUL.
            while offset + 16 <= count {
                func word(_ index: Int) -> UInt32 {
                    (0..<4).reduce(0) { $0 | UInt32(buffer[offset + index * 4 + $1]) << (8 * UInt32($1)) }
                }
                let end = min(count, offset + 16 + Int(word(3)))
                let name = Array(buffer[offset + 16..<end].prefix { $0 != 0 })
                events.append(Event(watch: Int32(bitPattern: word(0)), mask: word(1), name: name))
                offset = end
            }
        }
    }
}
