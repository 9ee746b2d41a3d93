internal import Articles
internal import InvertedIndex
public import Model
internal import Storage
internal import Tokenizer

extension Indexer {
    /// What came of articles given as input.
    public struct InputReport: Equatable, Sendable {
        public var added = 0
        /// Articles that took the place of one with their id.
        public var changed = 0
        public var unchanged = 0

        public init() {}

        public var count: Int { added + changed + unchanged }

        mutating func note(isKnown: Bool, isKept: Bool) {
            if isKept { unchanged += 1 } else if isKnown { changed += 1 } else { added += 1 }
        }
    }

    /// What became of articles that were to be taken out.
    public struct ArticleRemoval: Sendable {
        public var removed = 0
        /// Articles that are in files, which say what the index holds of them.
        public var ofFiles: [(id: [UInt8], file: Path)] = []
        /// Ids that no article has.
        public var unknown: [[UInt8]] = []
    }

    /// Takes out all articles that were given as input (see ``update(_:adding:)``), and leaves those of files.
    ///
    /// - Returns: how many there were.
    public func removeInput() throws -> Int {
        let writer = try writerOfExisting()
        guard let source = writer.sourceOfInput else { return 0 }
        let count = try writer.articles(of: source).count
        try writer.remove(sources: [source])
        try writer.commit()
        return count
    }

    /// Takes out single articles that were given as input. One of a file stays, as the next update would bring it back.
    public func removeArticles(_ ids: [[UInt8]]) throws -> ArticleRemoval {
        let writer = try writerOfExisting()
        let owners = ArticleOwners(writer)
        let source = writer.sourceOfInput
        var removal = ArticleRemoval()
        var found: [StoredArticle] = []
        for id in Set(ids).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let own = try writer.articles(ofID: id).filter { $0.source == source }.map(\.article)
            if !own.isEmpty {
                found += own
                removal.removed += 1
            } else if let file = try owners.path(of: id, except: source) {
                removal.ofFiles.append((id, file))
            } else {
                removal.unknown.append(id)
            }
        }
        writer.change(remove: found)
        if let source, !found.isEmpty, try writer.articles(of: source).isEmpty {
            try writer.remove(sources: [source])
        }
        try writer.commit()
        return removal
    }

    /// A writer of an index that is there: a missing one is told from an unwritable one before anything is created.
    func writerOfExisting() throws -> IndexWriter {
        let storage = try PosixStorage(directory: location.bytes, create: false)
        _ = try IndexSnapshot(storage, analyzer: nil)
        return try IndexWriter(storage, analyzer: Analyzer.fingerprint, waiting: waiting)
    }
}

extension IndexWriter {
    /// The source of articles that came as input.
    var sourceOfInput: UInt32? { sources.first { $0.path == .standardInput }?.id }
}

extension UpdatePlan.Pending {
    /// Opens it.
    ///
    /// - Parameter isInterrupted: asked while an input is waited for.
    func stream(isInterrupted: @escaping () -> Bool) throws(ArticlesError) -> ArticleStream {
        if let input { return try ArticleStream(input, decoding: decoding, isInterrupted: isInterrupted) }
        return try ArticleStream(file, decoding: decoding)
    }
}
