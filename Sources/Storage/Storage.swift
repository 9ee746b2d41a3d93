public import Bytes

/// Files to read, by name.
public protocol FileSource: AnyObject, Sendable {
    /// Where this is, for messages.
    var location: String { get }

    /// The bytes of a file. They stay readable after the file is removed or replaced.
    ///
    /// - Throws: ``StorageError/missing(path:)`` when there is no such file.
    func open(_ name: String) throws(StorageError) -> ByteView
}

/// A flat directory of files that are written once, read whole, and replaced only by rename.
///
/// What the index needs of a file system and no more, so that tests can put memory, faults and simulated power
/// cuts in its place. ``PosixStorage`` is the real one, ``MemoryStorage`` the simplest.
public protocol Storage: FileSource {
    /// The names of all files, sorted.
    func names() throws(StorageError) -> [String]

    /// A new, empty file; a file of that name is replaced by an empty one.
    func create(_ name: String) throws(StorageError) -> any StorageFile

    /// Gives a file another name, atomically replacing a file of that name.
    func rename(_ name: String, to newName: String) throws(StorageError)

    /// Removes a file. A file that is not there is not an error.
    func remove(_ name: String) throws(StorageError)

    /// Makes creations, renames and removals so far survive a power cut.
    func sync() throws(StorageError)

    /// Takes the only writer's place until the result is released, or its process ends.
    ///
    /// - Parameter waiting: called when another writer has the place, once, before waiting until that one lets it go
    ///   or dies; nil waits for nobody.
    /// - Throws: ``StorageError/locked(path:process:)`` when another writer has it and nobody waits.
    func lock(waiting: WriterWait?) throws(StorageError) -> any WriterLock
}

/// Told that another writer is waited for, and its process id where that could be read.
public typealias WriterWait = @Sendable (_ process: Int?) -> Void

extension Storage {
    /// Takes the only writer's place if it is free.
    public func lock() throws(StorageError) -> any WriterLock { try lock(waiting: nil) }
}

/// A file being written from front to back.
public protocol StorageFile: AnyObject {
    func append(_ bytes: RawSpan) throws(StorageError)
    /// Makes what was appended survive a power cut.
    func sync() throws(StorageError)
    func close() throws(StorageError)
}

/// Proof of being the only writer; the place is free again when this is deinitialised.
public protocol WriterLock: AnyObject, Sendable {}
