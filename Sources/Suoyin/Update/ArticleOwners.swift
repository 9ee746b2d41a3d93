internal import InvertedIndex
internal import Model

/// Finds the files of an index that have an article of a given id already, to warn of an id given twice.
struct ArticleOwners: Sendable {
    private let catalog: SourceCatalog
    private let writer: IndexWriter
    /// Sources that are about to be dropped, or read anew whole.
    private let leaving: Set<UInt32>
    /// The ids of articles that are whole files; nil where roots are few, and each is soon asked.
    private let fileIDs: Set<ArraySlice<UInt8>>?

    /// Looks into what the index held before `plan` is carried out.
    init(_ plan: UpdatePlan, catalog: SourceCatalog, writer: IndexWriter) {
        self.catalog = catalog
        self.writer = writer
        leaving = Set(plan.vanished.keys).union(
            plan.pending.compactMap { $0.input == nil ? $0.replaces?.id : nil })
        fileIDs = Self.fileIDs(catalog)
    }

    /// Looks into what the index holds.
    init(_ writer: IndexWriter) {
        catalog = SourceCatalog(writer.sources)
        self.writer = writer
        leaving = []
        fileIDs = Self.fileIDs(catalog)
    }

    private static func fileIDs(_ catalog: SourceCatalog) -> Set<ArraySlice<UInt8>>? {
        guard catalog.roots.count > 4 else { return nil }
        return Set(catalog.all.lazy.map { $0.path.bytes.dropFirst($0.rootLength) })
    }

    /// The path of a file, other than that of `source`, that has an article of this id and keeps it; the id of an
    /// article that is a whole file follows from its path. O(log articles), and O(roots) where a file has the id.
    func path(of id: [UInt8], except source: UInt32?) throws -> Path? {
        for root in catalog.roots where fileIDs?.contains(id[...]) ?? true {
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
