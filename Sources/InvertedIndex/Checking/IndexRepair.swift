internal import Bytes
internal import Model
public import Storage

/// Mends an index as far as its files allow: nothing that is sound is touched.
///
/// Files kept twice are put in each other's place at once. Damaged segments are left out, and built again from those
/// articles of them whose text is sound; the sources of the others are marked to be read again
/// (``SourceRecord/needsReading``). That is one commit.
public final class IndexRepair {
    /// Files that were put in order by their second copies.
    public let mended: [IndexDamage]
    /// What was found then.
    public let check: IndexCheck
    /// Segments that are to be built again, with their text.
    public let rebuilds: [StoredArticles]
    private let storage: any Storage
    private let lock: any WriterLock
    /// Segments that can only be left out.
    private let lost: [SegmentInfo]

    /// Takes the writer's place, mends what is kept twice, and checks the index.
    ///
    /// - Parameters:
    ///   - terms: as for ``IndexCheck``. With another analyzer no segment can be built again.
    ///   - waiting: called before another writer is waited for; nil waits for none.
    /// - Throws: ``IndexError``, notably when a file cannot be read that may be sound, and when nothing says any more
    ///   which files make up the index, or which files its articles came from.
    public init(_ storage: any Storage, terms: (analyzer: String, by: any TextTerms), waiting: WriterWait? = nil)
        throws(IndexError)
    {
        self.storage = storage
        // Before anything is written: a directory that is no index stays as it is.
        guard IndexSnapshot.isThere(storage) else { throw IndexSnapshot.absence(of: storage) }
        lock = try IndexError.storage { () throws(StorageError) in try storage.lock(waiting: waiting) }
        mended = try Self.mendTwins(storage)
        check = try IndexCheck(storage, terms: terms)
        var rebuilds: [StoredArticles] = []
        var lost: [SegmentInfo] = []
        for damage in check.damages {
            // What only cannot be read must not be thrown away.
            if let obstacle = damage.obstacle { throw obstacle }
            switch damage.part {
            case .sources: throw .sourcesLost(location: storage.location)
            case .terms(let id), .text(let id), .live(let id):
                guard let info = check.manifest.segments.first(where: { $0.id == id }) else { continue }
                if check.analyzer == terms.analyzer, let stored = Self.salvage(info, damage, in: storage) {
                    rebuilds.append(stored)
                } else {
                    lost.append(info)
                }
            case .manifest, .twin, .copy: break
            }
        }
        (self.rebuilds, self.lost) = (rebuilds, lost)
    }

    /// The text of a damaged segment, as far as it can be relied upon; nil when that is not at all.
    private static func salvage(_ info: SegmentInfo, _ damage: IndexDamage, in storage: any Storage)
        -> StoredArticles?
    {
        guard var stored = try? StoredArticles(info, in: storage) else { return nil }
        if damage.part == .terms(segment: info.id) { return stored }
        // What no checksum gave away is no bad block, and may be wrong in more ways than were noticed.
        let isOfBytes = damage.faults.allSatisfy { fault in
            if case .format(.checksumMismatch) = fault { true } else { false }
        }
        stored.isSalvaged = true
        return isOfBytes ? stored : nil
    }

    private static func mendTwins(_ storage: any Storage) throws(IndexError) -> [IndexDamage] {
        let manifest = IndexFile.manifest.name(0)
        let names = try IndexError.storage { () throws(StorageError) in try storage.names() }
        var mended: [IndexDamage] = []
        if !names.contains(manifest), let copy = try ManifestCopy.newest(in: storage) {
            let fault = IndexError.storage(.missing(path: storage.location + "/" + manifest))
            try Twin.replace(manifest, by: copy.name, in: storage)
            mended.append(IndexDamage(part: .manifest, faults: [fault]))
        }
        let commit: CommitFiles
        do throws(IndexError) {
            commit = try CommitFiles(storage, usesCopy: true)
        } catch .format(let fault) {
            if case .unsupportedVersion = fault { throw .format(fault) }
            throw .manifestLost(location: storage.location)
        }
        for twin in Twin.all(of: commit.manifest) {
            guard let damage = twin.damage(in: commit) else { continue }
            try twin.mend(damage.part, in: storage)
            mended.append(damage)
        }
        return mended
    }

    /// Whether a commit is needed.
    public var needsCommit: Bool { !rebuilds.isEmpty || !lost.isEmpty }

    /// A writer whose next commit leaves damaged segments out. To be called once.
    public func makeWriter() throws(IndexError) -> IndexWriter {
        let dropped = Set(lost.map(\.id) + rebuilds.map(\.info.id))
        return try IndexWriter(storage, lock: lock, analyzer: check.analyzer, takeover: .allBut(dropped))
    }

    /// Marks the sources of articles that are left out, so that the next run of the indexer reads them again.
    ///
    /// - Parameters:
    ///   - passedOver: what the readers of ``rebuilds`` had to pass over.
    ///   - writer: as ``makeWriter()`` gave it.
    /// - Returns: these sources, by path.
    public func markLost(_ passedOver: Set<UInt32?>, in writer: IndexWriter) -> [SourceRecord] {
        let known = Dictionary(writer.sources.map { ($0.id, $0) }) { $1 }
        var ids = passedOver.contains(nil) ? Set(known.keys) : Set(passedOver.compactMap { $0 })
        for info in lost { ids.formUnion(sources(of: info) ?? Set(known.keys)) }
        let records = ids.compactMap { known[$0] }
        for record in records { writer.add(record.unread) }
        return records.sorted { $0.path < $1.path }
    }

    /// The ids of articles of a source that are left out, where their own ids tell them apart; nil when some cannot be told.
    ///
    /// - Parameter writer: as ``makeWriter()`` gave it, with what could be built again.
    public func lostIDs(of source: UInt32, in writer: IndexWriter) throws(IndexError) -> [[UInt8]]? {
        var lost: Set<[UInt8]> = []
        for info in self.lost + rebuilds.map(\.info) {
            var ids: [[UInt8]] = []
            let isReadable = forEachArticle(of: info) { (table, article) throws(FormatError) in
                if try table.source(ofArticle: article) == source { ids.append(try table.record(article).id) }
            }
            guard isReadable else { return nil }
            for id in ids where try !writer.articles(ofID: id).contains(where: { $0.source == source }) {
                lost.insert(id)
            }
        }
        return lost.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The sources of a segment's live articles; nil when that cannot be told, so that it may be any.
    private func sources(of info: SegmentInfo) -> Set<UInt32>? {
        var sources: Set<UInt32> = []
        let isReadable = forEachArticle(of: info) { (table, article) throws(FormatError) in
            sources.insert(try table.source(ofArticle: article))
        }
        return isReadable ? sources : nil
    }

    /// Calls `body` with a segment's live articles; false when they cannot all be told.
    private func forEachArticle(of info: SegmentInfo, _ body: (ArticleTable, Int) throws(FormatError) -> Void)
        -> Bool
    {
        do throws(IndexError) {
            let name = IndexFile.articles.name(info.id)
            let file = try IndexFile.articles.open(name, owner: info.id, in: storage)
            let live = try? LiveSet.read(info, in: storage)
            return try IndexError.format { () throws(FormatError) in
                let table = try ArticleTable(file)
                guard table.articleCount == info.articleCount else { return false }
                for article in 0..<table.articleCount where live?.isDeleted(article) != true {
                    try body(table, article)
                }
                return true
            }
        } catch {
            return false
        }
    }
}

extension SourceRecord {
    /// Whether articles of the file are missing from the index, so that it has to be read again whatever its size and
    /// time. No file that was read has a time of change of 0.
    public var needsReading: Bool { modified == 0 && changed == 0 && contentHash == 0 }

    /// The record of the same file as one that has to be read again.
    var unread: SourceRecord {
        var record = self
        (record.modified, record.changed, record.contentHash) = (0, 0, 0)
        return record
    }
}
