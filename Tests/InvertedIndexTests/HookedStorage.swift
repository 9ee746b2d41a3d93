import Bytes
import Storage
import Synchronization

/// A storage during whose calls a test does something else: once, right before a file is created.
final class HookedStorage: Storage {
    private struct Hook {
        var creations: Int
        var body: @Sendable () -> Void
    }

    private let base: any Storage
    private let hook = Mutex<Hook?>(nil)

    init(_ base: any Storage) { self.base = base }

    /// Runs `body` before the file is created that follows `count` others.
    func afterCreations(_ count: Int, run body: @escaping @Sendable () -> Void) {
        hook.withLock { $0 = Hook(creations: count, body: body) }
    }

    /// Takes the hook back.
    ///
    /// - Returns: whether it had not run yet.
    func cancelHook() -> Bool {
        hook.withLock { hook in
            defer { hook = nil }
            return hook != nil
        }
    }

    var location: String { base.location }
    func names() throws(StorageError) -> [String] { try base.names() }
    func open(_ name: String) throws(StorageError) -> ByteView { try base.open(name) }

    func create(_ name: String) throws(StorageError) -> any StorageFile {
        let body = hook.withLock { hook -> (@Sendable () -> Void)? in
            guard let next = hook else { return nil }
            hook = next.creations > 0 ? Hook(creations: next.creations - 1, body: next.body) : nil
            return hook == nil ? next.body : nil
        }
        body?()
        return try base.create(name)
    }

    func rename(_ name: String, to newName: String) throws(StorageError) { try base.rename(name, to: newName) }
    func remove(_ name: String) throws(StorageError) { try base.remove(name) }
    func sync() throws(StorageError) { try base.sync() }
    func lock(waiting: WriterWait?) throws(StorageError) -> any WriterLock { try base.lock(waiting: waiting) }
}
