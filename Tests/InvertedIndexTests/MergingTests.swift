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
}
