internal import InvertedIndex
internal import Model

/// Finds the files of an index that have an article of a given id already, to warn of an id given twice.
struct ArticleOwners: Sendable {
    private let catalog: SourceCatalog
    private let writer: IndexWriter
    /// Sources that are about to be dropped, or read anew.
    private let leaving: Set<UInt32>

    /// Looks into what the index held before `plan` is carried out.
    init(_ plan: UpdatePlan, catalog: SourceCatalog, writer: IndexWriter) {
        self.catalog = catalog
        self.writer = writer
        leaving = Set(plan.vanished.keys).union(plan.pending.compactMap { $0.replaces?.id })
    }

    /// The path of a file, other than that of `source`, that has an article of this id and keeps it; the id of an
    /// article that is a whole file follows from its path. O(roots + log articles).
    func path(of id: [UInt8], except source: UInt32) throws -> Path? {
        for root in catalog.roots {
            guard let record = catalog[Path(bytes: root + id)], record.id != source, !leaving.contains(record.id),
                record.rootLength == root.count, try isArticle(record)
            else { continue }
            return record.path
        }
        // Of the articles of new files the feed knows itself.
        guard !catalog.isEmpty, let other = try writer.source(ofID: id, excluding: leaving) else { return nil }
        return other == source ? nil : writer.source(other)?.path
    }

    /// Whether an article is the whole file.
    private func isArticle(_ record: SourceRecord) throws -> Bool {
        try writer.articles(of: record.id).contains { $0.id.isEmpty }
    }
}
