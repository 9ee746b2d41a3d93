internal import Bytes
public import Storage

/// Copies the last commit of an index to another place, while a writer may go on with the next one.
///
/// Every byte is read, compared with its checksum, and written anew. Links to the files, or clones that share their
/// blocks on the disk, would be made faster and be no copies: a block that goes bad would take both with it.
public struct IndexCopy: Sendable {
    /// Number of the commit.
    public let generation: UInt64
    public private(set) var files = 0
    public private(set) var bytes = 0

    /// - Parameters:
    ///   - storage: the index.
    ///   - target: an empty directory.
    /// - Throws: ``IndexError``: the index is damaged, the target is not empty or cannot be written. What was written
    ///   by then is removed again.
    public init(of storage: any Storage, to target: any Storage) throws(IndexError) {
        let commit = try CommitFiles(storage)
        generation = commit.manifest.generation
        try Self.expectEmpty(target)
        let lock = try IndexError.storage { () throws(StorageError) in try target.lock() }
        defer { withExtendedLifetime(lock) {} }
        try Self.expectEmpty(target)
        let manifests = [IndexFile.manifestCopyName(generation), IndexFile.manifest.name(0)]
        let others = commit.manifest.files.subtracting(manifests).sorted()
        do throws(IndexError) {
            try IndexFile.begin(in: target)
            for name in others { try copy(name, from: commit, to: target, as: name) }
            try IndexError.storage { () throws(StorageError) in try target.sync() }
            // Last, in the order of a commit, so that a copy that is not whole is no index.
            for name in manifests {
                try copy(name, from: commit, to: target, as: IndexWriter.newManifest)
                try IndexError.storage { () throws(StorageError) in
                    try target.rename(IndexWriter.newManifest, to: name)
                    try target.sync()
                }
            }
            try IndexError.storage { () throws(StorageError) in
                try target.remove(IndexFile.noCommitYet)
                try target.sync()
            }
        } catch {
            for name in manifests.reversed() + others + [IndexWriter.newManifest, IndexFile.noCommitYet, "lock"] {
                try? target.remove(name)
            }
            throw error
        }
    }

    private static func expectEmpty(_ target: any Storage) throws(IndexError) {
        let names = try IndexError.storage { () throws(StorageError) in try target.names() }
        guard names.allSatisfy({ $0 == "lock" }) else { throw .notEmpty(location: target.location) }
    }

    private mutating func copy(
        _ name: String, from commit: CommitFiles, to target: any Storage, as newName: String
    ) throws(IndexError) {
        let view = try IndexError.storage { () throws(StorageError) in try commit.open(name) }
        try IndexError.format { () throws(FormatError) in try Envelope.verify(view) }
        let file = try IndexError.storage { () throws(StorageError) in try target.create(newName) }
        let piece = 1 << 20
        for start in stride(from: 0, to: view.count, by: piece) {
            let bytes = try IndexError.format { () throws(FormatError) in
                try view.slice(start..<min(start + piece, view.count)).copy()
            }
            try IndexError.storage { () throws(StorageError) in unsafe try file.append(bytes.span.bytes) }
        }
        try IndexError.storage { () throws(StorageError) in
            try file.sync()
            try file.close()
        }
        files += 1
        bytes += view.count
    }
}
