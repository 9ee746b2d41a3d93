public import Articles
internal import InvertedIndex
public import Model
internal import Storage
internal import Tokenizer

/// Brings an index up to date with files and directories.
///
/// ```swift
/// let report = try await Indexer(index: "Index").update(["Corpus"])
/// ```
/// One indexer writes at a time: another one gets an error that names the process. Whatever goes wrong, the
/// index is that of the last complete run.
public struct Indexer: Sendable {
    /// What a run did.
    public struct Report: Sendable {
        public var addedFiles = 0
        public var changedFiles = 0
        /// Files that say what one said that is gone, under another name or elsewhere.
        public var renamedFiles = 0
        public var removedFiles = 0
        public var unchangedFiles = 0
        /// What came of articles that were given as input, and are in no file.
        public var input = InputReport()
        /// Articles of new, changed and renamed files, and of input, that were in the index as they are.
        public var keptArticles = 0
        /// Articles and paragraphs indexed in this run.
        public var articles = 0
        public var paragraphs = 0
        /// Bytes of text in them.
        public var textBytes = 0
        /// What could not be indexed, and warnings.
        public var problems: [IndexingProblem] = []

        /// Whether everything asked for is in the index.
        public var isComplete: Bool { problems.allSatisfy(\.isWarning) }
    }

    /// How far a run has come.
    public struct Progress: Sendable {
        /// Articles analysed, and bytes of text in them.
        public var articles: Int
        public var textBytes: Int
        /// Bytes of the files to be read: so far, and in all, where that can be known.
        public var readBytes: Int
        public var totalBytes: Int?
    }

    let location: Path
    /// Asked every so often, from any thread, whether to end: first when files have been compared and before anything is
    /// written. What was at work is then given up; once it has been committed, only merging is.
    public var isInterrupted: (@Sendable () -> Bool)?
    /// Bytes of memory that indexing may take; at least some 32 MB.
    public var memoryBudget = Self.defaultMemoryBudget
    /// What ``memoryBudget`` is unless told, in bytes.
    public static let defaultMemoryBudget = 512 << 20
    /// Called every so often while articles are read, from any thread.
    public var onProgress: (@Sendable (Progress) -> Void)?
    /// Called every so often while segments are merged and nothing else is done, by ``merge()`` or at the end of an
    /// update, from any thread, with the bytes that this merge has written and about how many there will be. Several
    /// may follow one another.
    public var onMergeProgress: (@Sendable (_ written: Int, _ total: Int) -> Void)?
    /// In which encodings files are to be read, whatever they look like; of the rules that match a file the last
    /// counts. A file whose rule changed is read again.
    public var encodings: [EncodingRule] = []
    /// Which files under the directories given are indexed. What is left out by now is dropped, as if it were gone.
    public var selection = FileSelection()
    /// Whether the paths to update are a list that something else has made, such as of changed files: a file among them keeps
    /// the id that it has in the index, and the id of a new one is its path from the working directory. Otherwise that of a file
    /// given by name is its name.
    public var isList = false
    /// Whether files with bytes that mean nothing in their encoding are refused. Otherwise such bytes are replaced by
    /// U+FFFD, with a warning.
    public var isStrict = false
    /// Threads that analyse text.
    public var workers = 2
    /// Called when another writer is at work, with its process id where that is known, before waiting until it ends.
    /// Nil waits for nobody: then another writer is an error.
    public var waiting: (@Sendable (_ process: Int?) -> Void)?

    /// - Parameter index: the index's directory; made when it is not there.
    public init(index: Path) { location = index }

    /// Indexes what is new or changed under `paths`, and drops what vanished from under them.
    ///
    /// - Parameters:
    ///   - paths: files and directories. What was indexed from elsewhere stays.
    ///   - input: articles that are in no file. They join those that were given so before, for which see ``removeInput()``: one of
    ///     an id that is among these takes that one's place, and those that are not named stay.
    /// - Throws: when the index cannot be opened or written; problems of single files are in the report.
    ///   `CancellationError` when ``isInterrupted`` says so, or the task is cancelled. Each time the last commit is in force.
    public func update(_ paths: [Path], adding input: ArticleInput? = nil) async throws -> Report {
        guard input != nil || paths.contains(where: { (try? $0.resolved()) != nil }) || !hasNoIndex() else {
            // Nothing to index and no index: leave no empty one behind.
            var plan = UpdatePlan(known: SourceCatalog([]), index: location, selection: selection)
            for path in paths { plan.add(path, isListed: isList) }
            return Report(problems: plan.problems)
        }
        var session = try IndexSession(self)
        var plan = session.plan()
        for path in paths { plan.add(path, isListed: isList) }
        if let input { plan.add(input) }
        plan.finish()
        plan.reportUnusedRules()
        do {
            return try await session.carryOut(plan)
        } catch {
            // On a full disk it would be left full until somebody writes again.
            try? session.rollBack()
            throw error
        }
    }

    /// Whether there is certainly no index; one that cannot be opened is for the writer to report.
    private func hasNoIndex() -> Bool {
        do {
            _ = try IndexStatus(index: location)
        } catch IndexError.noIndex {
            return true
        } catch {}
        return false
    }

    /// Takes files, and everything under directories, out of the index. They need not exist any more. The room they took
    /// is freed as segments are merged, by a later run or by ``merge()``.
    ///
    /// - Returns: the number of files taken out.
    public func remove(_ paths: [Path]) throws -> Int {
        let writer = try writerOfExisting()
        let directory = Path.workingDirectory() ?? Path("/")
        // A walk resolves the path it is given, and keeps the names of the links it meets below: what stands under a link's own
        // name goes without what the link leads to, which stands under another.
        let sources = writer.sources
        let targets = paths.map { path in
            let named = path.standardized(in: directory)
            let names = [named, named.parent.resolvedOrGone(in: directory).appending(named.name)]
            return names.first { name in sources.contains { $0.path.isWithin(name) } }
                ?? path.resolvedOrGone(in: directory)
        }
        let removed = sources.filter { source in targets.contains { source.path.isWithin($0) } }
        try writer.remove(sources: Set(removed.map(\.id)))
        try writer.commit()
        return removed.count
    }

    /// Merges all segments of the index into one, and frees the space of deleted articles. Hits stay the same, and so do
    /// scores, but for deleted articles, which count in them until then.
    ///
    /// - Returns: what the index was before and is after; both the same when there was nothing to do.
    /// - Throws: when the index cannot be opened, read or written, and `CancellationError` when ``isInterrupted`` says so; it
    ///   is then as it was.
    /// - Complexity: O(size of the index). As much room again is taken until the old segments can go.
    public func merge() throws -> (before: IndexStatus, after: IndexStatus) {
        let before = try IndexStatus(index: location)
        let storage = try PosixStorage(directory: location.bytes, create: false)
        let progress = onMergeProgress.map { MergeProgress(at: location, report: $0) }
        let writer = try IndexWriter(
            storage, analyzer: Analyzer.fingerprint, waiting: waiting, isInterrupted: isInterrupted ?? { false },
            onMerge: { progress?.look($0) })
        guard try mergeAll(writer) else { return (before, before) }
        try writer.commit()
        return (before, try IndexStatus(index: location))
    }

    private func mergeAll(_ writer: IndexWriter) throws -> Bool {
        do {
            return try writer.mergeAll()
        } catch .cancelled {
            throw CancellationError()
        }
    }

    /// Bytes of memory that the segment of one worker may take.
    func builderBudget(workers: Int) -> Int {
        // What a process takes whatever it builds (tables, a merge, articles that wait), and each worker for analysis.
        let fixed = 14 << 20
        let analysis = 6 << 20
        return max(memoryBudget / 4, memoryBudget - fixed - workers * analysis) / workers
    }
}
