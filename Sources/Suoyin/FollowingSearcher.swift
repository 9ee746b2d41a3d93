internal import InvertedIndex
public import Model
internal import Storage

/// Answers from the newest commit of an index, however long it is kept.
///
/// ```swift
/// let index = FollowingSearcher(index: "Index")
/// let (hits, summary) = try index.newest().search(SearchRequest("字节跳动"))
/// ```
/// For programs that go on. As a ``Searcher``, it serves one thread.
public final class FollowingSearcher {
    public let index: Path
    private var searcher: Searcher?
    /// The manifest that `searcher` was opened with.
    private var manifest: FileIdentity?

    /// Nothing is opened yet: the index need not exist.
    public init(index: Path) { self.index = index }

    /// A searcher of the newest commit: the last one again, unless there has been another commit since, or another index.
    ///
    /// - Complexity: one call of the system when nothing has changed.
    /// - Throws: as ``Searcher/init(index:)``; another time it may go well.
    public func newest() throws -> Searcher {
        // Asked before the index is opened: a commit that comes in between is seen the next time.
        let found = try PosixStorage(directory: index.bytes, create: false).identity(of: IndexSnapshot.manifestName)
        if let searcher, let found, found == manifest { return searcher }
        searcher = nil
        let opened = try Searcher(index: index)
        searcher = opened
        manifest = found
        return opened
    }
}
