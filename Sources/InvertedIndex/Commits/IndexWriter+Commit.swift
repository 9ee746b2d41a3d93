internal import Bytes
internal import Storage
internal import Synchronization

extension IndexWriter {
    /// Makes everything since the last commit durable and visible at once.
    ///
    /// In this order: new files (each synced as it is finished), the directory, the new manifest beside the old
    /// one, its rename over the old one, the directory. Any failure leaves the old commit in force, but for one in the
    /// last sync: then readers see the new commit, and a power cut decides. Committing can be tried again.
    ///
    /// Builders may go on meanwhile, but nothing may be added or removed by another thread until this returns.
    ///
    /// - Returns: false when there was nothing to commit.
    @discardableResult
    public func commit() throws(IndexError) -> Bool {
        let contents = segments.beginCommit()
        var (next, sources, sourcesChanged) = state.withLock { ($0.manifest, $0.sources, $0.sourcesChanged) }
        let isFirst = next.generation == 0
        guard isFirst || sourcesChanged || contents.isChanged || next.analyzer != analyzer else { return false }
        // A commit that failed may have left a manifest that names its files: another attempt writes other ones.
        next.generation = state.withLock { state in
            state.attempted = max(state.attempted, state.manifest.generation) + 1
            return state.attempted
        }
        next.analyzer = analyzer
        next.nextSegment = contents.nextID
        next.segments = []
        // A segment with no live article left has nothing to say.
        for entry in contents.entries where entry.info.deletedArticles < entry.info.articleCount {
            var info = entry.info
            if let live = entry.live, entry.isLiveChanged {
                info.liveGeneration = next.generation
                let name = IndexFile.live.name(info.id, generation: next.generation)
                try writeTwice(.live, name: name, owner: info.id, live.encoded())
            }
            next.segments.append(info)
        }
        if sourcesChanged || isFirst {
            next.sourcesGeneration = next.generation
            let name = IndexFile.sources.name(next.generation)
            let body = SourceTable.encode(Array(sources.values))
            try writeTwice(.sources, name: name, owner: next.generation, body)
        }
        try write(.manifest, name: IndexFile.manifestCopyName(next.generation), owner: 0, next.encoded())
        try IndexError.storage { () throws(StorageError) in try storage.sync() }
        try write(.manifest, name: Self.newManifest, owner: 0, next.encoded())
        try IndexError.storage { () throws(StorageError) in
            try storage.rename(Self.newManifest, to: IndexFile.manifest.name(0))
            try storage.sync()
        }
        let committed = next
        segments.didCommit(contents, as: committed.segments)
        state.withLock { state in
            state.manifest = committed
            state.sourcesChanged = false
        }
        // The commit stands; what could not be removed now, the next one removes.
        try? removeLeftovers(sparing: vocabularies.fileName)
        return true
    }

    /// The name under which a manifest, or what is to replace a small file, is written.
    static let newManifest = "manifest.new"

    private func write(_ kind: IndexFile, name: String, owner: UInt64, _ body: [UInt8]) throws(IndexError) {
        let file = try IndexFileWriter(kind, name: name, owner: owner, in: storage)
        try file.append(body)
        try file.finish()
    }

    /// Writes a small file that nothing else could replace, and a second copy of it.
    private func writeTwice(_ kind: IndexFile, name: String, owner: UInt64, _ body: [UInt8]) throws(IndexError) {
        try write(kind, name: name, owner: owner, body)
        try write(kind, name: IndexFile.copyName(name), owner: owner, body)
    }

    /// Removes files of this program that the last commit does not name.
    ///
    /// - Parameter vocabulary: a file that the next commit may name.
    func removeLeftovers(sparing vocabulary: String?) throws(IndexError) {
        var needed = state.withLock { $0.manifest.files }
        if let vocabulary { needed.formUnion([vocabulary, IndexFile.copyName(vocabulary)]) }
        try IndexError.storage { () throws(StorageError) in
            for name in try storage.names() where IndexFile.isOurs(name) && !needed.contains(name) {
                if !segments.isUncommitted(name) { try storage.remove(name) }
            }
        }
    }
}
