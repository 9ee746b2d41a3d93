import Bytes
import Storage
import TestSupport
import Testing

@testable import InvertedIndex

/// A merge, deletions meanwhile, the commit that takes it in, and everything that can go wrong on the way.
@Suite("Merges after failures and power cuts")
struct MergeCrashTests {
    typealias Fault = FaultyStorage.Fault

    private let articles: [PlainArticle]
    /// Three segments, with something deleted in one.
    private let files: [String: [UInt8]]

    init() throws {
        var generator = Seed(1).generator()
        articles = (0..<6).map {
            PlainArticle(id: "a\($0)", source: UInt32($0 + 1), paragraphs: 1, length: 5, using: &generator)
        }
        let storage = MemoryStorage()
        let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer)
        for start in [0, 2, 4] { try writer.addSegment(Array(articles[start..<start + 2])) }
        for source: UInt32 in 1...6 { writer.add(SourceRecord(source)) }
        try writer.remove(sources: [1])
        try writer.commit()
        var files: [String: [UInt8]] = [:]
        for name in try storage.names() { files[name] = try storage.open(name).copy() }
        self.files = files
    }

    /// What the index holds before and after the script.
    private var stages: [IndexContents?] {
        [[1, 2, 3, 4, 5], [1, 3, 4, 5]].map { numbers in
            IndexContents(numbers.map { articles[$0] }, sources: numbers.map { SourceRecord(UInt32($0 + 1)) })
        }
    }

    private func copy() -> MemoryStorage {
        let storage = MemoryStorage()
        for (name, bytes) in files { storage.write(bytes, to: name) }
        return storage
    }

    private struct Run {
        var storage: FaultyStorage
        var base: MemoryStorage
        /// Whether the merge ended, whether the commit did.
        var isMerged = false
        var isCommitted = false
    }

    private func run(_ fault: Fault) throws -> Run {
        let base = copy()
        var run = Run(storage: try FaultyStorage(wrapping: base, fault: fault), base: base)
        do {
            let hooked = HookedStorage(run.storage)
            let writer = try IndexWriter(hooked, analyzer: PlainArticle.analyzer)
            hooked.afterCreations(2) { [unowned writer] in try? writer.remove(sources: [3]) }
            _ = try writer.mergeAll()
            run.isMerged = true
            // What failed in the middle of the merge is done again.
            try writer.remove(sources: [3])
            try writer.commit()
            run.isCommitted = true
        } catch {}
        return run
    }

    private func callCount() throws -> Int {
        let run = try run(.none)
        #expect(run.isCommitted)
        #expect(try IndexSnapshot(run.base, analyzer: nil).segments.map(\.info.articleCount) == [5])
        return run.storage.calls.count
    }

    /// Expects the contents of one of `stages`, and that the next writer removes what is left over, and can merge.
    private func expectSound(_ storage: any Storage, _ stages: ArraySlice<IndexContents?>, _ what: Comment) throws {
        let contents = try IndexContents(in: storage)
        #expect(stages.contains(contents), what)
        #expect(try IndexCheck(storage).problems == [], what)
        let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer)
        #expect(try IndexCheck(storage).files == storage.names().count, what)
        _ = try writer.mergeAll()
        try writer.commit()
        #expect(try IndexContents(in: storage) == contents, what)
        let snapshot = try IndexSnapshot(storage, analyzer: nil)
        #expect(snapshot.segments.map(\.info.deletedArticles) == [0], what)
        #expect(try IndexCheck(storage).files == storage.names().count, what)
    }

    @Test("any one call fails")
    func failures() throws {
        let count = try callCount()
        for call in 1...count {
            let run = try run(.failure(at: call))
            let what: Comment = "failure at \(call): \(run.storage.calls[call - 1])"
            #expect(run.storage.hasFailed)
            let mayStand = run.storage.calls[call - 1] == "sync " && run.isMerged
            try expectSound(
                run.base, stages[(run.isCommitted ? 1 : 0)...(run.isCommitted || mayStand ? 1 : 0)], what)
        }
    }

    @Test("the power is cut at any call", arguments: Seed.first(4))
    func powerCuts(seed: Seed) throws {
        var generator = seed.generator()
        for call in 1...(try callCount()) {
            let run = try run(.powerCut(at: call))
            let what: Comment = "power cut at \(call): \(run.storage.calls[call - 1])"
            let range = (run.isCommitted ? 1 : 0)...(run.isMerged ? 1 : 0)
            try expectSound(run.storage.survivors(using: &generator), stages[range], what)
        }
        let run = try run(.none)
        try expectSound(run.storage.survivors(using: &generator), stages[1...1], "power cut at the end")
    }

    @Test("a merge that fails leaves no file, and never fails the commit")
    func background() throws {
        var policy = MergePolicy()
        policy.segmentsPerTier = 3
        var failed = 0
        var call = 1
        while true {
            let storage = try FaultyStorage(wrapping: copy())
            let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer, merging: policy)
            let opened = storage.calls.count
            storage.fault = .failure(at: opened + call)
            writer.finishMerges()
            // Beyond the last call of the merge nothing has failed.
            guard storage.hasFailed else { break }
            let what: Comment = "failure at \(call): \(storage.calls[opened + call - 1])"
            // Removing what is not needed may fail; the commit does it again.
            failed += writer.mergeFailures.count
            #expect(writer.mergeFailures.isEmpty == storage.calls[opened + call - 1].hasPrefix("remove"), what)
            #expect(
                try storage.names().allSatisfy { files.keys.contains($0) } || writer.mergeFailures.isEmpty, what)
            try writer.remove(sources: [3])
            #expect(try writer.commit(), what)
            #expect(try IndexContents(in: storage) == stages[1], what)
            #expect(try IndexCheck(storage).files == storage.names().count, what)
            call += 1
        }
        #expect(failed > 20)
    }
}
