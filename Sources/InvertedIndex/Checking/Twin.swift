internal import Bytes
internal import Storage

/// A small file that nothing else could replace, and the second copy that is kept of it.
struct Twin {
    let name: String
    let copy: String
    private let kind: IndexFile
    private let owner: UInt64

    /// All of a commit, the manifest first.
    static func all(of manifest: Manifest) -> [Twin] {
        var twins = [
            Twin(
                name: IndexFile.manifest.name(0), copy: IndexFile.manifestCopyName(manifest.generation),
                kind: .manifest,
                owner: 0)
        ]
        for (name, generation) in manifest.sourcesFiles {
            twins.append(Twin(name: name, copy: IndexFile.copyName(name), kind: .sources, owner: generation))
        }
        for number in Set(manifest.segments.map(\.vocabulary)).sorted() where number > 0 {
            let name = IndexFile.vocabulary.name(number)
            twins.append(Twin(name: name, copy: IndexFile.copyName(name), kind: .vocabulary, owner: number))
        }
        for info in manifest.segments {
            guard let name = info.liveName else { continue }
            twins.append(Twin(name: name, copy: IndexFile.copyName(name), kind: .live, owner: info.id))
        }
        return twins
    }

    /// What is wrong with either, or both.
    func damage(in files: any FileSource) -> IndexDamage? {
        switch (body(name, files), body(copy, files)) {
        case (.success(let one), .success(let other)):
            guard one != other else { return nil }
            let fault = FormatError.malformed(
                file: files.location + "/" + copy, offset: Envelope.headerSize, rule: .copyDiffers)
            return IndexDamage(part: .copy(name: copy), faults: [.format(fault)])
        case (.failure(let fault), .success):
            return IndexDamage(part: kind == .manifest ? .manifest : .twin(name: name), faults: [fault])
        case (.success, .failure(let fault)): return IndexDamage(part: .copy(name: copy), faults: [fault])
        // Whoever needs the file meets the fault again.
        case (.failure, .failure): return nil
        }
    }

    private func body(_ name: String, _ files: any FileSource) -> Result<[UInt8], IndexError> {
        do throws(IndexError) {
            let view = try kind.open(name, owner: owner, in: files)
            return .success(try IndexError.format { () throws(FormatError) in try view.copy() })
        } catch {
            return .failure(error)
        }
    }

    /// Writes what is damaged anew with the content of what is sound, in such a way that it is never half written.
    func mend(_ part: IndexDamage.Part, in storage: any Storage) throws(IndexError) {
        let isCopy = part == .copy(name: copy)
        try Self.replace(isCopy ? copy : name, by: isCopy ? name : copy, in: storage)
    }

    static func replace(_ name: String, by other: String, in storage: any Storage) throws(IndexError) {
        let content = try IndexError.storage { () throws(StorageError) in try storage.open(other) }
        let bytes = try IndexError.format { () throws(FormatError) in try content.copy() }
        try IndexError.storage { () throws(StorageError) in
            let file = try storage.create(IndexWriter.newManifest)
            unsafe try file.append(bytes.span.bytes)
            try file.sync()
            try file.close()
            try storage.rename(IndexWriter.newManifest, to: name)
            try storage.sync()
        }
    }
}
