public import Storage

/// An index that is to be built anew from its own text, by the analyzer of this program.
public struct IndexRebuild {
    /// Takes the place of the writer: its next commit has the segments it is given, and none of those before.
    public let writer: IndexWriter
    /// The text of the last commit.
    public let segments: [StoredArticles]

    /// - Parameters:
    ///   - analyzer: the fingerprint of the analyzer that the segments to come are made with.
    ///   - waiting: called before another writer is waited for; nil waits for none.
    /// - Throws: ``IndexError``: there is no index, or its text cannot be read. Whichever analyzer it was made with is
    ///   no error, nor is a format of terms that this program does not know.
    public init(_ storage: any Storage, analyzer: String, waiting: WriterWait? = nil) throws(IndexError) {
        let lock = try IndexError.storage { () throws(StorageError) in try storage.lock(waiting: waiting) }
        let files = try CommitFiles(storage)
        var segments: [StoredArticles] = []
        let shelf = VocabularyShelf()
        for info in files.manifest.segments { segments.append(try StoredArticles(info, in: files, shelf: shelf)) }
        self.segments = segments
        writer = try IndexWriter(storage, lock: lock, analyzer: analyzer, takeover: .sources)
    }
}
