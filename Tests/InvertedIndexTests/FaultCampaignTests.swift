import Storage
import TestSupport
import Testing

@testable import InvertedIndex

/// A larger index than ``IndexCrashTests`` have, of several commits drawn from a seed, and one fault at a call drawn
/// from it: after each, the content is exactly that of a commit, the last one that returned or the one under way.
///
/// `SUOYIN_FAULTS=2000` runs two thousand.
@Suite("Faults at random points of long runs")
struct FaultCampaignTests {
    private enum Step {
        /// Add articles, in so many segments, and remove the sources given.
        case change(add: [[PlainArticle]], remove: Set<UInt32>)
        /// Build all segments anew.
        case rebuild
    }

    private struct Script {
        var steps: [Step] = []
        /// What the index holds after each number of steps.
        var stages: [IndexContents?] = [nil]
        var articles: [PlainArticle] = []

        init(_ generator: inout SplitMix64) {
            articles = PlainArticle.distinct(14, length: 6, using: &generator)
            var waiting = articles[...]
            var live: [PlainArticle] = []
            for number in 0..<4 {
                if number > 0, generator.once(in: 4) {
                    steps.append(.rebuild)
                } else {
                    let gone = Set(live.map(\.source).filter { _ in generator.once(in: 3) })
                    var added: [[PlainArticle]] = []
                    for _ in 0...generator.below(2) {
                        let part = Array(waiting.prefix(1 + generator.below(2)))
                        waiting = waiting.dropFirst(part.count)
                        added.append(part)
                    }
                    steps.append(.change(add: added, remove: gone))
                    live = live.filter { !gone.contains($0.source) } + added.joined()
                }
                stages.append(IndexContents(live, sources: live.map { SourceRecord($0.source) }))
            }
        }

        /// Runs the steps; `began` and `done` count the commits.
        func run(_ storage: any Storage, began: inout Int, done: inout Int) throws {
            for step in steps {
                switch step {
                case .change(let added, let removed):
                    let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer)
                    for segment in added {
                        try writer.addSegment(segment)
                        for article in segment { writer.add(SourceRecord(article.source)) }
                    }
                    try writer.remove(sources: removed)
                    began += 1
                    try writer.commit()
                case .rebuild:
                    let rebuild = try IndexRebuild(storage, analyzer: PlainArticle.analyzer)
                    var plain = PlainTerms(articles)
                    for segment in rebuild.segments {
                        let builder = try rebuild.writer.makeSegmentBuilder(memoryBudget: 1 << 20)
                        let reader = StoredArticleReader(segment)
                        while let stored = try reader.next() { try stored.add(to: builder, &plain) }
                        try rebuild.writer.finish([builder])
                    }
                    began += 1
                    try rebuild.writer.commit()
                }
                done += 1
            }
        }
    }

    @Test("a failure, or a power cut", arguments: Seed.first(campaign("SUOYIN_FAULTS", default: 40)))
    func fault(seed: Seed) throws {
        var generator = seed.generator()
        let script = Script(&generator)
        let whole = try FaultyStorage(wrapping: MemoryStorage())
        var (began, done) = (0, 0)
        try script.run(whole, began: &began, done: &done)
        // Before it is read, which is calls too.
        let calls = whole.calls.count
        #expect(try IndexContents(in: whole) == script.stages.last)

        let call = 1 + generator.below(calls)
        let isCut = generator.once(in: 2)
        let base = MemoryStorage()
        let storage = try FaultyStorage(wrapping: base, fault: isCut ? .powerCut(at: call) : .failure(at: call))
        (began, done) = (0, 0)
        do { try script.run(storage, began: &began, done: &done) } catch is IndexError {}
        let what: Comment =
            "\(storage.fault): \(storage.calls.dropFirst(call - 1).first.map { "\($0)" } ?? "not met")"
        let left = isCut ? storage.survivors(using: &generator) : base
        let contents = try IndexContents(in: left)
        #expect(script.stages[done...max(done, began)].contains(contents), what)
        guard contents != nil else { return }
        let terms = (PlainArticle.analyzer, PlainTerms(script.articles))
        #expect(try IndexCheck(left, terms: terms).damages == [], what)
        // And another writer goes on from there, leaving nothing behind.
        let writer = try IndexWriter(left, analyzer: PlainArticle.analyzer)
        try writer.remove(sources: Set(writer.sources.map(\.id)))
        try writer.commit()
        #expect(try IndexCheck(left).files == left.names().count, what)
    }
}
