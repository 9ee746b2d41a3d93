import Bytes
import Model
import TestSupport
import Testing

@testable import InvertedIndex

@Suite("Manifest and sources")
struct CommitFormatTests {
    private static func manifest(using generator: inout SplitMix64) -> Manifest {
        var manifest = Manifest(analyzer: RandomText.text(upTo: 10, using: &generator))
        func number() -> UInt64 { generator.next() >> UInt64(generator.below(64)) }
        manifest.generation = number() >> 1
        manifest.nextSegment = number() >> 1
        manifest.nextSource = UInt32(truncatingIfNeeded: number()) >> 1
        manifest.sourceLayers = (0..<generator.below(4)).map { _ in number() }
        for _ in 0..<generator.below(5) {
            let articles = Int(UInt32(truncatingIfNeeded: number()))
            manifest.segments.append(
                SegmentInfo(
                    id: number(), articleCount: articles, paragraphCount: Int(UInt32(truncatingIfNeeded: number())),
                    bodyLength: number(), titleLength: number(),
                    sizes: IndexFile.ofSegment.map { _ in number() >> 8 }, liveGeneration: number(),
                    deletedArticles: generator.below(articles + 1), vocabulary: number()))
        }
        return manifest
    }

    private func view(_ bytes: some Sequence<UInt8>) -> ByteView { ByteView(Array(bytes), file: "body") }

    @Test("a manifest comes back, and cut short anywhere it throws", arguments: Seed.first(30))
    func manifest(seed: Seed) throws {
        var generator = seed.generator()
        let manifest = Self.manifest(using: &generator)
        let bytes = manifest.encoded()
        #expect(try Manifest(view(bytes)) == manifest)
        for length in bytes.indices {
            #expect(throws: FormatError.self) { try Manifest(view(bytes[..<length])) }
        }
        #expect(throws: FormatError.self) { try Manifest(view(bytes + [0])) }
    }

    @Test("a manifest of any bytes is read or throws", arguments: Seed.first(30))
    func damagedManifest(seed: Seed) {
        var generator = seed.generator()
        let good = Self.manifest(using: &generator).encoded()
        for _ in 0..<50 {
            var bytes = good
            for _ in 0...generator.below(3) {
                bytes[generator.below(bytes.count)] = generator.pick([0, 0x7F, 0x80, 0xFF])
            }
            _ = try? Manifest(view(bytes))
            _ = try? Manifest(view(generator.bytes(generator.below(100))))
        }
    }

    @Test("a manifest names every file of the commit")
    func files() {
        var manifest = Manifest(analyzer: "a")
        #expect(manifest.files == ["manifest", "manifest-0.copy"])
        manifest.sourceLayers = [7, 9]
        manifest.segments = [
            SegmentInfo(
                id: 3, articleCount: 2, paragraphCount: 2, bodyLength: 2, titleLength: 2, sizes: [1, 1, 1, 1, 1],
                liveGeneration: 6, deletedArticles: 1, vocabulary: 5)
        ]
        let expected: Set = [
            "manifest", "sources-7", "sources-9", "segment-3.terms", "segment-3.postings", "segment-3.positions",
            "segment-3.articles", "segment-3.paragraphs", "segment-3.live-6", "segment-3.live-6.copy",
            "sources-7.copy", "sources-9.copy", "manifest-0.copy", "vocabulary-5", "vocabulary-5.copy",
        ]
        #expect(manifest.files == expected)
        #expect(manifest.segments[0].size == 5)
    }

    private static func sources(using generator: inout SplitMix64) -> [SourceRecord] {
        var ids: Set<UInt32> = []
        for _ in 0..<generator.pick([0, 1, 2, 100]) { ids.insert(UInt32(truncatingIfNeeded: generator.next())) }
        return ids.sorted().map { id in
            let path = [0x2F] + generator.bytes(generator.below(40))
            return SourceRecord(
                id: id, path: Path(bytes: path), rootLength: generator.below(path.count + 1),
                size: Int(generator.next() >> UInt64(1 + generator.below(63))),
                modified: Int64(bitPattern: generator.next()), changed: 5, contentHash: generator.next(),
                skippedLines: generator.below(3), encoding: generator.pick(["", "UTF-8", "Big5-HKSCS"]),
                requestedEncoding: generator.pick(["", "GB18030"]), replacedBytes: generator.below(1000))
        }
    }

    private func layer(_ body: [UInt8]) throws -> SourceLayer { try SourceLayer(view(body), generation: 1) }

    @Test("sources come back, one by one and by id", arguments: Seed.first(20))
    func sources(seed: Seed) throws {
        var generator = seed.generator()
        let sources = Self.sources(using: &generator)
        let body = SourceLayer.encode(sources.shuffled(using: &generator), removed: [], total: sources.count)
        let table = SourceTable([try layer(body)])
        #expect(table.count == sources.count)
        #expect(try table.all() == sources)
        for source in sources {
            #expect(try table.find(source.id) == source)
            for other in [source.id &- 1, source.id &+ 1] where !sources.contains(where: { $0.id == other }) {
                #expect(try table.find(other) == nil)
            }
        }
        #expect(try SourceTable().find(1) == nil)
    }

    @Test("of layers of sources the newest that speaks of one counts", arguments: Seed.first(20))
    func layers(seed: Seed) throws {
        var generator = seed.generator()
        var expected: [UInt32: SourceRecord] = [:]
        var layers: [SourceLayer] = []
        for round in 0..<generator.below(6) {
            var records: [SourceRecord] = []
            for id in UInt32(0)..<40 where generator.once(in: 4) {
                var record = SourceRecord(id)
                record.size = round
                records.append(record)
            }
            let removed = expected.keys.filter { id in
                generator.once(in: 3) && !records.contains { $0.id == id }
            }
            for id in removed { expected[id] = nil }
            for record in records { expected[record.id] = record }
            layers.append(
                try layer(SourceLayer.encode(records, removed: Array(removed), total: expected.count)))
        }
        let table = SourceTable(layers)
        #expect(table.count == expected.count)
        #expect(try table.all() == expected.values.sorted { $0.id < $1.id })
        for id in UInt32(0)..<41 { #expect(try table.find(id) == expected[id]) }
    }

    @Test("layers stay few, and what is written small, however commits come", arguments: Seed.first(5))
    func layerPolicy(seed: Seed) {
        var generator = seed.generator()
        var lengths = [100_000]
        var written = 0
        var changed = 0
        for _ in 0..<2000 {
            var count = generator.pick([1, 1, 1, 10, 100])
            changed += count
            let merged = SourceTable.mergedCount(of: count, below: lengths)
            count += lengths.suffix(merged).reduce(0, +)
            lengths = lengths.dropLast(merged) + [count]
            written += count
            #expect(zip(lengths, lengths.dropFirst()).allSatisfy { $0 >= 2 * $1 })
        }
        #expect(lengths.count <= 18)
        // The first layer is written again once the changes have come to half of it.
        #expect(written < changed * 20 + (1 + changed / 50_000) * 200_000)
    }

    @Test("the example of the format's page is what it says")
    func sourcesExample() throws {
        let bytes = try #require(FormatPage("Sources.md").examples.first)
        let record = SourceRecord(
            id: 7, path: Path("/a/b.txt"), rootLength: 3, size: 300, modified: 258, changed: 3,
            contentHash: 0x0123_4567_89AB_CDEF, encoding: "GB18030", replacedBytes: 1)
        let layer = try layer(bytes)
        #expect(try layer.record(at: 0) == record)
        #expect(try layer.removedIDs() == [5])
        #expect(layer.total == 3)
        #expect(SourceLayer.encode([record], removed: [5], total: 3) == bytes)
    }

    @Test("sources cut short anywhere throw, in their file")
    func truncatedSources() throws {
        var generator = Seed(6).generator()
        let sources = Self.sources(using: &generator) + Self.sources(using: &generator)
        let body = SourceLayer.encode(sources, removed: [3, 9], total: 300)
        let file = Envelope.file(kind: "sources", version: 3, owner: 4, body: body)
        func read(_ bytes: [UInt8]) throws -> [SourceRecord] {
            let body = try Envelope.open(view(bytes), kind: "sources", version: 3, owner: 4)
            return try SourceTable([SourceLayer(body, generation: 4)]).all()
        }
        #expect(throws: Never.self) { try read(file) }
        for length in file.indices {
            #expect(throws: FormatError.self) { try read(Array(file[..<length])) }
        }
        // The bare body, which has no end of its own, may read as something else but never traps.
        for length in body.indices { _ = try? SourceTable([layer(Array(body[..<length]))]).all() }
    }

    @Test("sources of any bytes are read or throw", arguments: Seed.first(20))
    func damagedSources(seed: Seed) {
        var generator = seed.generator()
        let good = SourceLayer.encode(Self.sources(using: &generator), removed: [2, 4, 6], total: 1000)
        for _ in 0..<50 {
            var bytes = good
            for _ in 0...generator.below(3) {
                bytes[generator.below(bytes.count)] = generator.pick([0, 1, 0x80, 0xFF])
            }
            guard let layer = try? layer(bytes) else { continue }
            for index in 0..<min(layer.recordCount, 200) { _ = try? layer.record(at: index) }
            _ = try? SourceTable([layer]).find(7)
            if layer.count < 1000 { _ = try? layer.allIDs() }
        }
    }
}
