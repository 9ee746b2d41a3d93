internal import Bytes
public import Storage

/// An index as one commit left it. Later commits do not change it, nor does removing its files.
public struct IndexSnapshot: Sendable {
    public let location: String
    public let segments: [SegmentReader]
    public let sources: SourceTable
    let manifest: Manifest

    /// Opens the last commit.
    ///
    /// Reads the manifest whole and the ends of every other file; time does not depend on the size of the text.
    ///
    /// - Parameter analyzer: the fingerprint the index must have been made with; nil takes any.
    /// - Throws: ``IndexError``: there is no index, it was made by another analyzer, or its files are damaged.
    public init(_ storage: any Storage, analyzer: String?) throws(IndexError) {
        var attempt = 0
        while true {
            do {
                try self.init(opening: storage, analyzer: analyzer)
                return
            } catch {
                // A writer may have replaced the commit, and removed its files, since the manifest was read.
                attempt += 1
                guard attempt < 10, case .storage(.missing) = error else { throw error }
            }
        }
    }

    private init(opening storage: any Storage, analyzer: String?) throws(IndexError) {
        location = storage.location
        let manifest = try Self.manifest(of: storage)
        if let analyzer, manifest.analyzer != analyzer {
            throw .otherAnalyzer(location: storage.location, found: manifest.analyzer, expected: analyzer)
        }
        self.manifest = manifest
        var segments: [SegmentReader] = []
        let shelf = VocabularyShelf()
        for info in manifest.segments { segments.append(try SegmentReader(info, in: storage, shelf: shelf)) }
        self.segments = segments
        sources = try Self.readSources(manifest, storage)
    }

    /// The fingerprint of the analyzer that an index was made with, whether or not its segments can be read.
    public static func analyzer(of storage: any Storage) throws(IndexError) -> String {
        try manifest(of: storage).analyzer
    }

    /// The manifest of the last commit, or its second copy where it is missing.
    ///
    /// An index that has lost its manifest is not one of nothing. (A writer may also have ended just before it put its first
    /// manifest in place: all of that commit is there.) A check reports it.
    static func manifest(of storage: any Storage) throws(IndexError) -> Manifest {
        if let manifest = try readManifest(storage) { return manifest }
        var copy: (name: String, manifest: Manifest)?
        do throws(IndexError) {
            copy = try ManifestCopy.newest(in: storage)
        } catch .storage(.failed(.list, _, _)) {
            // There is no such directory, mostly.
        }
        // A commit may have come between these looks.
        if let copy { return try readManifest(storage) ?? copy.manifest }
        let absence = absence(of: storage)
        if let manifest = try readManifest(storage) { return manifest }
        throw absence
    }

    /// Why there is neither a manifest nor a copy of one: there has been no commit, or both are lost.
    static func absence(of storage: any Storage) -> IndexError {
        let names = (try? storage.names()) ?? []
        let hasBegun = names.contains(IndexFile.noCommitYet)
        return !hasBegun && names.contains { IndexFile.isOurs($0) }
            ? .manifestLost(location: storage.location) : .noIndex(location: storage.location)
    }

    /// Whether there is the manifest of an index, or a copy of it, sound or not.
    static func isThere(_ storage: any Storage) -> Bool {
        do throws(StorageError) {
            _ = try storage.open(manifestName)
            return true
        } catch .missing {
            let names = (try? storage.names()) ?? []
            return names.contains { IndexFile.generation(ofManifestCopy: $0) != nil }
        } catch {
            // Whoever reads it is told why that is not possible.
            return true
        }
    }

    /// The file that a commit replaces: an index whose file of this name is another one has another commit.
    public static let manifestName = IndexFile.manifest.name(0)

    /// The manifest of the last commit; nil when there is none.
    static func readManifest(_ storage: any FileSource) throws(IndexError) -> Manifest? {
        let name = IndexFile.manifest.name(0)
        let view: ByteView
        do {
            view = try storage.open(name)
        } catch {
            if case .missing = error { return nil }
            throw .storage(error)
        }
        return try IndexError.format { () throws(FormatError) in
            let body = try Envelope.open(
                view, kind: IndexFile.manifest.rawValue, version: IndexFile.manifest.version, owner: 0)
            return try Manifest(body)
        }
    }

    /// The sources of a commit.
    static func readSources(_ manifest: Manifest, _ files: any FileSource) throws(IndexError) -> SourceTable {
        SourceTable(try readSourceLayers(manifest, files))
    }

    static func readSourceLayers(_ manifest: Manifest, _ files: any FileSource) throws(IndexError) -> [SourceLayer]
    {
        var layers: [SourceLayer] = []
        for generation in manifest.sourceLayers {
            layers.append(try SourceLayer(generation: generation, in: files))
        }
        return layers
    }

    /// Number of the commit, from 1.
    public var generation: UInt64 { manifest.generation }

    /// Files of which articles are missing, since damage was repaired, until they are indexed again.
    public var unreadSources: Int { manifest.unreadSources }

    /// The analyzer's fingerprint.
    public var analyzer: String { manifest.analyzer }

    /// Live articles.
    public var articleCount: Int { segments.reduce(0) { $0 + $1.info.articleCount - $1.info.deletedArticles } }

    /// Bytes of all segments on disk.
    public var size: UInt64 { segments.reduce(0) { $0 + $1.info.size } }
}
