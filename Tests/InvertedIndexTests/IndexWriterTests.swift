import Bytes
import Storage
import TestSupport
import Testing

@testable import InvertedIndex

@Suite("Index writer")
struct IndexWriterTests {
    private let storage = MemoryStorage()

    private func writer() throws -> IndexWriter { try IndexWriter(storage, analyzer: PlainArticle.analyzer) }

    private func articles(_ source: UInt32, _ names: [String], seed: UInt64 = 1) -> [PlainArticle] {
        var generator = Seed(seed &+ UInt64(source)).generator()
        return names.map { PlainArticle(id: $0, source: source, paragraphs: 2, using: &generator) }
    }

    private func expect(_ articles: [PlainArticle], sources: [UInt32]) throws {
        let expected = IndexContents(articles, sources: sources.map { SourceRecord($0) })
        #expect(try IndexContents(in: storage) == expected)
        let check = try IndexCheck(storage)
        #expect(check.problems == [])
        // Everything there is belongs to the commit.
        #expect(try check.files == storage.names().count)
    }

    @Test("what is committed is there, and nothing before it is")
    func commit() throws {
        let first = articles(1, ["a", "b"])
        let second = articles(2, ["c"])
        do {
            let writer = try writer()
            #expect(writer.sources.isEmpty)
            try writer.addSegment(first)
            writer.add(SourceRecord(1))
            #expect(try IndexContents(in: storage) == nil)
            #expect(try writer.commit())
            try expect(first, sources: [1])
            // Another segment by the same writer.
            try writer.addSegment(second)
            writer.add(SourceRecord(2))
            #expect(try IndexContents(in: storage) == IndexContents(first, sources: [SourceRecord(1)]))
            #expect(try writer.commit())
        }
        try expect(first + second, sources: [1, 2])
        let again = try writer()
        #expect(again.sources.sorted { $0.id < $1.id } == [SourceRecord(1), SourceRecord(2)])
        try expect(first + second, sources: [1, 2])
        let snapshot = try IndexSnapshot(storage, analyzer: PlainArticle.analyzer)
        #expect(snapshot.generation == 2)
        #expect(snapshot.articleCount == 3)
        #expect(snapshot.analyzer == PlainArticle.analyzer)
        #expect(snapshot.segments.count == 2)
    }

    @Test("a commit of nothing does nothing, but the first makes an index")
    func nothing() throws {
        let writer = try writer()
        #expect(try writer.commit())
        let names = try storage.names()
        #expect(try !writer.commit())
        #expect(try storage.names() == names)
        #expect(try IndexSnapshot(storage, analyzer: nil).generation == 1)
        try expect([], sources: [])
    }

    @Test("deleting a source takes its articles out of every segment")
    func removeSources() throws {
        let writer = try writer()
        let kept = articles(2, ["c"])
        try writer.addSegment(articles(1, ["a", "b"]) + kept)
        try writer.addSegment(articles(1, ["d"]))
        for source: UInt32 in [1, 2] { writer.add(SourceRecord(source)) }
        try writer.commit()
        let before = try IndexSnapshot(storage, analyzer: nil)
        try writer.remove(sources: [1])
        // Not yet.
        #expect(try IndexSnapshot(storage, analyzer: nil).articleCount == 4)
        #expect(try writer.commit())
        try expect(kept, sources: [2])
        // The segment of which nothing is left is gone; the other says what is deleted in it.
        let snapshot = try IndexSnapshot(storage, analyzer: nil)
        #expect(snapshot.segments.map(\.info.deletedArticles) == [2])
        #expect(snapshot.articleCount == 1)
        // A snapshot opened earlier still reads what it read, though files are gone.
        #expect(try IndexContents(before).articles.count == 4)
        try writer.remove(sources: [2])
        try writer.commit()
        try expect([], sources: [])
    }

    @Test("a source added and deleted before any commit leaves nothing")
    func removeUncommitted() throws {
        let writer = try writer()
        let kept = articles(2, ["c"])
        try writer.addSegment(articles(1, ["a"]) + kept)
        writer.add(SourceRecord(1))
        writer.add(SourceRecord(2))
        try writer.remove(sources: [1])
        try writer.commit()
        try expect(kept, sources: [2])
        // Deleting what is not there is not an error.
        try writer.remove(sources: [77])
        try writer.remove(sources: [])
        try writer.commit()
        try expect(kept, sources: [2])
    }

    @Test("deletions in several commits add up")
    func severalDeletions() throws {
        let writer = try writer()
        let all = (UInt32(1)...6).flatMap { articles($0, ["article \($0)"]) }
        try writer.addSegment(all)
        for source: UInt32 in 1...6 { writer.add(SourceRecord(source)) }
        try writer.commit()
        for source: UInt32 in [2, 5, 1] {
            try writer.remove(sources: [source])
            try writer.commit()
        }
        try expect(all.filter { [3, 4, 6].contains($0.source) }, sources: [3, 4, 6])
    }

    @Test("a segment begun before a commit can be finished after it")
    func segmentOverCommit() throws {
        let writer = try writer()
        let builder = try writer.makeSegmentBuilder(memoryBudget: 1 << 20)
        let late = articles(2, ["late"])
        try late[0].add(to: builder)
        try writer.addSegment(articles(1, ["early"]))
        writer.add(SourceRecord(1))
        try writer.commit()
        writer.add(SourceRecord(2))
        try writer.finish([builder])
        try writer.commit()
        try expect(articles(1, ["early"]) + late, sources: [1, 2])
    }

    @Test("a second writer is refused until the first is gone")
    func secondWriter() throws {
        do {
            let first = try writer()
            do {
                _ = try writer()
                Issue.record("two writers at once")
            } catch IndexError.storage(.locked(let path, let process)) {
                #expect(path == storage.location && process == processID)
            }
            withExtendedLifetime(first) {}
        }
        #expect(throws: Never.self) { try writer() }
    }

    @Test("files that no commit names are removed, and others never")
    func leftovers() throws {
        let kept = articles(1, ["a"])
        do {
            let writer = try writer()
            try writer.addSegment(kept)
            writer.add(SourceRecord(1))
            try writer.commit()
            // Abandoned: a segment, half a segment.
            try writer.addSegment(articles(2, ["b"]))
            let builder = try writer.makeSegmentBuilder(memoryBudget: 1 << 20)
            try articles(3, ["c"])[0].add(to: builder)
        }
        for name in ["manifest.new", "sources-9", "vocabulary-9", "segment-9.live-3", "segment-9.terms"] {
            storage.write([1], to: name)
        }
        let foreign = [
            "lock", "notes.txt", "segment-notes.txt", "sources-of-truth", "vocabulary-of-truth", "segment-1.txt",
            "segment-1.live-x",
            "segment-",
            "sources-", "segment-01.paragraphs", "manifest.newer",
        ]
        for name in foreign { storage.write([1], to: name) }
        let writer = try writer()
        #expect(try IndexContents(in: storage) == IndexContents(kept, sources: [SourceRecord(1)]))
        let left = Set(try storage.names())
        #expect(left.isSuperset(of: foreign))
        #expect(try left.subtracting(foreign).count == IndexCheck(storage).files)
        withExtendedLifetime(writer) {}
    }

    @Test("an index of another analyzer is neither written nor read, and keeps its place free")
    func otherAnalyzer() throws {
        try writer().commit()
        let expected = IndexError.otherAnalyzer(
            location: storage.location, found: PlainArticle.analyzer, expected: "plain-2")
        #expect(throws: expected) { try IndexWriter(storage, analyzer: "plain-2") }
        #expect(throws: expected) { try IndexSnapshot(storage, analyzer: "plain-2") }
        #expect(throws: Never.self) { try IndexSnapshot(storage, analyzer: nil) }
        // The refused writer holds nothing.
        #expect(throws: Never.self) { try writer() }
    }

    @Test("no index is an error that says so")
    func noIndex() {
        let expected = IndexError.noIndex(location: storage.location)
        #expect(throws: expected) { try IndexSnapshot(storage, analyzer: nil) }
        #expect(throws: expected) { try IndexCheck(storage) }
        storage.write([1], to: "notes.txt")
        #expect(throws: expected) { try IndexSnapshot(storage, analyzer: nil) }
        #expect("\(expected)".contains(storage.location))
    }

    @Test("an empty manifest is damage, never an empty index")
    func emptyManifest() {
        storage.write([], to: "manifest")
        #expect(throws: IndexError.self) { try IndexSnapshot(storage, analyzer: nil) }
        #expect(throws: IndexError.self) { try writer() }
    }

    @Test("numbers are never given out twice")
    func numbers() throws {
        var seen: Set<UInt32> = []
        for _ in 0..<3 {
            let writer = try writer()
            for _ in 0..<5 { #expect(seen.insert(writer.makeSourceID()).inserted) }
            writer.add(SourceRecord(seen.max()!))
            try writer.commit()
        }
    }
}
