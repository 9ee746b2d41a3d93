internal import Articles
internal import InvertedIndex
public import Model
internal import Storage

extension Indexer {
    /// What an update would do.
    public struct Preview: Sendable {
        public var added: [Path] = []
        public var changed: [Path] = []
        /// Files that say what one said that is gone.
        public var renamed: [(from: Path, to: Path)] = []
        public var removed: [Path] = []
        public var unchangedFiles = 0
        /// The ids of articles that came as input: those that would be added, and those that would take the place of one.
        public var addedArticles: [[UInt8]] = []
        public var changedArticles: [[UInt8]] = []
        public var unchangedArticles = 0
        /// Files that cannot be read, with why, and warnings.
        public var problems: [IndexingProblem] = []

        /// Whether everything asked for would be in the index.
        public var isComplete: Bool { problems.allSatisfy(\.isWarning) }
    }

    /// Compares files with the index as ``update(_:)`` does, opens what it would read, and writes nothing: no index is made, and
    /// another writer may be at work.
    ///
    /// Of each file the beginning is read, up to its first article: what is wrong with a later one is found by an update. An input
    /// is read to its end.
    ///
    /// - Throws: when there is an index that cannot be read; problems of files are in the preview.
    public func preview(_ paths: [Path], adding input: ArticleInput? = nil) throws -> Preview {
        let snapshot = try snapshot()
        var plan = UpdatePlan(
            known: SourceCatalog(try snapshot?.sources.all() ?? []), index: (try? location.resolved()) ?? location,
            rules: encodings,
            selection: selection, isStrict: isStrict)
        for path in paths { plan.add(path, isListed: isList) }
        if let input { plan.add(input) }
        plan.finish()
        plan.reportUnusedRules()
        var preview = Preview(
            removed: plan.vanished.values.map(\.path).sorted(), unchangedFiles: plan.unchangedCount,
            problems: plan.problems)
        for pending in plan.pending {
            let path = pending.file.path
            if pending.input != nil {
                try preview.read(pending, snapshot)
                continue
            }
            do throws(ArticlesError) {
                _ = try ArticleStream(pending.file, decoding: pending.decoding).next()
            } catch {
                preview.problems.append(pending.replaces == nil ? .article(error) : .outdated(error))
                continue
            }
            switch pending.replaces {
            case nil: preview.added.append(path)
            case .some(let record) where pending.isRenamed: preview.renamed.append((from: record.path, to: path))
            case .some: preview.changed.append(path)
            }
        }
        return preview
    }

    private func snapshot() throws -> IndexSnapshot? {
        do {
            return try IndexSnapshot(try PosixStorage(directory: location.bytes, create: false), analyzer: nil)
        } catch IndexError.noIndex {
            return nil
        } catch StorageError.missing {
            return nil
        }
    }
}

extension Indexer.Preview {
    /// Compares the articles of an input with those that came so before.
    fileprivate mutating func read(_ pending: UpdatePlan.Pending, _ snapshot: IndexSnapshot?) throws {
        var lookup = try pending.replaces == nil ? nil : snapshot.map { try ArticleLookup($0) }
        do {
            let stream = try pending.stream { false }
            while let article = try stream.next() {
                problems += stream.takeProblems().map { .article($0) }
                let known =
                    try lookup?.articles(ofID: article.id).filter { $0.source == pending.replaces?.id } ?? []
                if known.isEmpty {
                    addedArticles.append(article.id)
                } else if known.contains(where: { $0.article.fingerprint == article.fingerprint }) {
                    unchangedArticles += 1
                } else {
                    changedArticles.append(article.id)
                }
            }
            problems += stream.takeProblems().map { .article($0) }
        } catch let error as ArticlesError {
            problems.append(.article(error))
        }
        if addedArticles.isEmpty, changedArticles.isEmpty, unchangedArticles == 0 { problems.append(.emptyInput) }
    }
}
