import Storage
import TestSupport
import Testing

@testable import InvertedIndex

/// Two commits, and everything that can go wrong in them: whatever call fails, and whenever the power is cut, the
/// index is exactly that of one commit or the next, sound, and can be written again.
@Suite("Index after failures and power cuts")
struct IndexCrashTests {
    typealias Fault = FaultyStorage.Fault

    /// What the script had done when it ended.
    private struct Progress {
        /// Commits that returned.
        var committed = 0
        /// Commits that began.
        var begun = 0
    }

    private let articles: [PlainArticle]

    init() {
        var generator = Seed(1).generator()
        articles = (0..<5).map {
            PlainArticle(
                id: "a\($0)", source: UInt32($0 + 1), paragraphs: 1 + $0 % 2, length: 6, using: &generator)
        }
    }

    /// What the index holds after each number of commits; nothing after none.
    private var stages: [IndexContents?] {
        func contents(_ numbers: [Int]) -> IndexContents {
            IndexContents(numbers.map { articles[$0] }, sources: numbers.map { SourceRecord(UInt32($0 + 1)) })
        }
        return [nil, contents([0, 1]), contents([1, 2, 3, 4])]
    }

    /// The first commit adds two sources; the second takes one of them out and adds three more in two segments, the articles
    /// of one of them from two builders.
    private func script(_ storage: any Storage, _ progress: inout Progress) throws {
        // The vocabulary is learnt from the first texts of the second commit.
        let size = articles[..<2].flatMap(\.paragraphs).reduce(1) { $0 + $1.text.count }
        let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer, sampleSize: size)
        try writer.addSegment([articles[0], articles[1]])
        for source: UInt32 in [1, 2] { writer.add(SourceRecord(source)) }
        progress.begun = 1
        try writer.commit()
        progress.committed = 1
        try writer.addSegment([articles[2]])
        try writer.addSegment(ofParts: [[articles[3]], [articles[4]]])
        for source: UInt32 in [3, 4, 5] { writer.add(SourceRecord(source)) }
        try writer.remove(sources: [1])
        progress.begun = 2
        try writer.commit()
        progress.committed = 2
    }

    private func run(_ fault: Fault) throws -> (storage: FaultyStorage, base: MemoryStorage, progress: Progress) {
        let base = MemoryStorage()
        let storage = try FaultyStorage(wrapping: base, fault: fault)
        var progress = Progress()
        do { try script(storage, &progress) } catch is IndexError {}
        return (storage, base, progress)
    }

    /// Number of calls of the whole script.
    private func callCount() throws -> Int {
        let (storage, _, progress) = try run(.none)
        #expect(progress.committed == 2)
        return storage.calls.count
    }

    /// Expects the contents of one of `stages`, and that a writer can go on from there.
    private func expectSound(_ storage: any Storage, _ stages: ArraySlice<IndexContents?>, _ what: Comment) throws {
        let contents = try IndexContents(in: storage)
        #expect(stages.contains(contents), what)
        if contents != nil { #expect(try IndexCheck(storage).problems == [], what) }
        do {
            var generator = Seed(9).generator()
            let more = PlainArticle(id: "more", source: 99, paragraphs: 1, using: &generator)
            let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer)
            #expect(try IndexContents(in: storage) == contents, what)
            try writer.addSegment([more])
            writer.add(SourceRecord(99))
            try writer.commit()
            var expected = contents?.articles ?? [:]
            expected[more.id] = IndexContents([more], sources: []).articles[more.id]
            #expect(try IndexContents(in: storage)?.articles == expected, what)
        }
        let check = try IndexCheck(storage)
        #expect(check.problems == [], what)
        #expect(try check.files == storage.names().count, what)
    }

    @Test("any one call fails")
    func failures() throws {
        for call in 1...(try callCount()) {
            let (storage, base, progress) = try run(.failure(at: call))
            #expect(storage.hasFailed)
            // A commit that failed may stand only when nothing but the last sync was missing.
            let mayStand = storage.calls[call - 1] == "sync "
            let range = progress.committed...(mayStand ? progress.begun : progress.committed)
            try expectSound(base, stages[range], "failure at \(call): \(storage.calls[call - 1])")
        }
    }

    @Test("the power is cut at any call", arguments: Seed.first(campaign("SUOYIN_FAULTS", default: 0) > 0 ? 20 : 2))
    func powerCuts(seed: Seed) throws {
        var generator = seed.generator()
        for call in 1...(try callCount()) {
            let (storage, _, progress) = try run(.powerCut(at: call))
            let what: Comment = "power cut at \(call): \(storage.calls[call - 1])"
            let survivors = storage.survivors(using: &generator)
            try expectSound(survivors, stages[progress.committed...progress.begun], what)
        }
        // And after the last.
        let (storage, _, _) = try run(.none)
        try expectSound(storage.survivors(using: &generator), stages[2...2], "power cut at the end")
    }

    /// Each of some thousand states with `SUOYIN_FAULTS` set to anything, else one in ten.
    @Test("the power is cut at any call, with all that it may leave")
    func allPowerCuts() throws {
        let step = campaign("SUOYIN_FAULTS", default: 0) > 0 ? 1 : 10
        var states = 0
        for call in 1...(try callCount()) {
            let (storage, _, progress) = try run(.powerCut(at: call))
            for (number, survivors) in storage.allSurvivors().enumerated() where (number + call) % step == 0 {
                let contents = try IndexContents(in: survivors)
                let what: Comment = "power cut at \(call): \(storage.calls[call - 1])"
                #expect(stages[progress.committed...progress.begun].contains(contents), what)
                if contents != nil { #expect(try IndexCheck(survivors).problems == [], what) }
                states += 1
            }
        }
        #expect(states > 2000 / step, "\(states)")
    }

    @Test("a call fails, a new writer goes on, and the power is cut", arguments: Seed.first(1))
    func powerCutsAfterFailures(seed: Seed) throws {
        var generator = seed.generator()
        let step = campaign("SUOYIN_FAULTS", default: 0) > 0 ? 1 : 3
        for call in stride(from: 1, through: try callCount(), by: step) {
            let (storage, _, progress) = try run(.failure(at: call))
            let from = storage.calls.count
            // After a failed sync of the directory most can go wrong: what it should have made safe is seen by all.
            let isSync = storage.calls[call - 1] == "sync "
            for cut in [1, 3, 5, 6, 8, 10] {
                let (storage, _, _) = try run(.failure(at: call))
                storage.fault = .powerCut(at: from + cut)
                _ = try? IndexWriter(storage, analyzer: PlainArticle.analyzer)
                let what: Comment = "failure at \(call), power cut \(cut) calls later"
                for _ in 0..<(isSync ? 12 : 1) {
                    let survivors = storage.survivors(using: &generator)
                    try expectSound(survivors, stages[progress.committed...progress.begun], what)
                }
            }
        }
    }

    @Test("whatever call fails, a writer that rolls back and does all again has the index it should")
    func rollBack() throws {
        var call = 1
        var isDone = false
        while !isDone {
            let storage = try FaultyStorage(wrapping: MemoryStorage())
            let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer)
            try writer.addSegment([articles[0]])
            writer.add(SourceRecord(1))
            try writer.commit()
            func change() throws {
                try writer.addSegment([articles[1]])
                writer.add(SourceRecord(2))
                try writer.remove(sources: [1])
                try writer.addSegment([articles[0]])
                writer.add(SourceRecord(1))
                try writer.commit()
            }
            storage.fault = .failure(at: storage.calls.count + call)
            var hasThrown = false
            do { try change() } catch { hasThrown = true }
            isDone = !storage.hasFailed
            storage.fault = .none
            if hasThrown {
                try writer.rollBack()
                // The commit may stand when only what comes after it failed.
                if try IndexContents(in: storage) != stages[1] { try change() }
            }
            #expect(try IndexContents(in: storage) == stages[1], "failure at \(call)")
            let check = try IndexCheck(storage)
            #expect(check.problems == [], "failure at \(call)")
            // What a commit could not remove, the next one does.
            if hasThrown { #expect(try check.files == storage.names().count, "failure at \(call)") }
            call += 2
        }
        #expect(call > 20)
    }

    @Test("the sync behind a rename fails, the writer rolls back, and the power is cut")
    func rollBackAndPowerCut() throws {
        var generator = Seed(3).generator()
        /// All is ready for the second commit.
        func prepared() throws -> (FaultyStorage, IndexWriter) {
            let storage = try FaultyStorage(wrapping: MemoryStorage())
            let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer)
            try writer.addSegment([articles[0], articles[1]])
            for source: UInt32 in [1, 2] { writer.add(SourceRecord(source)) }
            try writer.commit()
            try writer.addSegment([articles[2]])
            try writer.addSegment([articles[3], articles[4]])
            for source: UInt32 in [3, 4, 5] { writer.add(SourceRecord(source)) }
            try writer.remove(sources: [1])
            return (storage, writer)
        }
        let (trial, writer) = try prepared()
        try writer.commit()
        let rename = try #require(trial.calls.lastIndex { $0.hasPrefix("rename") })
        let sync = try #require(trial.calls[rename...].firstIndex(of: "sync "))
        var cut = 0
        var isCut = true
        while isCut {
            cut += 1
            let (storage, writer) = try prepared()
            storage.fault = .failure(at: sync + 1)
            #expect(throws: IndexError.self) { try writer.commit() }
            storage.fault = .powerCut(at: storage.calls.count + cut)
            _ = try? writer.rollBack()
            isCut = storage.hasFailed
            for _ in 0..<8 {
                try expectSound(storage.survivors(using: &generator), stages[1...2], "power cut \(cut) calls later")
            }
        }
        #expect(cut > 5)
    }

    @Test("a commit that failed is tried again, and the power is cut", arguments: Seed.first(2))
    func retries(seed: Seed) throws {
        var generator = seed.generator()
        func run(_ call: Int, cut: Int?) throws -> (FaultyStorage, isDone: Bool) {
            let storage = try FaultyStorage(wrapping: MemoryStorage())
            let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer)
            try writer.addSegment([articles[0], articles[1]])
            for source: UInt32 in [1, 2] { writer.add(SourceRecord(source)) }
            storage.fault = .failure(at: storage.calls.count + call)
            do {
                try writer.commit()
                return (storage, true)
            } catch {}
            if let cut { storage.fault = .powerCut(at: storage.calls.count + cut) }
            do {
                try writer.commit()
                #expect(try IndexContents(in: storage) == stages[1])
            } catch {
                #expect(cut != nil)
            }
            return (storage, false)
        }
        var call = 1
        while try !run(call, cut: nil).isDone {
            for cut in 1...16 {
                let (storage, _) = try run(call, cut: cut)
                let what: Comment = "failure at \(call), power cut \(cut) calls later"
                try expectSound(storage.survivors(using: &generator), stages[0...1], what)
            }
            call += 1
        }
        #expect(call > 5)
    }
}
