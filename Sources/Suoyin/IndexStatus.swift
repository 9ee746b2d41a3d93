internal import Bytes
internal import InvertedIndex
public import Model
internal import Storage
internal import Tokenizer

/// What an index holds.
public struct IndexStatus: Sendable {
    public var location: String
    /// Number of the last commit.
    public var generation: UInt64
    public var files: Int
    /// Of these, files of which articles are missing, since damage was repaired, until they are indexed again.
    public var unreadFiles: Int
    public var articles: Int
    /// Paragraphs of live articles.
    public var paragraphs: Int
    public var segments: Int
    /// Articles deleted that still take space.
    public var deletedArticles: Int
    /// Bytes on disk.
    public var bytes: UInt64
    /// The analyzer the index was made with.
    public var analyzer: String
    /// Whether this program's analyzer is the same.
    public var isCurrent: Bool

    /// Reads the status of an index.
    public init(index: Path) throws {
        let storage = try PosixStorage(directory: index.bytes, create: false)
        let snapshot = try IndexSnapshot(storage, analyzer: nil)
        location = snapshot.location
        generation = snapshot.generation
        files = snapshot.sources.count
        unreadFiles = snapshot.unreadSources
        articles = snapshot.articleCount
        paragraphs = 0
        for segment in snapshot.segments {
            paragraphs += segment.info.paragraphCount
            guard let live = segment.live else { continue }
            for article in 0..<live.articleCount where live.isDeleted(article) {
                paragraphs -= try segment.articles.paragraphs(ofArticle: article).count
            }
        }
        segments = snapshot.segments.count
        deletedArticles = snapshot.segments.reduce(0) { $0 + $1.info.deletedArticles }
        bytes = snapshot.size
        analyzer = snapshot.analyzer
        isCurrent = analyzer == Analyzer.fingerprint
    }
}
