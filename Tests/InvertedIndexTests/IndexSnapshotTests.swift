import Bytes
import Storage
import Synchronization
import TestSupport
import Testing

@testable import InvertedIndex

/// Readers and a writer at the same time.
@Suite("Index snapshot")
struct IndexSnapshotTests {
    /// Does something else right after the manifest was read, as another process may.
    private final class InterruptedStorage: Storage {
        let base: MemoryStorage
        private let interruptions: Mutex<[@Sendable () -> Void]>
        let opened = Mutex(0)

        init(_ base: MemoryStorage, _ interruptions: [@Sendable () -> Void]) {
            self.base = base
            self.interruptions = Mutex(interruptions)
        }

        var location: String { base.location }
        func names() throws(StorageError) -> [String] { try base.names() }

        func open(_ name: String) throws(StorageError) -> ByteView {
            let view = try base.open(name)
            if name == "manifest" {
                opened.withLock { $0 += 1 }
                interruptions.withLock { $0.popLast() }?()
            }
            return view
        }

        func create(_ name: String) throws(StorageError) -> any StorageFile { try base.create(name) }
        func rename(_ name: String, to newName: String) throws(StorageError) { try base.rename(name, to: newName) }
        func remove(_ name: String) throws(StorageError) { try base.remove(name) }
        func sync() throws(StorageError) { try base.sync() }
        func lock(waiting: WriterWait?) throws(StorageError) -> any WriterLock { try base.lock(waiting: waiting) }
    }

    private let base = MemoryStorage()

    /// Replaces everything in the index by one article.
    private static func replace(_ storage: MemoryStorage, number: UInt32) throws -> [PlainArticle] {
        var generator = Seed(UInt64(number)).generator()
        let articles = [PlainArticle(id: "a\(number)", source: number, paragraphs: 2, using: &generator)]
        let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer)
        try writer.remove(sources: Set(writer.sources.map(\.id)))
        try writer.addSegment(articles)
        writer.add(SourceRecord(number))
        try writer.commit()
        return articles
    }

    @Test("opening while commits replace each other gives one of them whole", arguments: [1, 3, 8])
    func replaced(times: Int) throws {
        _ = try Self.replace(base, number: 1)
        let base = base
        let storage = InterruptedStorage(
            base,
            (0..<times).map { time in
                { _ = try? Self.replace(base, number: UInt32(time + 2)) }
            })
        let contents = try IndexContents(IndexSnapshot(storage, analyzer: PlainArticle.analyzer))
        // Interruptions come from the back of the list.
        #expect(contents.articles.keys.first == Array("a2".utf8) && contents.articles.count == 1)
        #expect(storage.opened.withLock { $0 } == times + 1)
    }

    @Test("a file that stays missing is an error, and soon")
    func missing() throws {
        _ = try Self.replace(base, number: 1)
        try base.remove("segment-1.paragraphs")
        let storage = InterruptedStorage(base, [])
        #expect(throws: IndexError.storage(.missing(path: "memory/segment-1.paragraphs"))) {
            try IndexSnapshot(storage, analyzer: nil)
        }
        #expect(storage.opened.withLock { $0 } <= 10)
    }

    @Test("a snapshot is not changed by later commits")
    func isolation() throws {
        let first = try Self.replace(base, number: 1)
        let snapshot = try IndexSnapshot(base, analyzer: nil)
        _ = try Self.replace(base, number: 2)
        #expect(try IndexContents(snapshot) == IndexContents(first, sources: [SourceRecord(1)]))
        #expect(snapshot.generation == 1 && snapshot.location == "memory")
        #expect(snapshot.size > 0 && snapshot.articleCount == 1)
    }
}
