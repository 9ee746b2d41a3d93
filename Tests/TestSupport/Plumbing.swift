internal import Glibc

/// The two ends of a pipe.
public final class Pipe: @unchecked Sendable {
    // Unchecked: one test uses it, on one thread.
    public private(set) var reading: Int32
    public private(set) var writing: Int32

    public init() {
        var ends: [Int32] = [-1, -1]
        precondition(unsafe pipe(&ends) == 0, "a test could not make a pipe")
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        closeReading()
        closeWriting()
    }

    public func closeReading() {
        if reading >= 0 { close(reading) }
        reading = -1
    }

    public func closeWriting() {
        if writing >= 0 { close(writing) }
        writing = -1
    }

    /// Up to `count` bytes, once there are any; empty at the end.
    public func read(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let received = unsafe Glibc.read(reading, &bytes, count)
        return Array(bytes[..<max(0, received)])
    }
}

/// A terminal that no one looks at: what a program does only on a terminal, it does here.
public final class PseudoTerminal: Sendable {
    private let controller: Int32
    /// The end a program writes to.
    public let terminal: Int32

    public init() {
        var ends: (controller: Int32, terminal: Int32) = (-1, -1)
        let code = unsafe openpty(&ends.controller, &ends.terminal, nil, nil, nil)
        precondition(code == 0, "a test could not make a terminal")
        (controller, terminal) = ends
        for end in [controller, terminal] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(controller, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(terminal)
        close(controller)
    }

    /// What has been written to the terminal so far; a terminal ends lines with CR LF.
    public func readAll() -> [UInt8] {
        HostFile.readAll(controller)
    }
}

/// The system's lock on a file, as another process would hold it.
public final class HeldLock: Sendable {
    private let descriptor: Int32

    /// Locks `path` and writes `owner` into it.
    public init(_ path: String, owner: String) {
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        precondition(descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0, "a test could not take a lock")
        let bytes = Array(owner.utf8)
        unsafe _ = (ftruncate(descriptor, 0), pwrite(descriptor, bytes, bytes.count, 0))
    }

    deinit { close(descriptor) }
}

/// Sleeps; for tests whose subject is a moment in time.
public func pause(seconds: Double) { usleep(UInt32(max(0, seconds) * 1e6)) }

extension TemporaryDirectory {
    /// Makes a pipe with a name, which blocks whoever opens it as a file.
    public func makeFIFO(_ name: String) {
        precondition(unsafe mkfifo(path(of: name), 0o644) == 0, "a test's pipe could not be made")
    }

    public func remove(_ name: String) {
        precondition(unsafe unlink(path(of: name)) == 0, "a test's file could not be removed")
    }

    /// The content of a file.
    public func read(_ name: String) -> [UInt8] { read(Array(name.utf8)) }

    public func read(_ name: [UInt8]) -> [UInt8] {
        let path = path(of: name).map { CChar(bitPattern: $0) } + [0]
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        precondition(descriptor >= 0, "a test's file could not be opened")
        defer { close(descriptor) }
        return HostFile.readAll(descriptor)
    }

    /// The names in a directory, sorted.
    public func names(in directory: String) -> [String] {
        guard let stream = unsafe opendir(path(of: directory)) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            // SAFETY: `d_name` is NUL-terminated within its 256 bytes.
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
            names.append(String(decoding: name, as: UTF8.self))
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }
}

/// Files outside of a test's own directory.
public enum HostFile {
    /// The content of a file; nil when it cannot be opened.
    public static func read(_ path: String) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return readAll(descriptor)
    }

    /// Replaces the content of a file, or makes it.
    public static func write(_ bytes: [UInt8], to path: String) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        precondition(descriptor >= 0, "\(path) could not be written")
        defer { close(descriptor) }
        let count = unsafe Glibc.write(descriptor, bytes, bytes.count)
        precondition(count == bytes.count, "\(path) could not be written")
    }

    fileprivate static func readAll(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe Glibc.read(descriptor, &piece, piece.count)
            if count <= 0 { return bytes }
            bytes.append(contentsOf: piece[..<count])
        }
    }
}
