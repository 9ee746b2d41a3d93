public import Bytes
internal import Glibc
internal import Synchronization

/// Storage in memory, for tests and for indexes that need not outlive their process.
public final class MemoryStorage: Storage {
    private struct State {
        var files: [String: [UInt8]] = [:]
        var isLocked = false
    }

    private let state = Mutex(State())
    public let location: String

    public init(location: String = "memory") { self.location = location }

    public func names() throws(StorageError) -> [String] { state.withLock { $0.files.keys.sorted() } }

    public func open(_ name: String) throws(StorageError) -> ByteView {
        guard let bytes = state.withLock({ $0.files[name] }) else { throw .missing(path: path(name)) }
        return ByteView(bytes, file: path(name))
    }

    public func create(_ name: String) throws(StorageError) -> any StorageFile {
        write([], to: name)
        return MemoryFile(storage: self, name: name)
    }

    public func rename(_ name: String, to newName: String) throws(StorageError) {
        let found = state.withLock { state in
            guard let bytes = state.files.removeValue(forKey: name) else { return false }
            state.files[newName] = bytes
            return true
        }
        guard found else { throw .failed(.rename, path: path(name), code: ENOENT) }
    }

    public func remove(_ name: String) throws(StorageError) { state.withLock { $0.files[name] = nil } }

    public func sync() throws(StorageError) {}

    public func lock(waiting: WriterWait?) throws(StorageError) -> any WriterLock {
        if takeLock() { return MemoryLock(storage: self) }
        guard let waiting else { throw .locked(path: location, process: Int(getpid())) }
        waiting(Int(getpid()))
        while !takeLock() { usleep(1000) }
        return MemoryLock(storage: self)
    }

    private func takeLock() -> Bool {
        state.withLock { state in
            defer { state.isLocked = true }
            return !state.isLocked
        }
    }

    /// Sets a file's content, as a test does to damage it.
    public func write(_ bytes: [UInt8], to name: String) { state.withLock { $0.files[name] = bytes } }

    fileprivate func append(_ bytes: [UInt8], to name: String) {
        state.withLock { $0.files[name, default: []].append(contentsOf: bytes) }
    }

    fileprivate func unlock() { state.withLock { $0.isLocked = false } }

    private func path(_ name: String) -> String { location + "/" + name }
}

private final class MemoryLock: WriterLock {
    private let storage: MemoryStorage

    init(storage: MemoryStorage) { self.storage = storage }

    deinit { storage.unlock() }
}

private final class MemoryFile: StorageFile {
    private let storage: MemoryStorage
    private let name: String

    init(storage: MemoryStorage, name: String) {
        self.storage = storage
        self.name = name
    }

    func append(_ bytes: RawSpan) throws(StorageError) {
        storage.append(unsafe bytes.withUnsafeBytes { unsafe Array($0) }, to: name)
    }

    func sync() throws(StorageError) {}

    func close() throws(StorageError) {}
}
