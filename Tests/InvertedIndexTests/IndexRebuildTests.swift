import Bytes
import Storage
import TestSupport
import Testing

@testable import InvertedIndex

@Suite("An index built anew from its own text, and copies of it")
struct IndexRebuildTests {
    private let articles: [PlainArticle]

    init() {
        var generator = Seed(5).generator()
        articles = PlainArticle.distinct(4, using: &generator)
    }

    /// Two segments, made by an older analyzer; the first article is deleted.
    private func index() throws -> MemoryStorage {
        let storage = MemoryStorage()
        let writer = try IndexWriter(storage, analyzer: "old")
        try writer.addSegment(Array(articles[..<2]))
        try writer.addSegment(Array(articles[2...]))
        for article in articles { writer.add(SourceRecord(article.source)) }
        try writer.commit()
        try writer.remove(sources: [1])
        try writer.commit()
        return storage
    }

    private var contents: IndexContents {
        IndexContents(articles[1...], sources: articles[1...].map { SourceRecord($0.source) })
    }

    private func rebuild(_ storage: any Storage) throws {
        let rebuild = try IndexRebuild(storage, analyzer: PlainArticle.analyzer)
        var plain = PlainTerms(articles)
        do {
            for segment in rebuild.segments {
                let builder = try rebuild.writer.makeSegmentBuilder(memoryBudget: 1 << 20)
                let reader = StoredArticleReader(segment)
                while let stored = try reader.next() { try stored.add(to: builder, &plain) }
                try rebuild.writer.finish([builder])
            }
            try rebuild.writer.commit()
        } catch {
            try? rebuild.writer.rollBack()
            throw error
        }
    }

    @Test("the same articles, by the new analyzer, and nothing of the old segments")
    func rebuilt() throws {
        let storage = try index()
        #expect(throws: IndexError.self) { try IndexSnapshot(storage, analyzer: PlainArticle.analyzer) }
        try rebuild(storage)
        #expect(try IndexContents(in: storage) == contents)
        let check = try IndexCheck(storage, terms: (PlainArticle.analyzer, PlainTerms(articles)))
        #expect(check.damages == [])
        #expect(try storage.names().count == check.files)
        #expect(try !storage.names().contains { $0.hasPrefix("segment-1.") })
    }

    @Test("terms that cannot be read do not matter")
    func unreadableTerms() throws {
        let storage = try index()
        for name in try storage.names() where name.hasSuffix(".terms") || name.hasSuffix(".postings") {
            storage.write([1], to: name)
        }
        try rebuild(storage)
        #expect(try IndexContents(in: storage) == contents)
    }

    @Test("an index of nothing is one of nothing by the new analyzer")
    func empty() throws {
        let storage = MemoryStorage()
        try IndexWriter(storage, analyzer: "old").commit()
        try rebuild(storage)
        #expect(try IndexSnapshot(storage, analyzer: PlainArticle.analyzer).articleCount == 0)
        #expect(throws: IndexError.noIndex(location: "memory")) { try rebuild(MemoryStorage()) }
    }

    @Test("whatever call fails and whenever the power is cut, it is the old index or the new one")
    func faults() throws {
        var old = try IndexContents(try IndexSnapshot(try index(), analyzer: nil))
        old.sources = contents.sources
        var generator = Seed(1).generator()
        var call = 1
        while true {
            let base = try index()
            let storage = try FaultyStorage(wrapping: base, fault: .powerCut(at: call))
            let isDone = (try? rebuild(storage)) != nil
            for _ in 0..<3 {
                let survivors = storage.survivors(using: &generator)
                let snapshot = try IndexSnapshot(survivors, analyzer: nil)
                #expect(try IndexContents(snapshot) == contents, "power cut at \(call)")
                #expect(try IndexCheck(survivors).damages == [], "power cut at \(call)")
                if isDone { #expect(snapshot.analyzer == PlainArticle.analyzer) }
            }
            let failing = try FaultyStorage(wrapping: try index(), fault: .failure(at: call))
            let hasThrown = (try? rebuild(failing)) == nil
            failing.fault = .none
            // What was written by then is gone, and the old index or the new one is whole.
            let check = try IndexCheck(failing)
            #expect(check.damages == [], "failure at \(call)")
            if hasThrown { #expect(try check.files == failing.names().count, "failure at \(call)") }
            try rebuild(failing)
            #expect(try IndexContents(in: failing) == contents, "failure at \(call)")
            if isDone { break }
            call += 1
        }
        #expect(call > 20)
    }

    // MARK: Copies

    /// Nil where there is no index.
    private func snapshot(of storage: any Storage) throws -> IndexSnapshot? {
        do {
            return try IndexSnapshot(storage, analyzer: nil)
        } catch IndexError.noIndex {
            return nil
        }
    }

    @Test("a copy is the same index, and goes its own way")
    func copy() throws {
        let storage = try index()
        try rebuild(storage)
        let target = MemoryStorage(location: "copy")
        let copy = try IndexCopy(of: storage, to: target)
        #expect(copy.generation == 3 && copy.files > 10 && copy.bytes > 1000)
        #expect(try IndexContents(in: target) == contents)
        let writer = try IndexWriter(target, analyzer: PlainArticle.analyzer)
        try writer.remove(sources: [2, 3, 4])
        try writer.commit()
        #expect(try IndexContents(in: storage) == contents)
        #expect(try IndexSnapshot(target, analyzer: nil).articleCount == 0)
    }

    @Test("a target that is not empty is refused, and left as it is")
    func notEmpty() throws {
        let target = MemoryStorage(location: "copy")
        target.write([1], to: "mine")
        #expect(throws: IndexError.notEmpty(location: "copy")) { try IndexCopy(of: try index(), to: target) }
        #expect(try target.names() == ["mine"])
    }

    @Test("no copy is made of a damaged index, whichever file it is")
    func damaged() throws {
        for name in try index().names() {
            let storage = try index()
            var bytes = try storage.open(name).copy()
            bytes[bytes.count / 2] ^= 1
            storage.write(bytes, to: name)
            let target = MemoryStorage()
            #expect(throws: IndexError.self, "\(name)") { try IndexCopy(of: storage, to: target) }
            #expect(try target.names() == [], "\(name)")
        }
    }

    @Test("a copy that fails leaves nothing behind; one that is cut off is no index, or the whole")
    func copyFaults() throws {
        let storage = try index()
        let whole = try IndexContents(try IndexSnapshot(storage, analyzer: nil))
        var generator = Seed(2).generator()
        var call = 1
        while true {
            let target = try FaultyStorage(wrapping: MemoryStorage(), fault: .failure(at: call))
            if (try? IndexCopy(of: storage, to: target)) != nil { break }
            target.fault = .none
            #expect(try target.names() == [], "failure at \(call): \(target.calls[call - 1])")
            let cut = try FaultyStorage(wrapping: MemoryStorage(), fault: .powerCut(at: call))
            _ = try? IndexCopy(of: storage, to: cut)
            for _ in 0..<3 {
                let survivors = cut.survivors(using: &generator)
                let what: Comment = "cut at \(call)"
                guard let snapshot = try snapshot(of: survivors) else { continue }
                #expect(try IndexContents(snapshot) == whole, what)
                #expect(try IndexCheck(survivors).damages.allSatisfy(\.isManifestMissing), what)
            }
            call += 1
        }
        #expect(call > 20)
    }
}
