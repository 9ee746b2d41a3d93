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
        /// Files that cannot be read, with why, and warnings.
        public var problems: [IndexingProblem] = []

        /// Whether everything asked for would be in the index.
        public var isComplete: Bool { problems.allSatisfy(\.isWarning) }
    }

    /// Compares files with the index as ``update(_:)`` does, opens what it would read, and writes nothing: no index is made, and
    /// another writer may be at work.
    ///
    /// Of each file the beginning is read, up to its first article: what is wrong with a later one is found by an update.
    ///
    /// - Throws: when there is an index that cannot be read; problems of files are in the preview.
    public func preview(_ paths: [Path]) throws -> Preview {
        var plan = UpdatePlan(
            known: SourceCatalog(try sources()), index: (try? location.resolved()) ?? location, rules: encodings,
            selection: selection, isStrict: isStrict)
        for path in paths { plan.add(path, isListed: isList) }
        plan.finish()
        plan.reportUnusedRules()
        var preview = Preview(
            removed: plan.vanished.values.map(\.path).sorted(), unchangedFiles: plan.unchangedCount,
            problems: plan.problems)
        for pending in plan.pending {
            let path = pending.file.path
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

    private func sources() throws -> [SourceRecord] {
        do {
            let storage = try PosixStorage(directory: location.bytes, create: false)
            return try IndexSnapshot(storage, analyzer: nil).sources.all()
        } catch IndexError.noIndex {
            return []
        } catch StorageError.missing {
            return []
        }
    }
}
