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
        /// The source it replaces.
        var replaces: UInt32?
    }

    private(set) var pending: [Pending] = []
    /// Bytes of all pending files.
    private(set) var pendingBytes = 0
    /// Records whose file was touched but says the same.
    private(set) var touched: [SourceRecord] = []
    /// Sources whose file is gone.
    private(set) var vanished: Set<UInt32> = []
    private(set) var unchangedCount = 0
    private(set) var problems: [IndexingProblem] = []

    private let known: [Path: SourceRecord]
    private let index: Path
    private let rules: [EncodingRule]
    private let isStrict: Bool
    private let directory = Path.workingDirectory() ?? Path("/")
    private var roots: [Path] = []
    /// Rules that have matched a file, by their place among ``rules``.
    private var usedRules: Set<Int> = []
    private var seen: Set<Path> = []

    /// - Parameters:
    ///   - rules: in which encodings files are to be read; of those that match, the last counts.
    ///   - isStrict: whether files with undecodable bytes are refused.
    init(known: [SourceRecord], index: Path, rules: [EncodingRule] = [], isStrict: Bool = false) {
        self.known = Dictionary(known.map { ($0.path, $0) }) { $1 }
        self.index = index
        self.rules = rules
        self.isStrict = isStrict
    }

    /// Walks `path` and sorts what is there into new, changed and unchanged.
    mutating func add(_ path: Path) {
        do throws(ArticlesError) {
            let root = try path.resolved()
            var walker = DirectoryWalker(excluding: index)
            try walker.walk(root)
            roots.append(root)
            problems += walker.problems.map { .article($0) }
            if walker.files.isEmpty, walker.problems.isEmpty { problems.append(.nothingFound(path)) }
            for file in walker.files where seen.insert(file.path).inserted {
                // A file whose articles a repair had to leave out is given by name, and keeps the id that it had.
                let lost = file.path == root ? known[root].flatMap { $0.needsReading ? $0 : nil } : nil
                classify(lost.map { FoundFile($0, status: file.status) } ?? file)
            }
        } catch {
            let absolute = path.resolvedOrGone(in: directory)
            if case .missing = error, known.keys.contains(where: { $0.isWithin(absolute) }) {
                problems.append(.missingButIndexed(path))
            } else {
                problems.append(.article(error))
            }
        }
    }

    private mutating func classify(_ file: FoundFile) {
        let record = known[file.path]
        for index in rules.indices where !usedRules.contains(index) && rules[index].matches(file, from: directory) {
            usedRules.insert(index)
        }
        let encoding = rules.encoding(of: file, from: directory)
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
        pending.append(Pending(file: file, decoding: decoding, replaces: record?.id))
        pendingBytes += file.status.size
    }

    /// Whether reading the file now would decode its bytes as they were decoded then.
    private func isDecodedAlike(_ record: SourceRecord, _ encoding: EncodingName?) -> Bool {
        record.requestedEncoding == encoding?.description ?? "" && !(isStrict && record.replacedBytes > 0)
    }

    private mutating func noteUnchanged(_ record: SourceRecord) {
        unchangedCount += 1
        if record.skippedLines > 0 { problems.append(.skippedEarlier(record.path, lines: record.skippedLines)) }
    }

    /// Looks after recorded files that lie under the paths walked and were not met there: gone, or of a name that
    /// only counts when it is given. What could not be read is not gone.
    mutating func findVanished() {
        let unreadable = problems.compactMap { problem -> Path? in
            if case .article(let error) = problem { error.path } else { nil }
        }
        for record in known.values.sorted(by: { $0.path < $1.path }) where !seen.contains(record.path) {
            guard roots.contains(where: { record.path.isWithin($0) }),
                !unreadable.contains(where: { record.path.isWithin($0) })
            else { continue }
            do throws(ArticlesError) {
                let status = try FileStatus.of(record.path)
                guard status.kind == .file else { throw .missing(record.path) }
                classify(FoundFile(record, status: status))
            } catch .missing {
                vanished.insert(record.id)
            } catch {
                problems.append(.article(error))
            }
        }
    }

    /// Points out rules that no file matched: most likely mistyped.
    mutating func reportUnusedRules() {
        for index in rules.indices where !usedRules.contains(index) {
            problems.append(.unusedEncodingRule(Path(bytes: rules[index].glob.pattern)))
        }
    }
}

extension FoundFile {
    /// The file of a record, under the directory that it was found in then.
    fileprivate init(_ record: SourceRecord, status: FileStatus) {
        self.init(path: record.path, id: Array(record.path.bytes[record.rootLength...]), status: status)
    }
}
