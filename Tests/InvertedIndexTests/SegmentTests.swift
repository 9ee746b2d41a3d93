import Bytes
import Model
import Storage
import TestSupport
import Testing

@testable import InvertedIndex

@Suite("Segments")
struct SegmentTests {
    private func commit(_ articles: [PlainArticle], memoryBudget: Int) throws -> MemoryStorage {
        let storage = MemoryStorage()
        let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer)
        try writer.addSegment(articles, memoryBudget: memoryBudget)
        writer.add(SourceRecord(1))
        #expect(try writer.commit())
        return storage
    }

    @Test("a segment says what its articles say", arguments: Seed.first(12))
    func oneRun(seed: Seed) throws {
        var generator = seed.generator()
        let articles = (0..<generator.pick([1, 3, 20])).map {
            PlainArticle(id: "a\($0)", source: 1, paragraphs: generator.below(5), using: &generator)
        }
        let storage = try commit(articles, memoryBudget: 1 << 20)
        let snapshot = try IndexSnapshot(storage, analyzer: nil)
        #expect(try IndexContents(snapshot) == IndexContents(articles, sources: [SourceRecord(1)]))
        let info = try #require(snapshot.segments.first).info
        #expect(info.articleCount == articles.count)
        #expect(info.paragraphCount == articles.reduce(0) { $0 + $1.paragraphs.count })
        let lengths = articles.flatMap {
            $0.paragraphs.map { LengthCode.decode(LengthCode.encode($0.terms.length)) }
        }
        #expect(info.bodyLength == UInt64(lengths.reduce(0, +)))
        #expect(
            info.titleLength
                == UInt64(articles.reduce(0) { $0 + LengthCode.decode(LengthCode.encode($1.titleTerms.length)) }))
        #expect(try IndexCheck(storage).problems == [])
    }

    /// More occurrences than the least capacity of a run, 4,096, so that runs are merged.
    @Test("a segment of several runs says the same", arguments: Seed.first(3))
    func severalRuns(seed: Seed) throws {
        var generator = seed.generator()
        let articles = (0..<60).map {
            PlainArticle(id: "a\($0)", source: 1, paragraphs: generator.below(8), length: 100, using: &generator)
        }
        let occurrences = articles.flatMap(\.paragraphs).reduce(0) {
            $0 + $1.terms.characters.count + $1.terms.bigrams.count + $1.terms.pairs.count + $1.terms.words.count
        }
        try #require(occurrences > 3 * 4096)
        let storage = try commit(articles, memoryBudget: 0)
        #expect(try IndexContents(in: storage) == IndexContents(articles, sources: [SourceRecord(1)]))
        #expect(try IndexCheck(storage).problems == [])
        // Byte for byte what one large run gives: how memory was cut up leaves no trace.
        let other = try commit(articles, memoryBudget: 1 << 30)
        for name in try storage.names() { #expect(try storage.open(name).copy() == other.open(name).copy()) }
    }

    @Test("an accumulator with runs of a few occurrences gives every term", arguments: Seed.first(8))
    func tinyRuns(seed: Seed) throws {
        var generator = seed.generator()
        let blocks = (0..<200).map { _ in PlainArticle.terms(upTo: 12, using: &generator) }
        let lengths = blocks.map { LengthCode.encode($0.length) }
        let shape = SegmentShape(paragraphs: lengths, bodyLength: 2000, titles: lengths, titleLength: 2000)
        func write(_ runCapacity: Int, _ field: Field) throws -> [[UInt8]] {
            let storage = MemoryStorage()
            var accumulator = TermAccumulator(
                field: field, runCapacity: runCapacity, workspace: InversionWorkspace())
            for (document, block) in blocks.enumerated() { accumulator.add(block, document: document) }
            accumulator.seal()
            var sink = TermSink(try TermDictionaryWriter(segment: 1, shape: shape, in: storage))
            try accumulator.runs.write(to: &sink)
            _ = try sink.finish()
            return try storage.names().map { try storage.open($0).copy() }
        }
        for field in Field.allCases {
            let whole = try write(1 << 20, field)
            for capacity in [1, 7, 100, 1000] { #expect(try write(capacity, field) == whole) }
        }
    }

    @Test("a segment from several builders is that of one", arguments: Seed.first(8))
    func severalBuilders(seed: Seed) throws {
        var generator = seed.generator()
        let (length, memoryBudget) = generator.pick([(6, 1 << 20), (100, 0)])
        var parts = (0..<generator.pick([2, 3])).map { part in
            (0..<generator.pick([0, 1, 17, 40])).map {
                PlainArticle(
                    id: "a\(part)-\($0)", source: 1, paragraphs: generator.below(5), length: length,
                    using: &generator)
            }
        }
        // The builder of most paragraphs takes over the others: let that be the first.
        parts.sort { $0.flatMap(\.paragraphs).count > $1.flatMap(\.paragraphs).count }
        let articles = parts.flatMap { $0 }
        func commit(_ parts: [[PlainArticle]], sampleSize: Int) throws -> MemoryStorage {
            let storage = MemoryStorage()
            let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer, sampleSize: sampleSize)
            try writer.addSegment(ofParts: parts, memoryBudget: memoryBudget)
            writer.add(SourceRecord(1))
            #expect(try writer.commit())
            return storage
        }
        // Without a vocabulary, as texts count once; with one of almost all, and of half of them.
        let all = articles.flatMap(\.paragraphs).reduce(0) { $0 + $1.text.count }
        for sampleSize in [all + 1, max(1, all), max(1, all / 2)] {
            let storage = try commit(parts, sampleSize: sampleSize)
            let vocabulary = try IndexSnapshot(storage, analyzer: nil).segments.first?.info.vocabulary ?? 0
            #expect((vocabulary > 0) == (all > 0 && sampleSize <= all))
            let one = try commit([articles], sampleSize: sampleSize)
            #expect(try IndexContents(in: storage) == IndexContents(articles, sources: [SourceRecord(1)]))
            let check = try IndexCheck(storage)
            #expect(check.problems == [])
            #expect(try check.files == storage.names().count)
            // Frames of text end with their builders; all else is the same, byte for byte.
            for name in try one.names() where name.hasPrefix("segment-") && !name.hasSuffix(".paragraphs") {
                #expect(try storage.open(name).copy() == one.open(name).copy())
            }
        }
    }

    @Test("a builder is full when its memory is used up")
    func full() throws {
        var generator = Seed(1).generator()
        let writer = try IndexWriter(MemoryStorage(), analyzer: PlainArticle.analyzer)
        let small = try writer.makeSegmentBuilder(memoryBudget: 1 << 18)
        let large = try writer.makeSegmentBuilder(memoryBudget: 1 << 28)
        #expect(!small.isFull)
        for number in 0..<200 {
            let article = PlainArticle(id: "\(number)", source: 1, paragraphs: 5, length: 100, using: &generator)
            try article.add(to: small)
            try article.add(to: large)
        }
        #expect(small.articleCount == 200)
        #expect(small.isFull && !large.isFull)
    }

    @Test("an index without articles is an index")
    func empty() throws {
        let storage = try commit([], memoryBudget: 1 << 20)
        #expect(try IndexContents(in: storage) == IndexContents([PlainArticle](), sources: [SourceRecord(1)]))
        #expect(try IndexCheck(storage).problems == [])
        // A segment of nothing is left out.
        #expect(try IndexSnapshot(storage, analyzer: nil).segments.isEmpty)
    }
}
