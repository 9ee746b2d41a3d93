import Storage
import TestSupport
import Testing

@testable import InvertedIndex

/// Random adding, replacing, removing, merging, committing, giving up and opening again, against a plain dictionary.
@Suite("Index against a model")
struct IndexModelTests {
    /// What an index should hold, by source.
    private struct Model {
        var articles: [UInt32: [PlainArticle]] = [:]
        var contents: IndexContents {
            IndexContents(articles.values.joined(), sources: articles.keys.map { SourceRecord($0) })
        }
    }

    private struct Run {
        let storage: HookedStorage
        var writer: IndexWriter?
        /// Half of the runs merge in the background too.
        let policy: MergePolicy?
        var committed = Model()
        var pending = Model()
        /// Articles waiting for a segment.
        var waiting: [PlainArticle] = []
        var generator: SplitMix64
        var names = 0

        init(_ storage: any Storage, _ generator: SplitMix64) throws {
            self.storage = HookedStorage(storage)
            self.generator = generator
            var policy = MergePolicy()
            policy.segmentsPerTier = self.generator.pick([2, 3])
            policy.smallestSize = UInt64(self.generator.pick([100, 4000]))
            policy.largestSize = UInt64(self.generator.pick([20_000, 1_000_000]))
            self.policy = self.generator.once(in: 2) ? policy : nil
            try reopen()
        }

        mutating func reopen() throws {
            // The old one goes first: it holds the lock.
            writer = nil
            writer = try IndexWriter(
                storage, analyzer: PlainArticle.analyzer, merging: policy,
                sampleSize: generator.pick([1, 3000, .max]))
            pending = committed
            waiting = []
            #expect(Set(writer!.sources.map(\.id)) == Set(committed.articles.keys))
        }

        mutating func addSource() {
            let source = writer!.makeSourceID()
            var articles: [PlainArticle] = []
            for _ in 0..<generator.below(4) {
                names += 1
                articles.append(
                    PlainArticle(
                        id: "a\(names)", source: source, paragraphs: generator.below(4), length: 12,
                        using: &generator))
            }
            pending.articles[source] = articles
            waiting += articles
            writer!.add(SourceRecord(source))
        }

        mutating func flush() throws {
            guard !waiting.isEmpty else { return }
            let cut = generator.once(in: 3) ? generator.below(waiting.count + 1) : 0
            for part in [waiting[..<cut], waiting[cut...]] where !part.isEmpty {
                try writer!.addSegment(Array(part))
            }
            waiting = []
        }

        mutating func removeSources() throws {
            try flush()
            let ids = Set(pending.articles.keys.sorted().filter { _ in generator.once(in: 4) })
            try writer!.remove(sources: ids)
            for id in ids { pending.articles[id] = nil }
        }

        /// Merges all, and sometimes deletes something, or commits, while that runs.
        mutating func mergeAll() throws {
            let writer = writer!
            if generator.once(in: 2) {
                try flush()
                let ids = Set(pending.articles.keys.sorted().filter { _ in generator.once(in: 4) })
                let commits = generator.once(in: 2)
                let wasCommitted = committed
                storage.afterCreations(generator.below(5)) { [unowned writer] in
                    #expect(throws: Never.self) {
                        try writer.remove(sources: ids)
                        if commits { try writer.commit() }
                    }
                }
                for id in ids { pending.articles[id] = nil }
                if commits { committed = pending }
                _ = try writer.mergeAll()
                // A merge in the background may have done it all, and with it what was to happen meanwhile.
                writer.finishMerges()
                guard storage.cancelHook() else { return }
                committed = wasCommitted
                try writer.remove(sources: ids)
            } else {
                _ = try writer.mergeAll()
            }
        }

        mutating func commit() throws {
            try flush()
            try writer!.commit()
            committed = pending
            try expectCommitted()
        }

        func expectCommitted() throws {
            let contents = try IndexContents(in: storage)
            let expected = committed.contents
            #expect(contents?.articles == expected.articles)
            #expect(contents?.postings == expected.postings)
            #expect(contents?.sources == expected.sources)
        }
    }

    private func run(_ storage: any Storage, _ seed: Seed, steps: Int) throws {
        var run = try Run(storage, seed.generator())
        try run.commit()
        for _ in 0..<steps {
            switch run.generator.below(14) {
            case 0...4: run.addSource()
            case 5, 6:
                try run.removeSources()
                // A replacement is a removal and an addition in one commit.
                if run.generator.once(in: 2) { run.addSource() }
            case 7...9: try run.commit()
            case 10: try run.flush()
            case 11: try run.mergeAll()
            case 12: run.writer!.finishMerges()
            default: try run.reopen()
            }
            if run.generator.once(in: 10) { try run.expectCommitted() }
        }
        try run.commit()
        #expect(run.writer!.mergeFailures == [])
        #expect(try IndexCheck(storage).problems == [])
        #expect(try IndexSnapshot(storage, analyzer: nil).articleCount == run.committed.contents.articles.count)
    }

    @Test("in memory", arguments: Seed.first(20))
    func memory(seed: Seed) throws { try run(MemoryStorage(), seed, steps: 60) }

    @Test("in a directory", arguments: Seed.first(2))
    func posix(seed: Seed) throws {
        let directory = TemporaryDirectory()
        try run(try PosixStorage(directory: Array(directory.path.utf8), create: false), seed, steps: 40)
    }
}
