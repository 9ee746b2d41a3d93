internal import InvertedIndex
public import Model
internal import Storage

/// Answers from the newest commit of an index, or of several, however long it is kept.
///
/// ```swift
/// let index = FollowingSearcher(indexes: ["Index"])
/// let (hits, summary) = try index.newest().search(SearchRequest("字节跳动"))
/// ```
/// For programs that go on. As a ``Searcher``, it serves one thread.
public final class FollowingSearcher {
    private let indexes: [Path]
    private var searcher: Searcher?
    /// The manifests that `searcher` was opened with; nil for one that was not there.
    private var manifests: [FileIdentity?] = []

    /// Nothing is opened yet: the indexes need not exist.
    ///
    /// - Parameter indexes: one at least, each once.
    public init(indexes: [Path]) { self.indexes = indexes }

    /// A searcher of the newest commit: the last one again, unless there has been another commit since, or another index.
    ///
    /// - Complexity: one call of the system an index when nothing has changed.
    /// - Throws: as ``Searcher/init(indexes:)``; another time it may go well.
    public func newest() throws -> Searcher {
        // Asked before the index is opened: a commit that comes in between is seen the next time.
        let found = try indexes.map {
            try PosixStorage(directory: $0.bytes, create: false).identity(of: IndexSnapshot.manifestName)
        }
        if let searcher, !found.contains(nil), found == manifests { return searcher }
        searcher = nil
        let opened = try Searcher(indexes: indexes)
        searcher = opened
        manifests = found
        return opened
    }
}
