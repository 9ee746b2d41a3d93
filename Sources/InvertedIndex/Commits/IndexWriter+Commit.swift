internal import Bytes
internal import Storage
internal import Synchronization

extension IndexWriter {
    /// Makes everything since the last commit durable and visible at once.
    ///
    /// In this order: new files (each synced as it is finished), the second copy of the manifest, the directory, the new
    /// manifest beside the old one, its rename over the old one, the directory. Any failure leaves the old commit in force, but
    /// for one in the last sync: then readers see the new commit, and a power cut decides. Committing can be tried again.
    ///
    /// Builders may go on meanwhile, but nothing may be added or removed by another thread until this returns.
    ///
    /// - Returns: false when there was nothing to commit.
    @discardableResult
    public func commit() throws(IndexError) -> Bool {
        let contents = segments.beginCommit()
        var (next, hasChangedSources) = state.withLock { ($0.manifest, !$0.changedSources.isEmpty) }
        guard next.generation == 0 || hasChangedSources || contents.isChanged || next.analyzer != analyzer else {
            return false
        }
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
        let layers = try writeSources(generation: next.generation)
        next.sourceLayers = layers.map(\.generation)
        next.unreadSources = state.withLock { $0.sources.values.count { $0.needsReading } }
        try publish(next)
        let committed = next
        segments.didCommit(contents, as: committed.segments)
        state.withLock { state in
            // Others may have asked for numbers meanwhile.
            let nextSource = state.manifest.nextSource
            state.manifest = committed
            state.manifest.nextSource = nextSource
            state.sourceLayers = layers
            state.changedSources = []
        }
        opened.keep(Set(segments.contents.entries.map(\.info.id)))
        // The commit stands; what could not be removed now, the next one removes.
        try? removeLeftovers(sparing: vocabularies.fileName)
        return true
    }

    /// Puts a manifest whose files are all written in the place of the last one.
    private func publish(_ manifest: Manifest) throws(IndexError) {
        let copy = IndexFile.manifestCopyName(manifest.generation)
        let content = manifest.encoded()
        do throws(IndexError) {
            // Where there is a copy and no manifest, something got lost, or a first commit ended just before it stood. So that
            // these can be told apart, a copy has its name only when it is whole, and all that it names is there.
            if try IndexSnapshot.readManifest(storage) == nil { try sync() }
            try replace(copy, by: content)
            try sync()
            try replace(IndexFile.manifest.name(0), by: content)
        } catch {
            // Nobody may take it for the copy of a manifest that has got lost.
            try? storage.remove(copy)
            throw error
        }
        try sync()
    }

    private func replace(_ name: String, by manifest: [UInt8]) throws(IndexError) {
        try write(.manifest, name: Self.newManifest, owner: 0, manifest)
        try IndexError.storage { () throws(StorageError) in try storage.rename(Self.newManifest, to: name) }
    }

    /// Makes names of files, and that they are gone, last.
    func sync() throws(IndexError) {
        try IndexError.storage { () throws(StorageError) in try storage.sync() }
    }

    /// Writes a layer of the sources that have changed; gives the layers of the table with it.
    private func writeSources(generation: UInt64) throws(IndexError) -> [SourceLayer] {
        let (sources, changed, layers) = state.withLock { ($0.sources, $0.changedSources, $0.sourceLayers) }
        guard !changed.isEmpty else { return layers }
        let merged = SourceTable.mergedCount(of: changed.count, below: layers.map(\.count))
        var ids = changed
        for layer in layers.suffix(merged) {
            ids.formUnion(try IndexError.format { () throws(FormatError) in try layer.allIDs() })
        }
        // What the oldest layer removes, nothing below it has.
        let removed = merged == layers.count ? [] : ids.filter { sources[$0] == nil }
        let body = SourceLayer.encode(
            ids.compactMap { sources[$0] }, removed: Array(removed), total: sources.count)
        try writeTwice(.sources, name: IndexFile.sources.name(generation), owner: generation, body)
        return layers.dropLast(merged) + [try SourceLayer(generation: generation, in: storage)]
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
        var needed = isNew ? [IndexFile.noCommitYet] : state.withLock { $0.manifest.files }
        if let vocabulary { needed.formUnion([vocabulary, IndexFile.copyName(vocabulary)]) }
        try IndexError.storage { () throws(StorageError) in
            for name in try storage.names() where IndexFile.isOurs(name) && !needed.contains(name) {
                if !segments.isUncommitted(name) { try storage.remove(name) }
            }
        }
    }
}
