internal import InvertedIndex
internal import Model
internal import Synchronization

/// Finds the files of an index that have an article of a given id already, to warn of an id given twice.
struct ArticleOwners: Sendable {
    private let catalog: SourceCatalog
    private let writer: IndexWriter
    /// Sources that are about to be dropped, or read anew whole.
    private let leaving: Set<UInt32>
    private let fileIDs: FileIDs

    /// Looks into what the index held before `plan` is carried out.
    init(_ plan: UpdatePlan, catalog: SourceCatalog, writer: IndexWriter) {
        self.catalog = catalog
        self.writer = writer
        leaving = Set(plan.vanished.keys).union(
            plan.pending.compactMap { $0.input == nil ? $0.replaces?.id : nil })
        fileIDs = FileIDs(catalog)
    }

    /// Looks into what the index holds.
    init(_ writer: IndexWriter) {
        catalog = SourceCatalog(writer.sources)
        self.writer = writer
        leaving = []
        fileIDs = FileIDs(catalog)
    }

    /// The path of a file, other than that of `source`, that has an article of this id and keeps it; the id of an
    /// article that is a whole file follows from its path. O(log articles), and O(roots) where a file has the id, or only few
    /// are asked for.
    func path(of id: [UInt8], except source: UInt32?) throws -> Path? {
        for root in fileIDs.mayHave(id) ? catalog.roots : [] {
            guard let record = catalog[Path(bytes: root + id)], record.id != source, !leaving.contains(record.id),
                record.rootLength == root.count, try isArticle(record)
            else { continue }
            return record.path
        }
        // Of the articles of new files the feed knows itself.
        guard !catalog.isEmpty else { return nil }
        let other = try writer.articles(ofID: id).last { $0.source != source && !leaving.contains($0.source) }
        return other.flatMap { writer.source($0.source)?.path }
    }

    /// Whether an article is the whole file.
    private func isArticle(_ record: SourceRecord) throws -> Bool {
        try writer.articles(of: record.id).contains { $0.id.isEmpty }
    }
}

/// The ids of articles that are whole files. They are gathered once asking each root has cost as much.
private final class FileIDs: Sendable {
    private struct State {
        /// Roots that have been asked in vain, for all ids together.
        var asked = 0
        var ids: Set<ArraySlice<UInt8>>?
    }

    private let catalog: SourceCatalog
    private let state = Mutex(State())

    init(_ catalog: SourceCatalog) { self.catalog = catalog }

    func mayHave(_ id: [UInt8]) -> Bool {
        // Few are soon asked.
        guard catalog.roots.count > 4 else { return true }
        return state.withLock { state in
            if state.ids == nil {
                state.asked += catalog.roots.count
                guard state.asked > catalog.count else { return true }
                state.ids = Set(catalog.all.lazy.map { $0.path.bytes.dropFirst($0.rootLength) })
            }
            return state.ids?.contains(id[...]) ?? true
        }
    }
}
