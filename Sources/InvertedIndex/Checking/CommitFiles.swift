internal import Bytes
internal import Storage

/// All files of one commit, opened at once: whoever reads them is not disturbed by a writer, which may replace the
/// commit and remove them meanwhile.
final class CommitFiles: FileSource {
    let location: String
    let manifest: Manifest
    private let views: [String: ByteView]
    private let faults: [String: StorageError]

    /// - Parameter usesCopy: whether the second copy of the manifest may stand in for one that cannot be read.
    /// - Throws: when the manifest cannot be read, nor any copy of it, or there is none. Whatever else cannot be
    ///   opened is an error of ``open(_:)``.
    init(_ storage: any Storage, usesCopy: Bool = false) throws(IndexError) {
        location = storage.location
        var attempt = 0
        while true {
            let manifest = try Self.readManifest(storage, usesCopy: usesCopy)
            var views: [String: ByteView] = [:]
            var faults: [String: StorageError] = [:]
            for name in manifest.files {
                do throws(StorageError) { views[name] = try storage.open(name) } catch { faults[name] = error }
            }
            // What is missing was removed by a writer, if that has made another commit.
            attempt += 1
            if !faults.isEmpty, attempt < 10, let now = try? IndexSnapshot.readManifest(storage),
                now.generation != manifest.generation
            {
                continue
            }
            self.manifest = manifest
            (self.views, self.faults) = (views, faults)
            return
        }
    }

    private static func readManifest(_ storage: any Storage, usesCopy: Bool) throws(IndexError) -> Manifest {
        do throws(IndexError) {
            return try IndexSnapshot.manifest(of: storage)
        } catch {
            guard usesCopy, case .format = error, let copy = (try? ManifestCopy.newest(in: storage)) ?? nil else {
                throw error
            }
            return copy.manifest
        }
    }

    func open(_ name: String) throws(StorageError) -> ByteView {
        if let view = views[name] { return view }
        throw faults[name] ?? .missing(path: location + "/" + name)
    }
}

/// The second copy of a manifest.
enum ManifestCopy {
    /// The newest one that can be read and whose files are all there, or, if there is none, the newest that can be read: what
    /// is missing is then found missing, as it is where the manifest itself names it.
    ///
    /// - Returns: nil where there is none.
    /// - Throws: ``IndexError``, notably `.manifestLost` where none can be read: there has been a commit.
    static func newest(in storage: any Storage) throws(IndexError) -> (name: String, manifest: Manifest)? {
        let names = try IndexError.storage { () throws(StorageError) in Set(try storage.names()) }
        let copies = names.compactMap { name in
            IndexFile.generation(ofManifestCopy: name).map { (name: name, generation: $0) }
        }
        var incomplete: (name: String, manifest: Manifest)?
        for copy in copies.sorted(by: { $0.generation > $1.generation }) {
            do throws(IndexError) {
                let body = try IndexFile.manifest.open(copy.name, owner: 0, in: storage)
                let manifest = try IndexError.format { () throws(FormatError) in try Manifest(body) }
                guard manifest.generation == copy.generation else { continue }
                // Second copies can be made again.
                let needed = manifest.files.filter { $0 != IndexFile.manifest.name(0) && !IndexFile.isCopy($0) }
                if names.isSuperset(of: needed) { return (copy.name, manifest) }
                incomplete = incomplete ?? (copy.name, manifest)
            } catch {
                // What only cannot be read now must not be passed over, and then cleaned up.
                if error.isNoDamage { throw error }
            }
        }
        if incomplete == nil, !copies.isEmpty { throw .manifestLost(location: storage.location) }
        return incomplete
    }
}
