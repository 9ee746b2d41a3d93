import Bytes
import Model
import Storage
import TestSupport
import Testing

@testable import InvertedIndex

/// The terms of plain articles, by their text.
struct PlainTerms: TextTerms {
    private var titles: [[UInt8]: TermBlock] = [:]
    private var paragraphs: [[UInt8]: (TermBlock, TermBlock?)] = [:]

    init(_ articles: [PlainArticle]) {
        for article in articles {
            titles[article.title] = article.titleTerms
            for paragraph in article.paragraphs {
                paragraphs[paragraph.text] = (paragraph.terms, paragraph.healedTerms)
            }
        }
    }

    struct UnknownText: Error {}

    mutating func title(_ text: ArraySlice<UInt8>, into terms: inout TermBlock) throws {
        guard let found = titles[Array(text)] else { throw UnknownText() }
        terms = found
    }

    mutating func paragraph(_ text: ArraySlice<UInt8>, into terms: inout TermBlock, healed: inout TermBlock) throws
        -> Bool
    {
        guard let (plain, other) = paragraphs[Array(text)] else { throw UnknownText() }
        terms = plain
        healed = other ?? TermBlock()
        return other != nil
    }
}

extension PlainArticle {
    /// Articles with a text of its own for each title and paragraph, so that ``PlainTerms`` can tell them apart.
    static func distinct(_ count: Int, length: Int = 8, using generator: inout SplitMix64) -> [PlainArticle] {
        (0..<count).map { number in
            var article = PlainArticle(
                id: "a\(number)", source: UInt32(number + 1), paragraphs: 2, length: length, using: &generator)
            article.title = Array("title \(number)".utf8)
            for index in article.paragraphs.indices {
                article.paragraphs[index].text = Array("paragraph \(number) \(index)".utf8)
            }
            return article
        }
    }
}

@Suite("Check")
struct IndexCheckTests {
    private let articles: [PlainArticle]

    init() {
        var generator = Seed(3).generator()
        articles = PlainArticle.distinct(4, using: &generator)
    }

    /// An index of `articles` in two segments, the first article deleted.
    private func index(_ articles: [PlainArticle]) throws -> MemoryStorage {
        let storage = MemoryStorage()
        let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer)
        try writer.addSegment(Array(articles[..<2]))
        try writer.addSegment(Array(articles[2...]))
        for article in articles { writer.add(SourceRecord(article.source)) }
        try writer.commit()
        try writer.remove(sources: [1])
        try writer.commit()
        return storage
    }

    private func check(_ storage: any Storage) throws -> IndexCheck {
        try IndexCheck(storage, terms: (PlainArticle.analyzer, PlainTerms(articles)))
    }

    @Test("an index whose terms are those of its text is sound")
    func sound() throws {
        #expect(try check(try index(articles)).damages == [])
    }

    /// Changes of an article's terms, each of which the text does not give.
    static let changes: [(String, @Sendable (inout PlainArticle) -> Void)] = [
        ("a character more", { $0.paragraphs[1].terms.characters.append(0x4E01 << TermBlock.positionBits) }),
        ("a bigram elsewhere", { $0.paragraphs[1].terms.bigrams[0] ^= 1 }),
        ("a pair less", { $0.paragraphs[1].terms.pairs.removeLast() }),
        ("another word", { $0.paragraphs[1].terms.wordBytes[0] ^= 1 }),
        ("a word of another kind", { $0.paragraphs[1].terms.words[0].kind = .hanWord }),
        ("a healed reading more", { $0.paragraphs[1].healedTerms = TermBlock.one(0x4E05) }),
    ]

    @Test("a paragraph with other terms than its text gives is named", arguments: changes.indices)
    func otherTerms(change: Int) throws {
        // Terms of every kind, at places that do not run into each other.
        var terms = TermBlock.one(0x4E00)
        let pair: UInt64 = 0x4E00 << TermBlock.scalarBits | 0x4E01
        terms.bigrams = [pair << TermBlock.positionBits | 2]
        terms.pairs = [pair << TermBlock.positionBits]
        terms.wordBytes = Array("word".utf8)
        terms.words = [.init(kind: .word, start: 0, end: 4, position: 5)]
        terms.length = 8
        var known = articles
        known[2].paragraphs[1].terms = terms
        known[2].paragraphs[1].healedTerms = nil
        var altered = known
        Self.changes[change].1(&altered[2])
        let storage = try index(altered)
        let check = try IndexCheck(storage, terms: (PlainArticle.analyzer, PlainTerms(known)))
        #expect(
            check.problems.contains {
                if case .termsDisagree(let file, let article, 2, 0) = $0 {
                    file == "memory/segment-2.terms" && article == Array("a2".utf8)
                } else {
                    false
                }
            }, "\(Self.changes[change].0)")
        #expect(check.damages.allSatisfy { $0.part == .terms(segment: 2) && $0.articles == 2 })
        // Bytes and structures are in order.
        #expect(try IndexCheck(storage).damages == [])
    }

    @Test("a title with other terms than its text gives is named")
    func otherTitle() throws {
        var altered = articles
        altered[3].titleTerms.characters.append(0x4E09 << TermBlock.positionBits)
        let check = try check(try index(altered))
        let file = "memory/segment-2.terms"
        #expect(check.problems == [.termsDisagree(file: file, article: Array("a3".utf8), paragraph: 0, others: 0)])
    }

    @Test("terms by another analyzer are not compared")
    func otherAnalyzer() throws {
        let storage = try index(articles)
        let terms = PlainTerms([])
        #expect(try IndexCheck(storage, terms: ("other", terms)).damages == [])
        #expect(try !IndexCheck(storage, terms: (PlainArticle.analyzer, terms)).damages.isEmpty)
    }

    @Test(
        "damage that no checksum gives away is found, or changes nothing",
        arguments: ["terms", "postings", "positions"])
    func resealed(kind: String) throws {
        let storage = try index(articles)
        let sound = try IndexContents(in: storage)
        var harmless = 0
        for name in try storage.names() where name.hasSuffix("." + kind) {
            let bytes = try storage.open(name).copy()
            let body = Envelope.headerSize..<Envelope.contentLength(ofFile: bytes.count)
            for place in stride(from: body.lowerBound, to: body.upperBound, by: max(1, body.count / 60)) {
                for change: UInt8 in [0x01, 0x80] {
                    var altered = bytes
                    altered[place] ^= change
                    storage.write(Damage.resealed(altered), to: name)
                    let problems = try check(storage).problems
                    if !problems.isEmpty { continue }
                    harmless += 1
                    #expect(try IndexContents(in: storage) == sound, "\(name), byte \(place)")
                }
            }
            storage.write(bytes, to: name)
        }
        // Padding, and nothing that is read.
        #expect(harmless < 40)
    }

    @Test("a check is not disturbed by a writer")
    func whileWriting() throws {
        let storage = try index(articles)
        let files = try CommitFiles(storage)
        let writer = try IndexWriter(storage, analyzer: PlainArticle.analyzer)
        try writer.remove(sources: [2, 3])
        try writer.commit()
        for name in files.manifest.files { #expect(throws: Never.self) { try files.open(name) } }
    }

    @Test("what is kept twice is damaged in one place", arguments: ["manifest", "sources-2", "segment-1.live-2"])
    func twins(name: String) throws {
        let copy = name == "manifest" ? "manifest-2.copy" : name + ".copy"
        for damaged in [name, copy] {
            let storage = try index(articles)
            var bytes = try storage.open(damaged).copy()
            bytes[bytes.count / 2] ^= 1
            storage.write(bytes, to: damaged)
            let damages = try check(storage).damages
            #expect(damages.count == 1)
            let part: IndexDamage.Part =
                damaged == copy ? .copy(name: copy) : name == "manifest" ? .manifest : .twin(name: name)
            #expect(damages.first?.part == part)
        }
        // The copy is another one, and has the checksums of it.
        let storage = try index(articles)
        var bytes = try storage.open(copy).copy()
        bytes[Envelope.headerSize + 8] ^= 1
        storage.write(Damage.resealed(bytes), to: copy)
        #expect(try check(storage).damages.map(\.part) == [.copy(name: copy)])
    }
}

extension TermBlock {
    /// One character at the first place.
    static func one(_ character: UInt64) -> TermBlock {
        var block = TermBlock()
        block.characters = [character << TermBlock.positionBits]
        block.length = 1
        return block
    }
}
