internal import Articles
internal import InvertedIndex
internal import Model

/// A file that is being read, or an input, and what becomes of the articles that the index has of it.
struct OpenFile {
    /// Lines of a file that are reported one by one.
    private static let linesReported = 20

    let pending: UpdatePlan.Pending
    let stream: ArticleStream
    let source: UInt32
    private let writer: IndexWriter
    /// Articles that an earlier run indexed and this one has not met yet, by fingerprint. None of an input, where they may be far
    /// more than it brings, and are looked up one by one.
    private var earlier: [UInt64: StoredArticle] = [:]
    /// Others that will not do.
    private var superseded: [StoredArticle] = []
    /// Articles that are the same as before, and where they stand now.
    private var kept: [(article: StoredArticle, to: SourcePosition)] = []
    /// Lines that gave no article.
    private var skippedLines = 0
    /// Those of them that are no articles at all.
    private var badLines = 0
    private var repeated = RepeatedIDs()
    /// What came of the articles of an input.
    private(set) var input = Indexer.InputReport()

    var path: Path { pending.file.path }
    var isInput: Bool { pending.input != nil }

    init(_ pending: UpdatePlan.Pending, _ stream: ArticleStream, source: UInt32, writer: IndexWriter) throws {
        self.pending = pending
        self.stream = stream
        self.source = source
        self.writer = writer
        guard let replaced = pending.replaces, pending.input == nil else { return }
        for article in try writer.articles(of: replaced.id) {
            guard let other = earlier.updateValue(article, forKey: article.fingerprint) else { continue }
            // Of two that cannot be told apart one is read anew.
            superseded.append(other)
        }
    }

    /// Takes note of an article that has been read: whether the index holds it as it is, at another place perhaps.
    mutating func holds(_ article: Article) throws -> Bool { isInput ? try joins(article) : keeps(article) }

    private mutating func keeps(_ article: Article) -> Bool {
        guard !earlier.isEmpty else { return false }
        let fingerprint = article.fingerprint
        guard let stored = earlier[fingerprint], stored.id == (article.isFile ? [] : article.id) else {
            return false
        }
        earlier[fingerprint] = nil
        kept.append((stored, to: article.origin))
        return true
    }

    /// The same of an input, whose articles join those that came so before. One of this id that says something else goes.
    private mutating func joins(_ article: Article) throws -> Bool {
        var isKnown = false
        var isKept = false
        if pending.replaces != nil {
            let fingerprint = article.fingerprint
            for (source, stored) in try writer.articles(ofID: article.id) where source == self.source {
                isKnown = true
                if !isKept, stored.fingerprint == fingerprint {
                    kept.append((stored, to: article.origin))
                    isKept = true
                } else {
                    superseded.append(stored)
                }
            }
        }
        input.note(isKnown: isKnown, isKept: isKept)
        return isKept
    }

    /// What the stream has met on its way since this was last asked. Of lines that gave no article the first of a file are told one
    /// by one, and a file full of them in sum (``unreported``).
    mutating func takeProblems() -> [IndexingProblem] {
        var reported: [IndexingProblem] = []
        for problem in stream.takeProblems() {
            if problem.concernsOnePart { skippedLines += 1 }
            if case .duplicateID = problem {
                guard repeated.notesLine() else { continue }
            } else if problem.concernsOnePart {
                badLines += 1
                guard badLines <= Self.linesReported else { continue }
            }
            reported.append(.article(problem))
        }
        return reported
    }

    /// Takes note of an id that another file has, too; whether to report it by itself.
    mutating func notes(idSharedWith other: Path) -> Bool { repeated.notes(idSharedWith: other) }

    /// In sum, what was not reported one by one.
    var unreported: [IndexingProblem] {
        let more = badLines - Self.linesReported
        return (more > 0 ? [.moreLinesSkipped(path, lines: more)] : []) + repeated.rest(of: path)
    }

    /// Settles what becomes of the articles that the index has of a file, which has been read to its end.
    ///
    /// - Returns: its record, and how many articles are kept.
    func settle() -> (record: SourceRecord, kept: Int) {
        let record = SourceRecord(
            id: source, path: path, rootLength: max(0, path.bytes.count - pending.file.id.count),
            size: stream.status.size, modified: isInput ? 0 : TrustedTime.of(stream.status),
            changed: isInput ? stream.status.asked : stream.status.changed, contentHash: stream.contentHash ?? 0,
            skippedLines: skippedLines, encoding: stream.encoding?.name.description ?? "",
            requestedEncoding: pending.decoding.encoding?.description ?? "", replacedBytes: stream.replacedBytes)
        writer.add(record)
        writer.change(remove: earlier.values + superseded, move: kept)
        return (record, kept.count)
    }

    /// The articles that the index had of the file: what stays of one that cannot be read to its end.
    var before: [StoredArticle] { earlier.values + superseded + kept.map(\.article) }
}
