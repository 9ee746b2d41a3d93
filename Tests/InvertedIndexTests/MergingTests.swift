import Bytes
import Model
import Storage
import TestSupport
import Testing

@testable import InvertedIndex

@Suite("Merging segments")
struct MergingTests {
    private let storage = MemoryStorage()

    private func articles(_ sources: ClosedRange<UInt32>, paragraphs: Int = 3, seed: Seed = Seed(1))
        -> [PlainArticle]
    {
        var generator = seed.generator()
        return sources.map {
            PlainArticle(id: "a\($0)", source: $0, paragraphs: paragraphs, length: 20, using: &generator)
        }
    }

    /// A writer of these segments, committed.
    private func writer(_ segments: [[PlainArticle]], merging: MergePolicy? = nil) throws -> IndexWriter {
        let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer, merging: merging)
        for segment in segments {
            try writer.addSegment(segment)
            for article in segment { writer.add(SourceRecord(article.source)) }
        }
        try writer.commit()
        return writer
    }

    private func expect(_ articles: [PlainArticle], segments: Int? = nil) throws {
        let contents = try IndexContents(in: storage)
        let expected = IndexContents(articles, sources: articles.map { SourceRecord($0.source) })
        #expect(contents?.articles == expected.articles)
        #expect(contents?.postings == expected.postings)
        #expect(contents?.sources == expected.sources)
        let check = try IndexCheck(storage)
        #expect(check.problems == [])
        #expect(try check.files == storage.names().count)
        if let segments { #expect(try IndexSnapshot(storage, analyzer: nil).segments.count == segments) }
    }

    @Test(
        "one segment of many says what they say, to the byte what a builder would write", arguments: Seed.first(6))
    func equalsFresh(seed: Seed) throws {
        var generator = seed.generator()
        var all = articles(1...20, paragraphs: 4, seed: seed)
        // Longer than a length can say.
        all[3].paragraphs[0].terms.length = 70_000
        var segments: [[PlainArticle]] = []
        for article in all {
            if segments.isEmpty || generator.once(in: 3) { segments.append([]) }
            segments[segments.count - 1].append(article)
        }
        let gone = Set((UInt32(1)...20).filter { _ in generator.once(in: 3) })
        let kept = all.filter { !gone.contains($0.source) }
        let writer = try writer(segments)
        try writer.remove(sources: gone)
        #expect(try writer.mergeAll())
        // Not before the commit.
        #expect(try IndexSnapshot(storage, analyzer: nil).articleCount == all.count)
        #expect(try writer.commit())
        try expect(kept, segments: 1)
        #expect(try !writer.mergeAll())
        #expect(try !writer.commit())

        let fresh = MemoryStorage()
        let other = try IndexWriter(fresh, analyzer: PlainArticle.analyzer)
        try other.addSegment(kept)
        try other.commit()
        let merged = try IndexSnapshot(storage, analyzer: nil).segments[0].info
        let built = try IndexSnapshot(fresh, analyzer: nil).segments[0].info
        #expect(merged.bodyLength == built.bodyLength && merged.titleLength == built.titleLength)
        for kind in IndexFile.ofSegment {
            let left = try kind.open(kind.name(merged.id), owner: merged.id, in: storage).copy()
            let right = try kind.open(kind.name(built.id), owner: built.id, in: fresh).copy()
            #expect(left == right, "\(kind)")
        }
    }

    // MARK: Beside others

    @Test("what is deleted while a merge runs is deleted in what it makes", arguments: 0...4, [false, true])
    func deletionMeanwhile(creations: Int, commits: Bool) throws {
        let all = articles(1...9)
        let hooked = HookedStorage(storage)
        let writer = try IndexWriter(hooked, analyzer: PlainArticle.analyzer)
        for part in [all[..<3], all[3..<6], all[6...]] { try writer.addSegment(Array(part)) }
        for article in all { writer.add(SourceRecord(article.source)) }
        try writer.commit()
        try writer.remove(sources: [2])
        // The whole of one input among them: a commit drops that segment while it is being merged.
        hooked.afterCreations(creations) { [unowned writer] in
            #expect(throws: Never.self) {
                try writer.remove(sources: [4, 5, 6, 9])
                if commits { try writer.commit() }
            }
        }
        #expect(try writer.mergeAll())
        try writer.remove(sources: [3])
        try writer.commit()
        try expect(all.filter { [1, 7, 8].contains($0.source) }, segments: 1)
        let info = try IndexSnapshot(storage, analyzer: nil).segments[0].info
        #expect(info.articleCount == 8 && info.deletedArticles == 5)
        // And once more, without them.
        #expect(try writer.mergeAll())
        try writer.commit()
        try expect(all.filter { [1, 7, 8].contains($0.source) }, segments: 1)
        #expect(try IndexSnapshot(storage, analyzer: nil).segments[0].info.deletedArticles == 0)
    }

    @Test("a merge of articles that are all deleted meanwhile leaves nothing")
    func everythingDeleted() throws {
        let hooked = HookedStorage(storage)
        let writer = try IndexWriter(hooked, analyzer: PlainArticle.analyzer)
        for article in articles(1...3) { try writer.addSegment([article]) }
        hooked.afterCreations(2) { [unowned writer] in
            #expect(throws: Never.self) { try writer.remove(sources: [1, 2, 3]) }
        }
        #expect(try writer.mergeAll())
        try writer.commit()
        try expect([], segments: 0)
    }

    @Test("a segment added while a merge runs is beside what it makes")
    func additionMeanwhile() throws {
        let all = articles(1...5)
        let hooked = HookedStorage(storage)
        let writer = try IndexWriter(hooked, analyzer: PlainArticle.analyzer)
        for article in all[..<4] { try writer.addSegment([article]) }
        hooked.afterCreations(3) { [unowned writer] in
            #expect(throws: Never.self) {
                try writer.addSegment([all[4]])
                try writer.commit()
            }
        }
        #expect(try writer.mergeAll())
        for article in all { writer.add(SourceRecord(article.source)) }
        try writer.commit()
        try expect(all, segments: 2)
    }

    @Test("a snapshot opened before a merge answers after it")
    func openSnapshot() throws {
        let directory = TemporaryDirectory()
        let storage = try PosixStorage(directory: Array(directory.path.utf8), create: false)
        let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer)
        let all = articles(1...6)
        for article in all {
            try writer.addSegment([article])
            writer.add(SourceRecord(article.source))
        }
        try writer.commit()
        let before = try IndexSnapshot(storage, analyzer: nil)
        try writer.remove(sources: [1])
        _ = try writer.mergeAll()
        try writer.commit()
        for info in before.segments.map(\.info) {
            #expect(throws: StorageError.self) { try storage.open(IndexFile.terms.name(info.id)) }
        }
        #expect(try IndexContents(before) == IndexContents(all, sources: all.map { SourceRecord($0.source) }))
    }

    /// Merges early, so that a few articles give it work.
    private static let eager: MergePolicy = {
        var policy = MergePolicy()
        policy.segmentsPerTier = 3
        policy.smallestSize = 4000
        return policy
    }()

    @Test("many commits leave few segments, and a run that only adds leaves no files behind")
    func background() throws {
        let all = articles(1...60, paragraphs: 1)
        do {
            let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer, merging: Self.eager)
            for (number, article) in all.enumerated() {
                try writer.addSegment([article])
                writer.add(SourceRecord(article.source))
                if number % 7 == 0 { try writer.commit() }
            }
            writer.finishMerges()
            try writer.commit()
            #expect(writer.mergeFailures == [])
        }
        try expect(all)
        #expect(try IndexSnapshot(storage, analyzer: nil).segments.count < 9)
    }

    @Test("a writer that goes ends its merge, and leaves the index to the next")
    func abandoned() throws {
        let all = articles(1...30, paragraphs: 2)
        do {
            let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer, merging: Self.eager)
            for article in all { try writer.addSegment([article]) }
        }
        let again = try writer([all])
        withExtendedLifetime(again) {}
        try expect(all, segments: 1)
    }

    // MARK: Damage

    @Test("a damaged input fails the merge and leaves everything as it was", arguments: IndexFile.ofSegment)
    func damage(kind: IndexFile) throws {
        let all = articles(1...6)
        let writer = try writer(all.map { [$0] })
        let name = kind.name(2)
        let sound = try storage.open(name).copy()
        var bytes = sound
        bytes[Envelope.headerSize] ^= 1
        // The body of a file of positions may be empty; its checksums are then what is damaged.
        storage.write(bytes, to: name)
        let names = try storage.names()
        var caught: IndexError?
        do { _ = try writer.mergeAll() } catch { caught = error }
        #expect(caught?.isAbout(segment: 2) == true && caught?.isAbout(segment: 1) == false)
        #expect(try storage.names() == names)
        #expect(try !writer.commit())
        storage.write(sound, to: name)
        try expect(all, segments: 6)
        #expect(try writer.mergeAll())
        try writer.commit()
        try expect(all, segments: 1)
    }

    @Test("in the background a damaged segment is left alone, and the others are merged")
    func backgroundDamage() throws {
        let all = articles(1...6)
        do { _ = try writer(all.map { [$0] }) }
        let name = IndexFile.articles.name(2)
        let sound = try storage.open(name).copy()
        var bytes = sound
        bytes[Envelope.headerSize] ^= 1
        do {
            let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer, merging: Self.eager)
            storage.write(bytes, to: name)
            writer.finishMerges()
            #expect(writer.mergeFailures.count == 1 && writer.mergeFailures[0].isAbout(segment: 2))
            storage.write(sound, to: name)
            try writer.commit()
        }
        try expect(all)
        let left = try IndexSnapshot(storage, analyzer: nil).segments.map(\.info.id)
        #expect(left.contains(2) && left.count < 4)
    }

    @Test("damage that no checksum tells never traps", arguments: IndexFile.ofSegment)
    func resealedDamage(kind: IndexFile) throws {
        var generator = Seed(3).generator()
        let small = articles(1...3, paragraphs: 2).map { article in
            var article = article
            for index in article.paragraphs.indices {
                article.paragraphs[index].terms = PlainArticle.terms(upTo: 6, using: &generator)
            }
            return article
        }
        let good = storage
        do {
            let writer = try writer([[small[0], small[1]], [small[2]]])
            try writer.remove(sources: [2])
            try writer.commit()
        }
        let name = kind.name(1)
        let content = try good.open(name).copy()
        for index in Envelope.headerSize..<Envelope.contentLength(ofFile: content.count) {
            var bytes = content
            bytes[index] ^= generator.pick([0x01, 0x80, 0xFF, UInt8(1 + generator.below(255))])
            let storage = MemoryStorage()
            for name in try good.names() { storage.write(try good.open(name).copy(), to: name) }
            storage.write(Damage.resealed(bytes), to: name)
            guard let writer = try? IndexWriter(storage, analyzer: PlainArticle.analyzer) else { continue }
            _ = try? writer.mergeAll()
        }
    }
}
