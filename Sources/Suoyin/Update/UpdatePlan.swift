internal import Articles
internal import InvertedIndex
internal import Model

/// What has to be done to bring an index up to date: found by comparing the files on disk with those recorded.
struct UpdatePlan {
    /// A file to index.
    struct Pending: Sendable {
        var file: FoundFile
        /// How to decode it.
        var decoding: DecodingOptions
        /// The record of the file as it was, perhaps under another name; its articles are kept where they are the same.
        var replaces: SourceRecord?
        /// What is read, where that is no file: its articles join those that came so before.
        var input: ArticleInput?

        /// Whether it has been renamed or moved, and says the same.
        var isRenamed: Bool { replaces.map { $0.path != file.path } ?? false }
    }

    private(set) var pending: [Pending] = []
    /// Bytes of all pending files; nil when there is an input that does not say how long it is.
    private(set) var pendingBytes: Int? = 0
    /// Records whose file was touched but says the same.
    private(set) var touched: [SourceRecord] = []
    /// Records whose file is gone, by id.
    private(set) var vanished: [UInt32: SourceRecord] = [:]
    private(set) var unchangedCount = 0
    private(set) var problems: [IndexingProblem] = []

    private let known: SourceCatalog
    private let index: Path
    private let rules: [EncodingRule]
    private let selection: FileSelection
    private let isStrict: Bool
    private let willVisit: ((Path) -> Void)?
    private let directory = Path.workingDirectory() ?? Path("/")
    /// What was walked.
    private var walked: Set<Path> = []
    /// Files and directories met that the selection leaves out.
    private var leftOut: Set<Path> = []
    /// Rules that have matched a file, by their place among ``rules``.
    private var usedRules: Set<Int> = []
    /// Files met: those recorded, by id, and others.
    private var seen: Set<UInt32> = []
    private var seenNew: Set<Path> = []

    /// - Parameters:
    ///   - rules: in which encodings files are to be read; of those that match, the last counts.
    ///   - selection: which files to take.
    ///   - isStrict: whether files with undecodable bytes are refused.
    ///   - willVisit: is told of each directory before it is read.
    init(
        known: SourceCatalog, index: Path, rules: [EncodingRule] = [],
        selection: FileSelection = FileSelection(), isStrict: Bool = false,
        willVisit: ((Path) -> Void)? = nil
    ) {
        self.selection = selection
        self.known = known
        self.index = index
        self.rules = rules
        self.isStrict = isStrict
        self.willVisit = willVisit
    }

    /// Walks `path` and sorts what is there into new, changed and unchanged.
    ///
    /// - Parameter isListed: whether a file keeps the id that it has in the index, and a new one gets its path from the working
    ///   directory for one, not its name.
    mutating func add(_ path: Path, isListed: Bool = false) {
        do throws(ArticlesError) {
            let root = try path.resolved()
            var walker = DirectoryWalker(selection, excluding: index, willVisit: willVisit)
            try walker.walk(root)
            if walker.files.isEmpty, walker.problems.isEmpty {
                var reasons: [Exclusion] = []
                for (_, reason) in walker.leftOut where !reasons.contains(reason) { reasons.append(reason) }
                problems.append(reasons.isEmpty ? .nothingFound(path) : .allLeftOut(path, by: reasons))
            }
            take(walker, from: root, isListed: isListed)
        } catch {
            let absolute = path.resolvedOrGone(in: directory)
            if case .missing = error, known.all.contains(where: { $0.path.isWithin(absolute) }) {
                problems.append(.missingButIndexed(path))
            } else {
                problems.append(.article(error))
            }
        }
    }

    /// Looks at one path below a root, of which something is said to have changed.
    ///
    /// - Parameters:
    ///   - path: absolute: a file, a directory, or nothing any more.
    ///   - root: what the ids of files are relative to; `path` itself when a file was given.
    mutating func add(_ path: Path, below root: Path) {
        walked.insert(path)
        do throws(ArticlesError) {
            let status = try FileStatus.of(path)
            switch status.kind {
            case .directory:
                var walker = DirectoryWalker(selection, excluding: index, willVisit: willVisit)
                try walker.walk(path, below: root)
                take(walker, from: path)
            case .file:
                let isKnown = known[path] != nil || ArticleFormat(of: path) != nil
                guard isKnown || path == root else { return }
                if try selection.exclusion(of: path, below: root, isDirectory: false) != nil {
                    leftOut.insert(path)
                    return
                }
                let id = path == root ? Array(path.name) : path.relative(to: root).bytes
                classify(FoundFile(path: path, id: id, status: status))
            case .other:
                if ArticleFormat(of: path) != nil { throw .notAFile(path) }
            }
        } catch .missing where !path.isLink {
        } catch {
            problems.append(.article(error))
        }
    }

    private mutating func take(_ walker: DirectoryWalker, from path: Path, isListed: Bool = false) {
        walked.insert(path)
        problems += walker.problems.map { .article($0) }
        leftOut.formUnion(walker.leftOut.map(\.path))
        for file in walker.files {
            guard file.path == path else {
                classify(file)
                continue
            }
            // A file whose articles a repair had to leave out is given by name, and keeps the id that it had, too.
            if let record = known[path], isListed || record.needsReading {
                classify(FoundFile(record, status: file.status))
            } else {
                let id = isListed ? path.relative(to: directory).bytes : file.id
                classify(FoundFile(path: path, id: id, status: file.status))
            }
        }
    }

    /// Takes in what comes as input.
    mutating func add(_ input: ArticleInput) {
        let status: FileStatus
        do throws(ArticlesError) { status = try FileStatus.of(input) } catch {
            problems.append(.article(error))
            return
        }
        let file = FoundFile(path: .standardInput, id: [], status: status)
        let decoding = DecodingOptions(encoding: encoding(of: file), isStrict: isStrict)
        pending.append(
            Pending(file: file, decoding: decoding, replaces: known[.standardInput], input: input))
        pendingBytes = status.kind == .file ? pendingBytes.map { $0 + status.size } : nil
    }

    /// What the rules say of a file, which is noted of them.
    private mutating func encoding(of file: FoundFile) -> EncodingName? {
        for index in rules.indices where !usedRules.contains(index) && rules[index].matches(file, from: directory) {
            usedRules.insert(index)
        }
        return rules.encoding(of: file, from: directory)
    }

    /// Sorts a file, unless it has been met before.
    private mutating func classify(_ file: FoundFile) {
        let record = known[file.path]
        let isNew = record.map { seen.insert($0.id).inserted } ?? seenNew.insert(file.path).inserted
        guard isNew else { return }
        let encoding = encoding(of: file)
        if let record, !record.needsReading, isDecodedAlike(record, encoding), record.size == file.status.size,
            record.rootLength == file.path.bytes.count - file.id.count
        {
            if record.modified != 0, record.modified == file.status.modified, record.changed == file.status.changed
            {
                noteUnchanged(record)
                return
            }
            if let hash = try? ArticleStream.contentHash(of: file.path), hash == record.contentHash {
                noteUnchanged(record)
                var fresh = record
                fresh.modified = TrustedTime.of(file.status)
                fresh.changed = file.status.changed
                if fresh != record { touched.append(fresh) }
                return
            }
        }
        let decoding = DecodingOptions(encoding: encoding, isStrict: isStrict)
        pending.append(Pending(file: file, decoding: decoding, replaces: record))
        pendingBytes = pendingBytes.map { $0 + file.status.size }
    }

    /// Whether reading the file now would decode its bytes as they were decoded then.
    private func isDecodedAlike(_ record: SourceRecord, _ encoding: EncodingName?) -> Bool {
        record.requestedEncoding == encoding?.description ?? "" && !(isStrict && record.replacedBytes > 0)
    }

    private mutating func noteUnchanged(_ record: SourceRecord) {
        unchangedCount += 1
        if record.skippedLines > 0 { problems.append(.skippedEarlier(record.path, lines: record.skippedLines)) }
    }

    mutating func note(_ problem: IndexingProblem) { problems.append(problem) }

    /// Ends the comparison, once every path has been added: finds what vanished, and what of it only has another name.
    mutating func finish() {
        findVanished()
        findRenamed()
    }

    /// Looks after recorded files that lie under the paths walked and were not met there: gone, left out by now, or of a name
    /// that only counts when it is given. What could not be read is not gone.
    private mutating func findVanished() {
        var obstacles: [Path: ArticlesError] = [:]
        for case .article(let error) in problems { obstacles[error.path] = error }
        let unreadable = Set(obstacles.keys)
        var kept: Set<Path> = []
        for record in missed().sorted(by: { $0.path < $1.path }) {
            // A link to a file that is gone is as good as gone; one to a directory may lead to a disk that is not there now.
            if let obstacle = unreadable.first(reaching: record.path), obstacles[obstacle] != .missing(record.path)
            {
                kept.insert(obstacle)
                continue
            }
            do throws(ArticlesError) {
                if leftOut.reach(record.path) { throw .missing(record.path) }
                let status = try FileStatus.of(record.path)
                guard status.kind == .file else { throw .missing(record.path) }
                classify(FoundFile(record, status: status))
            } catch .missing {
                vanished[record.id] = record
            } catch {
                problems.append(.article(error))
            }
        }
        problems = problems.map { problem in
            if case .article(let error) = problem, kept.contains(error.path) {
                .outdated(error)
            } else {
                problem
            }
        }
    }

    /// Recorded files under the paths walked that were not met.
    private func missed() -> [SourceRecord] {
        if seen.count == known.count { return [] }
        // A file that changed is looked up; only for directories are all gone through.
        if !walked.contains(where: { known.mayHoldRecords(below: $0) }) {
            return walked.compactMap { known[$0] }.filter { !seen.contains($0.id) }
        }
        return known.all.filter { !seen.contains($0.id) && walked.reach($0.path) }
    }

    /// Takes a new file that says what a vanished one said for that one, under another name.
    private mutating func findRenamed() {
        var candidates = Dictionary(grouping: vanished.values, by: \.size)
        guard !candidates.isEmpty else { return }
        for index in pending.indices where pending[index].replaces == nil && pending[index].input == nil {
            let file = pending[index].file
            guard let sameSize = candidates[file.status.size],
                let hash = try? ArticleStream.contentHash(of: file.path)
            else { continue }
            let same = sameSize.filter { $0.contentHash == hash }.sorted { $0.path < $1.path }
            guard let record = same.first(where: { $0.path.name == file.path.name }) ?? same.first else { continue }
            pending[index].replaces = record
            vanished[record.id] = nil
            candidates[record.size]?.removeAll { $0.id == record.id }
        }
    }

    /// Points out rules that no file matched: most likely mistyped.
    mutating func reportUnusedRules() {
        for index in rules.indices where !usedRules.contains(index) && !rules[index].isStanding {
            problems.append(.unusedEncodingRule(Path(bytes: rules[index].pattern.pattern)))
        }
    }
}

extension Set<Path> {
    /// Whether a path, or a directory that holds it, is among these. O(depth): there may be many of both.
    fileprivate func reach(_ path: Path) -> Bool { first(reaching: path) != nil }

    /// The one of these that is a path, or the nearest directory that holds it.
    fileprivate func first(reaching path: Path) -> Path? {
        var path = path
        while !contains(path) {
            guard path.bytes.count > 1 else { return nil }
            path = path.parent
        }
        return path
    }
}

extension FoundFile {
    /// The file of a record, under the directory that it was found in then.
    fileprivate init(_ record: SourceRecord, status: FileStatus) {
        self.init(path: record.path, id: Array(record.path.bytes[record.rootLength...]), status: status)
    }
}
