import Bytes
import Model
import Storage
import TestSupport
import Testing

@testable import InvertedIndex

/// What is damaged is mended from the rest, and what cannot be is named, never lost without a word.
@Suite("Repair")
struct IndexRepairTests {
    private let articles: [PlainArticle]
    private let terms: (analyzer: String, by: any TextTerms)

    init() {
        var generator = Seed(4).generator()
        articles = PlainArticle.distinct(6, using: &generator)
        terms = (PlainArticle.analyzer, PlainTerms(articles))
    }

    /// Three segments of two articles each; the first article is deleted.
    private func index() throws -> MemoryStorage {
        let storage = MemoryStorage()
        let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer)
        for start in [0, 2, 4] { try writer.addSegment(Array(articles[start..<start + 2])) }
        for article in articles { writer.add(SourceRecord(article.source)) }
        try writer.commit()
        try writer.remove(sources: [1])
        try writer.commit()
        return storage
    }

    /// Repairs as the indexer does; gives the ids of the sources to be read again.
    private func repair(_ storage: any Storage) throws -> Set<UInt32> {
        let repair = try IndexRepair(storage, terms: terms)
        guard repair.needsCommit else { return [] }
        let writer = try repair.makeWriter()
        var lost: Set<UInt32?> = []
        var plain = PlainTerms(articles)
        for segment in repair.rebuilds {
            let builder = try writer.makeSegmentBuilder(memoryBudget: 1 << 20)
            let reader = StoredArticleReader(segment)
            while let stored = try reader.next() { try stored.add(to: builder, &plain) }
            lost.formUnion(reader.lostSources)
            try writer.finish([builder])
        }
        let sources = repair.markLost(lost, in: writer)
        try writer.commit()
        return Set(sources.map(\.id))
    }

    /// What the index holds when a segment is left out, if anything is lost, and sources are marked to be read again.
    private func expected(lost: Set<UInt32>, withoutSegment number: Int) -> IndexContents {
        let live = articles.filter { $0.source != 1 }
        return IndexContents(
            live.filter { lost.isEmpty || (Int($0.source) + 1) / 2 != number },
            sources: live.map {
                lost.contains($0.source) ? SourceRecord($0.source).unread : SourceRecord($0.source)
            })
    }

    /// The number of the segment that a file belongs to; 0 for other files.
    private static func segment(_ name: String) -> Int {
        name.hasPrefix("segment-") ? Int(String(name.dropFirst("segment-".count).first!))! : 0
    }

    @Test("a sound index is left as it is")
    func sound() throws {
        let storage = try index()
        let names = try storage.names()
        #expect(try repair(storage) == [])
        #expect(try storage.names() == names)
    }

    @Test("any byte of any file changed")
    func flips() throws {
        let good = try index()
        var files: [String: [UInt8]] = [:]
        for name in try good.names() { files[name] = try good.open(name).copy() }
        var lossless = 0
        var total = 0
        for (name, content) in files.sorted(by: { $0.key < $1.key }) {
            for place in stride(from: 0, to: content.count, by: max(1, content.count / 12)) {
                let storage = MemoryStorage()
                for (other, bytes) in files { storage.write(bytes, to: other) }
                var bytes = content
                bytes[place] ^= 0x10
                storage.write(bytes, to: name)
                let lost = try repair(storage)
                let what: Comment = "\(name), byte \(place)"
                let segment = Self.segment(name)
                #expect(try IndexContents(in: storage) == expected(lost: lost, withoutSegment: segment), what)
                #expect(try IndexCheck(storage, terms: terms).damages == [], what)
                // Only where the text itself is damaged is anything lost. Which file an article came from is lost with
                // the table of articles: then it may be any.
                let count =
                    name.hasSuffix(".articles") ? 5 : name.hasSuffix(".paragraphs") ? segment == 1 ? 1 : 2 : 0
                #expect(lost.count == count, what)
                total += 1
                if lost.isEmpty { lossless += 1 }
            }
        }
        #expect(total > 200 && lossless > total / 2, "\(lossless) of \(total)")
    }

    @Test("files that are gone")
    func missing() throws {
        for name in try index().names() {
            let storage = try index()
            try storage.remove(name)
            let lost = try repair(storage)
            let contents = expected(lost: lost, withoutSegment: Self.segment(name))
            #expect(try IndexContents(in: storage) == contents, "\(name)")
            #expect(try IndexCheck(storage, terms: terms).damages == [], "\(name)")
            if name.hasSuffix(".paragraphs") { #expect(lost.count == (name.hasPrefix("segment-1") ? 1 : 2)) }
        }
    }

    @Test("files that are gone together with the manifest, whose copy stands in for it")
    func missingWithManifest() throws {
        for name in try index().names() where !name.hasPrefix("manifest") {
            let storage = try index()
            try storage.remove("manifest")
            try storage.remove(name)
            // A writer does not take what is left for an index of nothing.
            let names = try storage.names()
            let isNew = (try? IndexWriter(storage, analyzer: PlainArticle.analyzer))?.isNew
            #expect(isNew == (name.hasSuffix(".copy") ? false : nil), "\(name)")
            #expect(try storage.names() == names, "\(name)")
            let lost = try repair(storage)
            let contents = expected(lost: lost, withoutSegment: Self.segment(name))
            #expect(try IndexContents(in: storage) == contents, "\(name)")
            #expect(try IndexCheck(storage, terms: terms).damages == [], "\(name)")
        }
    }

    @Test("a writer begins nothing where a manifest is lost whose copy is damaged")
    func damagedCopyAlone() throws {
        let storage = try index()
        try storage.remove("manifest")
        storage.write([1], to: "manifest-2.copy")
        let names = try storage.names()
        let expected = IndexError.manifestLost(location: "memory")
        #expect(throws: expected) { try IndexWriter(storage, analyzer: PlainArticle.analyzer) }
        #expect(throws: expected) { try IndexSnapshot(storage, analyzer: nil) }
        #expect(throws: expected) { try IndexRepair(storage, terms: terms) }
        #expect(try storage.names() == names)
    }

    @Test("a manifest that is lost with its copy is an error, of one commit as of several")
    func lostManifests() throws {
        let storage = MemoryStorage()
        let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer)
        #expect(try storage.names() == ["no-commit-yet"])
        try writer.commit()
        #expect(try storage.names() == ["manifest", "manifest-1.copy"])
        for name in ["manifest", "manifest-1.copy"] { try storage.remove(name) }
        for name in ["manifest.new", "segment-1.terms", "sources-1.copy", "vocabulary-3", "segment-2.live-2"] {
            let lost = MemoryStorage()
            lost.write([1], to: name)
            lost.write([1], to: "notes.txt")
            let expected = IndexError.manifestLost(location: "memory")
            #expect(throws: expected) { try IndexWriter(lost, analyzer: PlainArticle.analyzer) }
            #expect(throws: expected) { try IndexSnapshot(lost, analyzer: nil) }
            #expect(throws: expected) { try IndexCheck(lost) }
            #expect(throws: expected) { try IndexRepair(lost, terms: terms) }
            #expect(try lost.names().contains(name))
        }
    }

    @Test("what ended before its first commit is no index, and begun again")
    func endedBefore() throws {
        for name in ["manifest.new", "segment-1.terms", "sources-1.copy", "no-commit-yet"] {
            let first = MemoryStorage()
            first.write([], to: "no-commit-yet")
            first.write([1], to: name)
            first.write([1], to: "notes.txt")
            let expected = IndexError.noIndex(location: "memory")
            #expect(throws: expected) { try IndexSnapshot(first, analyzer: nil) }
            #expect(throws: expected) { try IndexRepair(first, terms: terms) }
            let writer = try IndexWriter(first, analyzer: PlainArticle.analyzer)
            #expect(writer.isNew)
            #expect(try first.names() == ["no-commit-yet", "notes.txt"])
            try writer.commit()
            #expect(try first.names() == ["manifest", "manifest-1.copy", "notes.txt"])
        }
    }

    @Test("a first commit that is cut off before its manifest stands is sound; one that has lost it is not")
    func firstCommit() throws {
        let storage = MemoryStorage()
        try IndexWriter(storage, analyzer: PlainArticle.analyzer).commit()
        try storage.remove("manifest")
        #expect(try IndexCheck(storage).damages.map(\.part) == [.manifest])
        storage.write([], to: "no-commit-yet")
        #expect(try IndexCheck(storage).damages.isEmpty)
    }

    @Test("when both copies of a file are gone, nothing is changed and the error says what is lost")
    func bothCopies() throws {
        var storage = try index()
        for name in ["sources-2", "sources-2.copy"] { storage.write([1], to: name) }
        #expect(throws: IndexError.sourcesLost(location: "memory")) { try IndexRepair(storage, terms: terms) }

        storage = try index()
        for name in ["manifest", "manifest-2.copy"] { storage.write([1], to: name) }
        let names = try storage.names()
        #expect(throws: IndexError.manifestLost(location: "memory")) { try IndexRepair(storage, terms: terms) }
        #expect(try storage.names() == names)

        // Which articles are deleted is lost: all of the segment are read again, and none comes back from the dead.
        storage = try index()
        for name in ["segment-1.live-2", "segment-1.live-2.copy"] { storage.write([1], to: name) }
        #expect(try repair(storage) == [2])
        #expect(try IndexContents(in: storage) == expected(lost: [2], withoutSegment: 1))
    }

    @Test("of another analyzer, damaged segments are left out")
    func otherAnalyzer() throws {
        let storage = try index()
        storage.write([1], to: "segment-2.postings")
        let repair = try IndexRepair(storage, terms: ("other", PlainTerms([])))
        #expect(repair.rebuilds.isEmpty && repair.needsCommit)
        let writer = try repair.makeWriter()
        #expect(repair.markLost([], in: writer).map(\.id) == [3, 4])
        try writer.commit()
        #expect(try IndexContents(in: storage) == expected(lost: [3, 4], withoutSegment: 2))
    }

    @Test("a repair that is cut off leaves what can be repaired again", arguments: ["manifest", "segment-2.terms"])
    func powerCuts(name: String) throws {
        var generator = Seed(1).generator()
        var call = 1
        while true {
            let base = try index()
            var bytes = try base.open(name).copy()
            bytes[bytes.count - 1] ^= 1
            base.write(bytes, to: name)
            let storage = try FaultyStorage(wrapping: base, fault: .powerCut(at: call))
            let isDone = (try? repair(storage)) != nil
            for _ in 0..<2 {
                let survivors = storage.survivors(using: &generator)
                #expect(try repair(survivors) == [], "power cut at \(call)")
                #expect(
                    try IndexContents(in: survivors) == expected(lost: [], withoutSegment: 0),
                    "power cut at \(call)")
            }
            if isDone { break }
            call += 1
        }
        #expect(call > 20)
    }
}

extension StoredArticles.Stored {
    /// Adds the article to a segment, as the indexer does.
    func add(to builder: SegmentBuilder, _ analyzer: inout PlainTerms) throws {
        var terms = TermBlock()
        var healed = TermBlock()
        try analyzer.title(article.title[...], into: &terms)
        builder.beginArticle(article, source: source, titleTerms: terms)
        for paragraph in article.paragraphs {
            let text = article.text[paragraph.text]
            let isHealed = try analyzer.paragraph(text, into: &terms, healed: &healed)
            try builder.addParagraph(
                text, source: paragraph.source, kind: paragraph.kind, terms: terms,
                healedTerms: isHealed ? healed : nil)
        }
    }
}
