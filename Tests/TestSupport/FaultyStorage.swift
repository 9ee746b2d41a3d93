public import Bytes
public import Storage
internal import Synchronization

/// A storage that wraps another, counts every call, and can go wrong at any one of them.
///
/// What the wrapped storage holds is what a running system sees. Beside it this one keeps what a disk would still
/// have after a power cut: content up to the last sync of its file, and names up to the last sync of the directory.
/// See ``survivors(using:)``.
public final class FaultyStorage: Storage {
    /// What is to go wrong. Calls are numbered from 1.
    public enum Fault: Equatable, Sendable, CustomStringConvertible {
        case none
        /// That call fails, an append after half of its bytes; later ones work again.
        case failure(at: Int)
        /// That call and every later one fails, and the call does nothing.
        case powerCut(at: Int)

        public var description: String {
            switch self {
            case .none: "no fault"
            case .failure(let call): "failure of call \(call)"
            case .powerCut(let call): "power cut at call \(call)"
            }
        }
    }

    /// The error of a call that fails: no space is left, or, after a power cut, nothing answers.
    public static let noSpace: Int32 = 28
    public static let ioError: Int32 = 5

    private struct State {
        var fault = Fault.none
        var calls: [String] = []
        var disk: DiskState
    }

    private let base: any Storage
    private let state: Mutex<State>

    public var location: String { base.location }

    /// - Parameter base: what it holds now counts as safe from a power cut.
    public init(wrapping base: any Storage, fault: Fault = .none) throws(StorageError) {
        self.base = base
        var files: [String: [UInt8]] = [:]
        for name in try base.names() { files[name] = (try? base.open(name).copy()) ?? [] }
        state = Mutex(State(fault: fault, disk: DiskState(files)))
    }

    /// Every call so far, with the name it was about.
    public var calls: [String] { state.withLock { $0.calls } }

    /// What is still to go wrong; a test may change it on the way.
    public var fault: Fault {
        get { state.withLock { $0.fault } }
        set { state.withLock { $0.fault = newValue } }
    }

    /// Whether the fault has come to pass.
    public var hasFailed: Bool {
        state.withLock { state in
            switch state.fault {
            case .none: false
            case .failure(let call), .powerCut(let call): state.calls.count >= call
            }
        }
    }

    /// What is left after a power cut now. Which of the changes not synced survive is drawn from `generator`.
    public func survivors(using generator: inout SplitMix64) -> MemoryStorage {
        let files = state.withLock { $0.disk.survivors(using: &generator) }
        let storage = MemoryStorage(location: location)
        for (name, bytes) in files { storage.write(bytes, to: name) }
        return storage
    }

    /// Whatever may be left after a power cut now.
    public func allSurvivors() -> [MemoryStorage] {
        state.withLock { $0.disk.allSurvivors() }.map { files in
            let storage = MemoryStorage(location: location)
            for (name, bytes) in files { storage.write(bytes, to: name) }
            return storage
        }
    }

    // MARK: Storage

    public func names() throws(StorageError) -> [String] {
        try count(.list, "")
        return try base.names()
    }

    public func open(_ name: String) throws(StorageError) -> ByteView {
        try count(.open, name)
        return try base.open(name)
    }

    public func create(_ name: String) throws(StorageError) -> any StorageFile {
        try count(.create, name)
        let file = try base.create(name)
        let number = state.withLock { $0.disk.create(name) }
        return FaultyFile(storage: self, file: file, name: name, number: number)
    }

    public func rename(_ name: String, to newName: String) throws(StorageError) {
        try count(.rename, name)
        try base.rename(name, to: newName)
        state.withLock { $0.disk.rename(name, to: newName) }
    }

    public func remove(_ name: String) throws(StorageError) {
        try count(.remove, name)
        try base.remove(name)
        state.withLock { $0.disk.remove(name) }
    }

    public func sync() throws(StorageError) {
        try count(.sync, "")
        try base.sync()
        state.withLock { $0.disk.syncDirectory() }
    }

    public func lock(waiting: WriterWait?) throws(StorageError) -> any WriterLock {
        try count(.lock, "")
        return try base.lock(waiting: waiting)
    }

    // MARK: Files

    fileprivate func append(_ bytes: [UInt8], to file: any StorageFile, _ name: String, _ number: Int)
        throws(StorageError)
    {
        var kept = bytes
        var failure: StorageError?
        do throws(StorageError) { try count(.write, name) } catch {
            // A full disk takes what still fits.
            guard case .failed(_, _, Self.noSpace) = error else { throw error }
            kept = Array(bytes.prefix(bytes.count / 2))
            failure = error
        }
        unsafe try file.append(kept.span.bytes)
        let written = kept
        state.withLock { $0.disk.append(written, to: number) }
        if let failure { throw failure }
    }

    fileprivate func sync(_ file: any StorageFile, _ name: String, _ number: Int) throws(StorageError) {
        try count(.sync, name)
        try file.sync()
        state.withLock { $0.disk.sync(number) }
    }

    fileprivate func close(_ file: any StorageFile, _ name: String) throws(StorageError) {
        try count(.write, name + " (close)")
        try file.close()
    }

    /// Counts a call, and fails it when its time has come.
    private func count(_ operation: StorageError.Operation, _ name: String) throws(StorageError) {
        let code: Int32? = state.withLock { state in
            state.calls.append("\(operation.rawValue) \(name)")
            switch state.fault {
            case .failure(let call) where state.calls.count == call: return Self.noSpace
            case .powerCut(let call) where state.calls.count >= call: return Self.ioError
            default: return nil
            }
        }
        if let code { throw .failed(operation, path: location + "/" + name, code: code) }
    }
}

private final class FaultyFile: StorageFile {
    private let storage: FaultyStorage
    private let file: any StorageFile
    private let name: String
    private let number: Int

    init(storage: FaultyStorage, file: any StorageFile, name: String, number: Int) {
        self.storage = storage
        self.file = file
        self.name = name
        self.number = number
    }

    func append(_ bytes: RawSpan) throws(StorageError) {
        try storage.append(unsafe bytes.withUnsafeBytes { unsafe Array($0) }, to: file, name, number)
    }

    func sync() throws(StorageError) { try storage.sync(file, name, number) }

    func close() throws(StorageError) { try storage.close(file, name) }
}
