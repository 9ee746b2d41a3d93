import Bytes
import Model
import Storage
import TestSupport
import Testing

@testable import InvertedIndex

/// Every byte of an index damaged in turn, and every file cut short: reading never traps, and checking always tells.
@Suite("Damaged index")
struct DamagedIndexTests {
    private let good: MemoryStorage
    private let files: [String: [UInt8]]
    /// Keys of all terms, and of some that are not there.
    private let keys: [TermKey]

    /// A small index with whatever an index can have: full blocks of postings, several frames of text, deletions.
    init() throws {
        var generator = Seed(1).generator()
        good = MemoryStorage()
        let writer = try IndexWriter(good, analyzer: PlainArticle.analyzer, sampleSize: 100)
        // One term in 130 paragraphs makes a block; few others keep the files small.
        var article = PlainArticle(id: "long", source: 1, paragraphs: 1, length: 4, using: &generator)
        var block = TermBlock()
        block.length = 2
        block.bigrams = [UInt64(0x4E00_4E00) << TermBlock.positionBits | 1]
        let paragraph = PlainArticle.PlainParagraph(
            text: [0x41, 0x42], source: SourceRange(bytes: 0..<2, line: 1), terms: block)
        article.paragraphs += Array(repeating: paragraph, count: 130)
        article.paragraphs[9].text = [UInt8](repeating: 0x43, count: StoredTextFormat.frameSize)
        let small = PlainArticle(id: "small", source: 2, paragraphs: 2, length: 5, using: &generator)
        try writer.addSegment([article, small])
        for source: UInt32 in [1, 2] { writer.add(SourceRecord(source)) }
        try writer.commit()
        try writer.remove(sources: [2])
        try writer.addSegment([PlainArticle(id: "b", source: 3, paragraphs: 2, length: 3, using: &generator)])
        writer.add(SourceRecord(3))
        try writer.commit()
        var files: [String: [UInt8]] = [:]
        for name in try good.names() { files[name] = try good.open(name).copy() }
        self.files = files
        keys =
            try IndexContents(IndexSnapshot(good, analyzer: nil)).postings.keys.sorted {
                $0.lexicographicallyPrecedes($1)
            }.prefix(12).map { bytes in
                TermKey(
                    field: bytes[0] >> 4 == 1 ? .title : .body, kind: TermKind(rawValue: bytes[0] & 15)!,
                    word: bytes[1...])
            } + [TermKey(field: .body, kind: .word, word: "absent".utf8)]
    }

    /// Reads what a search reads; whatever is wrong is an error.
    private func read(_ storage: any Storage) throws(IndexError) {
        let snapshot = try IndexSnapshot(storage, analyzer: nil)
        for segment in snapshot.segments {
            for key in keys { try? readPostings(of: key, in: segment) }
            let text = StoredTextReader(segment.text)
            for ordinal in [0, 9, 10, segment.paragraphCount - 1] where ordinal < segment.paragraphCount {
                _ = try? text.paragraph(ordinal)
                _ = try? segment.articles.article(ofParagraph: ordinal)
            }
            for article in 0..<segment.info.articleCount {
                _ = try? segment.articles.record(article)
                _ = try? segment.articles.paragraphs(ofArticle: article)
                _ = try? snapshot.sources.find(segment.articles.source(ofArticle: article))
                _ = segment.live?.isDeleted(article)
            }
        }
    }

    private func readPostings(of key: TermKey, in segment: SegmentReader) throws(FormatError) {
        guard let entry = try segment.find(key) else { return }
        let field: Field = key.bytes[0] >> 4 == 1 ? .title : .body
        let limit = field == .title ? segment.info.articleCount : segment.paragraphCount
        let cursor = try segment.cursor(entry, field: field)
        var positions: [UInt32] = []
        while try cursor.next() != PostingsCursor.noMoreDocuments {
            #expect(Int(cursor.document) < limit)
            if key.bytes[0] == TermKey.prefix(.body, .bigram) { try cursor.positions(into: &positions) }
        }
        _ = try segment.cursor(entry, field: field).seek(100)
    }

    private func problems(_ storage: any Storage) -> [IndexError] {
        do throws(IndexError) { return try IndexCheck(storage).problems } catch { return [error] }
    }

    /// Puts `bytes` in the place of a file, and expects that reading survives and checking tells.
    private func expectFound(_ name: String, _ bytes: [UInt8], _ what: @autoclosure () -> Comment) throws {
        let storage = MemoryStorage()
        for (other, content) in files { storage.write(content, to: other) }
        storage.write(bytes, to: name)
        let problems = problems(storage)
        #expect(!problems.isEmpty, what())
        if name == "manifest" {
            #expect(throws: IndexError.self, what()) { try IndexSnapshot(storage, analyzer: nil) }
            #expect(throws: IndexError.self, what()) { try IndexWriter(storage, analyzer: PlainArticle.analyzer) }
        } else {
            // Both as a small file, whose checksum stops it, and as it would be read if it were large.
            try? read(storage)
            if bytes.count >= Envelope.headerSize + Envelope.footerSize {
                storage.write(Damage.resealed(bytes), to: name)
                try? read(storage)
            }
            // The file is named, so that one knows what to replace.
            #expect(problems.contains { "\($0)".contains(name) }, what())
        }
    }

    static let kinds = [
        "manifest", "sources", "live", "terms", "postings", "positions", "articles", "paragraphs", "vocabulary",
    ]

    /// The files of a kind.
    private func files(_ kind: String) -> [(String, [UInt8])] {
        let found = files.filter { $0.key == kind || $0.key.hasPrefix(kind + "-") || $0.key.contains("." + kind) }
        return found.sorted { $0.key < $1.key }
    }

    @Test("the index before the damage is sound, and small")
    func sound() throws {
        #expect(problems(good) == [])
        try read(good)
        #expect(Self.kinds.reduce(0) { $0 + files($1).count } == files.count)
        #expect(files.values.reduce(0) { $0 + $1.count } < 9000)
    }

    @Test("every byte changed", arguments: kinds)
    func flips(kind: String) throws {
        var generator = Seed(2).generator()
        let damaged = files(kind)
        #expect(!damaged.isEmpty)
        for (name, content) in damaged {
            for index in content.indices {
                var bytes = content
                bytes[index] ^= generator.pick([0x01, 0x80, 0xFF, UInt8(1 + generator.below(255))])
                try expectFound(name, bytes, "\(name), byte \(index) is \(bytes[index])")
            }
        }
    }

    @Test("every file cut short, made longer, or gone", arguments: kinds)
    func truncations(kind: String) throws {
        for (name, content) in files(kind) {
            for length in content.indices {
                try expectFound(name, Array(content[..<length]), "\(name), \(length) bytes")
            }
            try expectFound(name, content + [0], "\(name), one byte more")
            try expectFound(name, content + content, "\(name), twice")
            let storage = MemoryStorage()
            for (other, bytes) in files where other != name { storage.write(bytes, to: other) }
            #expect(!problems(storage).isEmpty)
            // A second copy is missed by no reader, and stands in for the manifest.
            if !name.hasSuffix(".copy"), name != "manifest" {
                #expect(throws: IndexError.self) { try read(storage) }
            }
        }
    }

    @Test("files of two segments exchanged")
    func exchanged() throws {
        for kind in IndexFile.ofSegment {
            let (one, two) = (kind.name(1), kind.name(2))
            let bytes = try #require(files[two])
            try expectFound(one, bytes, "\(two) in the place of \(one)")
        }
    }
}
