internal import Articles
internal import InvertedIndex
internal import Model
internal import Storage
internal import Tokenizer

/// An index open for writing, and what it knows of files: carries out one plan after another.
struct IndexSession {
    let writer: IndexWriter
    private(set) var catalog: SourceCatalog
    private let settings: Indexer
    /// Where the index is, absolute.
    let location: Path

    private let merging: MergeProgress?
    private let isLasting: Bool
    private var reportedFailures = 0
    private var hasSaidWhatReadsPDF = false

    /// Opens the index for writing, or begins one.
    ///
    /// - Parameter isLasting: whether many plans are to come, each about a few files.
    init(_ settings: Indexer, isLasting: Bool = false) throws {
        self.settings = settings
        self.isLasting = isLasting
        let storage = try PosixStorage(directory: settings.location.bytes, create: true)
        // Until all is indexed there is other progress to report.
        let progress = settings.onMergeProgress.map {
            MergeProgress(at: settings.location, isSilent: true, report: $0)
        }
        writer = try IndexWriter(
            storage, analyzer: Analyzer.fingerprint, merging: MergePolicy(), waiting: settings.waiting,
            isInterrupted: settings.isInterrupted ?? { false },
            onMerge: { progress?.look($0) })
        merging = progress
        location = try settings.location.resolved()
        catalog = SourceCatalog(writer.sources)
        if isLasting { catalog.countByDirectory() }
    }

    /// Whether a path that names no directory can matter to the index: a file of a known format, or one recorded.
    func concerns(_ path: Path) -> Bool {
        ArticleFormat(of: path) != nil || catalog[path] != nil
            || catalog.mayHoldRecords(below: path)
    }

    /// An empty plan.
    ///
    /// - Parameter willVisit: is told of each directory before it is read.
    func plan(willVisit: ((Path) -> Void)? = nil) -> UpdatePlan {
        UpdatePlan(
            known: catalog, index: location, rules: settings.encodings, selection: settings.selection,
            isStrict: settings.isStrict,
            willVisit: willVisit)
    }

    /// Indexes what the plan says and commits.
    ///
    /// - Throws: when the index cannot be read or written. The last commit is in force then; to go on, ``rollBack()``.
    mutating func carryOut(_ plan: UpdatePlan) async throws -> Indexer.Report {
        try checkInterruption()
        let outcome = try await index(plan)
        try checkInterruption()
        // An index of nothing would answer every search with "nothing found", where "no index" helps.
        var merging: [IndexingProblem] = []
        if !writer.isNew || writer.hasSources {
            try writer.commit()
            merging = isLasting ? takeMergeFailures() : finishMerges()
        }
        for record in plan.vanished.values { catalog.remove(record) }
        let read = Set(outcome.records.map(\.id))
        for pending in plan.pending {
            if let record = pending.replaces, read.contains(record.id) { catalog.remove(record) }
        }
        for record in plan.touched + outcome.records { catalog.add(record) }
        var report = outcome.report
        report.removedFiles = plan.vanished.count
        report.unchangedFiles = plan.unchangedCount
        report.problems = plan.problems + report.problems + merging
        if !hasSaidWhatReadsPDF, report.problems.contains(where: \.isOfMissingPDFReader) {
            hasSaidWhatReadsPDF = true
            report.problems.append(.noPDFReader)
        }
        return report
    }

    /// Merges what is due, and commits that. The plan's own commit stands already: what goes wrong here is a warning.
    private mutating func finishMerges() -> [IndexingProblem] {
        merging?.begin()
        writer.finishMerges()
        return commitMerged()
    }

    /// Commits what has been merged since the last commit. What goes wrong is a warning.
    mutating func commitMerged() -> [IndexingProblem] {
        var failed: [IndexingProblem] = []
        do throws(IndexError) { try writer.commit() } catch {
            failed.append(.unmerged(error, index: settings.location))
        }
        return takeMergeFailures() + failed
    }

    /// What merges failed with since this was last asked.
    private mutating func takeMergeFailures() -> [IndexingProblem] {
        let failures = writer.mergeFailures
        defer { reportedFailures = failures.count }
        return failures[min(reportedFailures, failures.count)...].map { .unmerged($0, index: settings.location) }
    }

    /// Gives up what a plan that failed has left half done.
    mutating func rollBack() throws {
        try writer.rollBack()
        catalog = SourceCatalog(writer.sources)
        if isLasting { catalog.countByDirectory() }
    }

    private func checkInterruption() throws {
        if isInterrupted { throw CancellationError() }
    }

    private var isInterrupted: Bool { Task.isCancelled || settings.isInterrupted?() == true }

    private func index(_ plan: UpdatePlan) async throws -> ArticleFeed.Outcome {
        for touched in plan.touched { writer.add(touched) }
        let feed = ArticleFeed(
            plan.pending, bytes: plan.pendingBytes, readers: settings.workers,
            owners: ArticleOwners(plan, catalog: catalog, writer: writer),
            writer: writer,
            progress: settings.onProgress, isInterrupted: { Task.isCancelled || settings.isInterrupted?() == true })
        // A second worker only pays when there is enough for both.
        let count = plan.pendingBytes ?? .max < 4 << 20 ? 1 : max(1, settings.workers)
        if !plan.pending.isEmpty {
            // Reading documents pays at once, and takes no segment.
            let readers = ReadAhead.pays(plan.pending) ? settings.workers : 0
            try await IndexingWorker.run(
                count, writer: writer, memoryBudget: settings.builderBudget(workers: count),
                isInterrupted: { isInterrupted }, helpers: max(0, readers - count),
                help: { feed.documents.help { isInterrupted } }
            ) { worker in
                while let batch = try feed.nextBatch() { feed.record(try worker.index(batch)) }
            }
        }
        let outcome = feed.outcome()
        try writer.remove(sources: Set(plan.vanished.keys))
        for (source, earlier) in outcome.failed { try writer.removeArticles(of: source, except: earlier) }
        return outcome
    }
}

extension IndexingProblem {
    fileprivate var isOfMissingPDFReader: Bool {
        switch self {
        case .article(.noPDFReader), .outdated(.noPDFReader): true
        default: false
        }
    }
}
