import Bytes
import Model
import Storage
import TestSupport
import Testing

@testable import InvertedIndex

/// The examples of the pages that describe files are what is written and read.
@Suite("Format pages")
struct FormatPageTests {
    @Test("the version of every kind of file", arguments: IndexFile.allCases)
    func version(kind: IndexFile) {
        let pages = ["Articles.md", "Commits.md", "Postings.md", "Sources.md", "Terms.md", "Texts.md"]
        let said = "kind `\(kind.rawValue)`, version \(kind.version)"
        let places = pages.filter { page in
            ".,;".contains { FormatPage(page).opening.contains(said + String($0)) }
        }
        #expect(places.count == 1, "\(said)")
    }

    @Test("a short list")
    func shortList() throws {
        let example = try #require(FormatPage("Postings.md").examples.first)
        let list = PostingList(documents: [3, 4, 9], frequencies: [1, 2, 1], steps: [5, 0, 6, 2])
        let context = PostingsContext(documentLimit: 16, hasPositions: true, stepParameter: 2)
        #expect(encode(list, context).postings == example)
        let cursor = try makeCursor((example, []), documentCount: 3, documentLimit: 16, stepParameter: 2)
        var positions: [UInt32] = []
        for (document, places) in zip([3, 4, 9], [[5], [0, 7], [2]] as [[UInt32]]) {
            #expect(try cursor.next() == document)
            try cursor.positions(into: &positions)
            #expect(positions == places)
        }
        #expect(try cursor.next() == PostingsCursor.noMoreDocuments)
    }

    @Test("a patched block")
    func patchedBlock() throws {
        let example = FormatPage("Postings.md").examples[1]
        var values = [UInt32](repeating: 1, count: 128)
        values[5] = 9
        var writer = ByteWriter()
        var bits = BitWriter()
        PatchedBlock.encode(values.span, into: &writer, &bits)
        #expect(writer.bytes == example)
        var read = [UInt32](repeating: 0, count: 128)
        try unsafe example.withUnsafeBytes { raw in
            let block = try #require(unsafe PatchedBlock(raw, at: 0))
            #expect(block.end == example.count)
            unsafe read.withUnsafeMutableBufferPointer { unsafe block.unpack(raw, into: $0.baseAddress!) }
        }
        #expect(read == values)
    }

    @Test("a position block, without rows and with some")
    func positionBlock() throws {
        let examples = FormatPage("Postings.md").examples
        var repeated = (0..<130).map { UInt32($0 % 4) }
        repeated[4] = 3
        for (example, steps) in zip(examples[2...], [[3, 1, 2, 100], repeated] as [[UInt32]]) {
            var writer = ByteWriter()
            var bits = BitWriter()
            PositionBlock.encode(steps.span, into: &writer, &bits)
            #expect(writer.bytes == example)
            let view = ByteView(example, file: "positions")
            let block = try PositionBlock(view, count: steps.count)
            for index in steps.indices {
                try block.forEach(index..<index + 1, of: view) { (step) throws(FormatError) in
                    #expect(step == steps[index])
                }
            }
        }
    }

    @Test("a pair")
    func pair() throws {
        let example = FormatPage("Postings.md").examples[4]
        let list = PostingList(documents: [3, 9], frequencies: [1, 1])
        var places = HostPlaces()
        let isFound = places.find(list.documents[...], in: [3, 4, 9, 12])
        #expect(isFound)
        let context = PostingsContext(documentLimit: 16, hasPositions: false, stepParameter: 2, host: places)
        #expect(encode(list, context).postings == example)
    }

    @Test("a dictionary")
    func dictionary() throws {
        let example = try #require(FormatPage("Terms.md").examples.first)
        let storage = MemoryStorage()
        let shape = SegmentShape(paragraphs: [9], bodyLength: 9, titles: [3], titleLength: 3)
        var writer = try TermDictionaryWriter(segment: 1, shape: shape, in: storage)
        let keys = [0x4E00, 0x4E01].map { second in
            TermKey(field: .body, kind: .bigram, integer: 0x4E00 << TermBlock.scalarBits | second)
        }
        for (place, key) in keys.enumerated() {
            let list = PostingList(documents: [0], frequencies: [1], steps: [UInt32(place)])
            try writer.add(key.bytes[...], PostingSlice(list))
        }
        _ = try writer.finish()
        let body = try IndexFile.terms.open("segment-1.terms", owner: 1, in: storage)
        #expect(try body.copy() == example)
        let none = ByteView([], file: "none")
        let dictionary = try TermDictionary(
            terms: ByteView(example, file: "terms"), postings: none, positions: none)
        for (place, key) in keys.enumerated() {
            let cursor = try PostingsCursor(
                try #require(try dictionary.find(key)), in: dictionary.files, documentLimit: 1,
                positionLimit: FiledEntry.positionLimit)
            #expect(try cursor.next() == 0)
            var positions: [UInt32] = []
            try cursor.positions(into: &positions)
            #expect(positions == [UInt32(place)])
        }
    }

    @Test("a table of articles")
    func articles() throws {
        let example = try #require(FormatPage("Articles.md").examples.first)
        let record = ArticleRecord(
            id: Array("a".utf8), title: Array("b".utf8), date: [], origin: SourcePosition(byte: 3, line: 2))
        var writer = ArticleTableWriter()
        writer.addArticle(record, source: 7, fingerprint: 0x0123_4567_89AB_CDEF, titleLength: 1)
        writer.addParagraph(length: 5)
        writer.addParagraph(length: 40)
        let storage = MemoryStorage()
        _ = try writer.write(segment: 1, in: storage)
        let body = try IndexFile.articles.open("segment-1.articles", owner: 1, in: storage)
        #expect(try body.copy() == example)
        let table = try ArticleTable(ByteView(example, file: "articles"))
        #expect(try table.record(0) == record)
        #expect(try table.paragraphs(ofArticle: 0) == 0..<2)
    }

    @Test("a manifest")
    func manifest() throws {
        let example = FormatPage("Commits.md").examples[0]
        var manifest = Manifest(analyzer: "a")
        manifest.generation = 5
        manifest.nextSegment = 4
        manifest.nextSource = 8
        manifest.unreadSources = 1
        manifest.sourceLayers = [2, 5]
        manifest.segments = [
            SegmentInfo(
                id: 3, articleCount: 2, paragraphCount: 4, bodyLength: 45, titleLength: 3,
                sizes: [128, 100, 100, 101, 102], liveGeneration: 4, deletedArticles: 1, vocabulary: 0)
        ]
        #expect(manifest.encoded() == example)
        #expect(try Manifest(ByteView(example, file: "manifest")) == manifest)
    }

    @Test("deletions and moves")
    func live() throws {
        let example = FormatPage("Commits.md").examples[1]
        var live = LiveSet(articleCount: 3)
        live.delete(1)
        live.move([(article: 2, shift: SourceShift(bytes: 12, lines: 1))])
        #expect(live.encoded() == example)
        #expect(try LiveSet(ByteView(example, file: "live"), articleCount: 3) == live)
    }
}
