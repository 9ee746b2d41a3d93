internal import Glibc

/// An open file, pipe or terminal; closed when it is let go.
public final class Descriptor: Sendable {
    public let number: Int32

    init(_ number: Int32) {
        precondition(number >= 0, "a test could not open something: error \(errno)")
        self.number = number
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    }

    /// Opens what is there for writing.
    public convenience init(writing path: String) { self.init(unsafe open(path, O_WRONLY | O_CLOEXEC)) }

    deinit { close(number) }
}

/// A file without a name: what a process reads or writes without anyone having to wait on a pipe.
public final class ScratchFile: Sendable {
    public let descriptor: Descriptor

    public init() {
        var name = Array("/tmp/suoyin-test-XXXXXX\0".utf8).map { CChar(bitPattern: $0) }
        descriptor = Descriptor(unsafe mkstemp(&name))
        unsafe _ = unlink(name)
    }

    /// Puts `bytes` at the start of the file.
    public func write(_ bytes: [UInt8]) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes {
                unsafe pwrite(descriptor.number, $0.baseAddress, $0.count, off_t(written))
            }
            precondition(count > 0, "a test's file could not be written")
            written += count
        }
    }

    public func readAll() -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe pread(descriptor.number, &piece, piece.count, off_t(bytes.count))
            precondition(count >= 0, "a test's file could not be read")
            if count == 0 { return bytes }
            bytes.append(contentsOf: piece[..<count])
        }
    }
}

/// The two ends of a pipe.
public final class Pipe {
    public private(set) var reading: Descriptor?
    public private(set) var writing: Descriptor?

    public init() {
        var ends: [Int32] = [-1, -1]
        precondition(unsafe pipe(&ends) == 0, "a test could not make a pipe")
        (reading, writing) = (Descriptor(ends[0]), Descriptor(ends[1]))
    }

    public func closeReading() { reading = nil }

    public func closeWriting() { writing = nil }

    /// Writes all of it, once there is room; nothing when nobody reads any more.
    public func write(_ bytes: [UInt8]) {
        guard let writing else { return }
        // Programs are started with the signal as it is by default.
        signal(SIGPIPE, SIG_IGN)
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes {
                unsafe Glibc.write(writing.number, $0.baseAddress, $0.count)
            }
            if count <= 0 { return }
            written += count
        }
    }

    /// Whether there are bytes to read, or the end, within so many seconds.
    public func isReadable(within seconds: Double) -> Bool {
        guard let reading else { return false }
        var descriptor = pollfd(fd: reading.number, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&descriptor, 1, Int32(seconds * 1000)) == 1
    }

    /// Up to `count` bytes, once there are any; empty at the end.
    public func read(_ count: Int) -> [UInt8] {
        guard let reading else { return [] }
        var bytes = [UInt8](repeating: 0, count: count)
        let received = unsafe Glibc.read(reading.number, &bytes, count)
        return Array(bytes[..<max(0, received)])
    }
}

/// A terminal that no one looks at: what a program does only on a terminal, it does here.
public final class PseudoTerminal: Sendable {
    private let controller: Descriptor
    /// The end a program writes to.
    public let terminal: Descriptor

    public init() {
        var ends: (controller: Int32, terminal: Int32) = (-1, -1)
        let code = unsafe openpty(&ends.controller, &ends.terminal, nil, nil, nil)
        precondition(code == 0, "a test could not make a terminal")
        (controller, terminal) = (Descriptor(ends.controller), Descriptor(ends.terminal))
        _ = fcntl(controller.number, F_SETFL, O_NONBLOCK)
    }

    /// What has been written to the terminal so far; a terminal ends lines with CR LF.
    public func readAll() -> [UInt8] { readToEnd(controller.number) }
}

/// The system's lock on a file, as another process would hold it.
public final class HeldLock: Sendable {
    private let descriptor: Descriptor

    /// Locks `path` and writes `owner` into it.
    public init(_ path: String, owner: String) {
        descriptor = Descriptor(unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644))
        precondition(flock(descriptor.number, LOCK_EX | LOCK_NB) == 0, "a test could not take a lock")
        let bytes = Array(owner.utf8)
        unsafe _ = (ftruncate(descriptor.number, 0), pwrite(descriptor.number, bytes, bytes.count, 0))
    }
}

/// Sleeps; for tests whose subject is a moment in time.
public func pause(seconds: Double) { usleep(UInt32(max(0, seconds) * 1e6)) }

/// Copies of this process's descriptors that are open on a file: what a program has of them while it is being started.
public func copiesOfDescriptors(on path: String) -> [Descriptor] {
    // All are found first: a copy would be found, too.
    let numbers = (0..<1024).filter { number in
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = unsafe readlink("/proc/self/fd/\(number)", &buffer, buffer.count)
        return count > 0 && buffer[..<count].elementsEqual(path.utf8.lazy.map { CChar(bitPattern: $0) })
    }
    return numbers.map { Descriptor(dup(Int32($0))) }
}
