public import Bytes
internal import Glibc

/// Storage in a directory of the file system.
public final class PosixStorage: Storage {
    private let directory: [UInt8]
    public let location: String

    /// - Parameters:
    ///   - directory: the path's bytes, which need not be UTF-8.
    ///   - create: makes the directory, and those above it, when it is not there.
    public init(directory: [UInt8], create: Bool) throws(StorageError) {
        self.directory = directory
        location = String(decoding: directory, as: UTF8.self)
        if create { try Self.makeDirectories(directory, location: location) }
    }

    public func names() throws(StorageError) -> [String] {
        guard let stream = unsafe withPath("", { unsafe opendir($0) }) else { throw failure(.list, "") }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else {
                if errno != 0 { throw failure(.list, "") }
                break
            }
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    public func open(_ name: String) throws(StorageError) -> ByteView {
        let descriptor = unsafe withPath(name) { unsafe Glibc.open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw failure(.open, name) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure(.open, name) }
        let size = Int(status.st_size)
        // An empty file cannot be mapped; it is a view of nothing.
        guard size > 0 else { return ByteView([], file: path(name)) }
        let address = unsafe mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0)
        guard let address = unsafe address, unsafe address != MAP_FAILED else { throw failure(.map, name) }
        return unsafe ByteView(
            ByteSource(base: UnsafeRawPointer(address), count: size, file: path(name)) { base, count in
                unsafe munmap(UnsafeMutableRawPointer(mutating: base), count)
            })
    }

    public func create(_ name: String) throws(StorageError) -> any StorageFile {
        // A file of that name is unlinked, not cut short: a reader that has it mapped would fault on its next touch.
        try remove(name)
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
        let descriptor = unsafe withPath(name) { unsafe Glibc.open($0, flags, 0o644) }
        guard descriptor >= 0 else { throw failure(.create, name) }
        return PosixFile(descriptor: descriptor, path: path(name))
    }

    public func rename(_ name: String, to newName: String) throws(StorageError) {
        let result = unsafe withPath(name) { old in
            unsafe withPath(newName) { new in unsafe Glibc.rename(old, new) }
        }
        guard result == 0 else { throw failure(.rename, name) }
    }

    public func remove(_ name: String) throws(StorageError) {
        guard unsafe withPath(name, { unsafe unlink($0) }) == 0 || errno == ENOENT else {
            throw failure(.remove, name)
        }
    }

    /// Removes the directory, if nothing is in it.
    public func removeDirectory() { _ = unsafe withPath("") { unsafe rmdir($0) } }

    public func sync() throws(StorageError) {
        let descriptor = unsafe withPath("") { unsafe Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw failure(.sync, "") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(.sync, "") }
    }

    public func lock(waiting: WriterWait?) throws(StorageError) -> any WriterLock {
        let name = "lock"
        while true {
            let descriptor = unsafe withPath(name) { unsafe Glibc.open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o644) }
            guard descriptor >= 0 else { throw failure(.lock, name) }
            do throws(StorageError) { try take(descriptor, waiting: waiting) } catch {
                close(descriptor)
                throw error
            }
            // While this one waited, the file may have been removed with the index; its lock says nothing then.
            guard isFile(descriptor, called: name) else {
                close(descriptor)
                continue
            }
            let owner = Array("\(getpid())\n".utf8)
            // Only a courtesy to the writer that is turned away: the lock itself is the kernel's.
            if ftruncate(descriptor, 0) == 0 { _ = unsafe pwrite(descriptor, owner, owner.count, 0) }
            return PosixLock(descriptor: descriptor)
        }
    }

    private func take(_ descriptor: Int32, waiting: WriterWait?) throws(StorageError) {
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
        guard errno == EWOULDBLOCK else { throw failure(.lock, "lock") }
        let holder = Self.processID(in: descriptor)
        guard let waiting else { throw .locked(path: location, process: holder) }
        waiting(holder)
        // A signal that is handled ends the wait; one that is not ends the process.
        guard flock(descriptor, LOCK_EX) == 0 else { throw failure(.lock, "lock") }
    }

    private func isFile(_ descriptor: Int32, called name: String) -> Bool {
        var opened = stat()
        var named = stat()
        return unsafe fstat(descriptor, &opened) == 0 && withPath(name) { unsafe stat($0, &named) } == 0
            && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
    }

    private static func processID(in descriptor: Int32) -> Int? {
        var buffer = [UInt8](repeating: 0, count: 20)
        let count = unsafe pread(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return nil }
        return Int(String(decoding: buffer[..<count].prefix { $0 != 0x0A }, as: UTF8.self))
    }

    private static func makeDirectories(_ directory: [UInt8], location: String) throws(StorageError) {
        // The first refusal is the reason; what follows from it says less.
        var refusal: Int32 = 0
        let ends = directory.indices.filter { $0 > 0 && directory[$0] == 0x2F } + [directory.count]
        for end in ends {
            let result = unsafe withCPath(directory[..<end]) { unsafe mkdir($0, 0o755) }
            if result == 0 {
                synchronizeParent(of: directory[..<end])
            } else if errno != EEXIST, refusal == 0 {
                refusal = errno
            }
        }
        var status = stat()
        let found = unsafe withCPath(directory[...]) { unsafe stat($0, &status) }
        guard found == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw .failed(.create, path: location, code: refusal == 0 ? ENOTDIR : refusal)
        }
    }

    /// Makes a new directory survive a power cut, as the commit in it will. Where the one above cannot be opened, or
    /// the file system knows no such sync, nothing more can be done.
    private static func synchronizeParent(of directory: ArraySlice<UInt8>) {
        let slash = directory.lastIndex(of: 0x2F)
        let parent = slash.map { $0 == 0 ? [0x2F] : Array(directory[..<$0]) } ?? [0x2E]
        let descriptor = unsafe withCPath(parent) { unsafe Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private func path(_ name: String) -> String { name.isEmpty ? location : location + "/" + name }

    func withPath<R>(_ name: String, _ body: (UnsafePointer<CChar>) -> R) -> R {
        unsafe Self.withCPath(directory + (name.isEmpty ? [] : [0x2F] + Array(name.utf8)), body)
    }

    private static func withCPath<R>(_ bytes: some Collection<UInt8>, _ body: (UnsafePointer<CChar>) -> R) -> R {
        let terminated = bytes.map { CChar(bitPattern: $0) } + [0]
        return unsafe terminated.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }
    }

    private func failure(_ operation: StorageError.Operation, _ name: String) -> StorageError {
        errno == ENOENT && operation == .open
            ? .missing(path: path(name)) : .failed(operation, path: path(name), code: errno)
    }
}

private final class PosixLock: WriterLock {
    private let descriptor: Int32

    init(descriptor: Int32) { self.descriptor = descriptor }

    deinit {
        // Closing is not enough: a program that is being started has a copy of the descriptor until it runs.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

/// A file being written, with a buffer so that small appends do not cost a system call each.
private final class PosixFile: StorageFile {
    private static let bufferSize = 1 << 18
    private var descriptor: Int32
    private let path: String
    private var buffer: [UInt8] = []

    init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
        buffer.reserveCapacity(Self.bufferSize)
    }

    deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

    func append(_ bytes: RawSpan) throws(StorageError) {
        if buffer.count + bytes.byteCount > Self.bufferSize { try flush() }
        if bytes.byteCount >= Self.bufferSize {
            try unsafe bytes.withUnsafeBytes { (raw) throws(StorageError) in try unsafe write(raw) }
        } else {
            unsafe bytes.withUnsafeBytes { unsafe buffer.append(contentsOf: $0) }
        }
    }

    func sync() throws(StorageError) {
        try flush()
        guard fdatasync(descriptor) == 0 else { throw .failed(.sync, path: path, code: errno) }
    }

    func close() throws(StorageError) {
        try flush()
        let closing = descriptor
        descriptor = -1
        guard Glibc.close(closing) == 0 else { throw .failed(.write, path: path, code: errno) }
    }

    private func flush() throws(StorageError) {
        let full = buffer
        try unsafe full.span.bytes.withUnsafeBytes { (raw) throws(StorageError) in try unsafe write(raw) }
        buffer.removeAll(keepingCapacity: true)
    }

    private func write(_ raw: UnsafeRawBufferPointer) throws(StorageError) {
        var written = 0
        while written < raw.count {
            let count = unsafe Glibc.write(descriptor, raw.baseAddress! + written, raw.count - written)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .failed(.write, path: path, code: errno) }
            written += count
        }
    }
}
