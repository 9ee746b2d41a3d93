internal import InvertedIndex
public import Model
internal import Storage

/// A copy of an index, as its last commit left it: an index of its own, to be searched, written to, moved or kept.
public struct IndexBackup: Sendable {
    /// Number of the commit.
    public var generation: UInt64
    public var files: Int
    public var bytes: Int

    /// Copies the index, while it may be searched and written to.
    ///
    /// - Parameters:
    ///   - target: an empty directory, or one that is not there yet.
    /// - Throws: when there is no index, it is damaged, or the target is not empty or cannot be written. What was
    ///   written by then is removed again.
    /// - Complexity: O(bytes of the index), each of them read, verified and written.
    public init(of index: Path, to target: Path) throws {
        let storage = try PosixStorage(directory: index.bytes, create: false)
        // No directory is made for an index that is not there.
        _ = try IndexSnapshot(storage, analyzer: nil)
        let isThere = (try? PosixStorage(directory: target.bytes, create: false).names()) != nil
        let copyStorage = try PosixStorage(directory: target.bytes, create: true)
        do {
            let copy = try IndexCopy(of: storage, to: copyStorage)
            generation = copy.generation
            files = copy.files
            bytes = copy.bytes
        } catch {
            if !isThere { copyStorage.removeDirectory() }
            throw error
        }
    }
}
