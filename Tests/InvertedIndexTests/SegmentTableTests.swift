import Bytes
import Model
import Storage
import TestSupport
import Testing

@testable import InvertedIndex

@Suite("Articles and deletions")
struct SegmentTableTests {
    private struct Plain {
        var record: ArticleRecord
        var fingerprint: UInt64
        var source: UInt32
        var titleLength: Int
        var lengths: [Int]
    }

    /// A text that often begins as others do, or is one of them, or begins with one, or is empty.
    private static func text(upTo limit: Int, using generator: inout SplitMix64) -> [UInt8] {
        let beginnings = ["", "a", "ab", "ab/", "新闻/", "新闻/2024-"]
        let tail = generator.pick([0, 1, 2, limit])
        return Array(generator.pick(beginnings).utf8)
            + (tail < limit
                ? (0..<tail).map { _ in UInt8(generator.pick([0x61, 0x62])) }
                : generator.bytes(generator.below(limit)))
    }

    private static func article(using generator: inout SplitMix64) -> Plain {
        Plain(
            record: ArticleRecord(
                id: text(upTo: 30, using: &generator), title: text(upTo: 200, using: &generator),
                date: text(upTo: 12, using: &generator),
                origin: SourcePosition(byte: generator.below(1 << 40), line: generator.below(1 << 30))),
            fingerprint: generator.next(), source: UInt32(truncatingIfNeeded: generator.next()),
            titleLength: generator.below(generator.pick([20, 100_000])),
            lengths: (0..<generator.below(6)).map { _ in generator.below(generator.pick([100, 200_000])) })
    }

    private func body(_ articles: [Plain]) throws -> ByteView {
        var writer = ArticleTableWriter()
        for article in articles {
            writer.addArticle(
                article.record, source: article.source, fingerprint: article.fingerprint,
                titleLength: article.titleLength)
            for length in article.lengths { writer.addParagraph(length: length) }
        }
        let storage = MemoryStorage()
        let size = try writer.write(segment: 9, in: storage)
        #expect(try storage.open("segment-9.articles").count == Int(size))
        return try IndexFile.articles.open("segment-9.articles", owner: 9, in: storage)
    }

    @Test("articles come back with their paragraphs", arguments: Seed.first(20))
    func articles(seed: Seed) throws {
        var generator = seed.generator()
        let articles = (0..<generator.pick([0, 1, 2, 60])).map { _ in Self.article(using: &generator) }
        let table = try ArticleTable(try body(articles))
        #expect(table.articleCount == articles.count)
        #expect(table.paragraphCount == articles.reduce(0) { $0 + $1.lengths.count })
        var first = 0
        for (number, article) in articles.enumerated() {
            #expect(try table.record(number) == article.record)
            #expect(try table.id(number) == article.record.id)
            #expect(try table.fingerprint(ofArticle: number) == article.fingerprint)
            #expect(try table.source(ofArticle: number) == article.source)
            #expect(
                try table.titleLengths.length(of: number)
                    == LengthCode.decode(LengthCode.encode(article.titleLength)))
            let paragraphs = try table.paragraphs(ofArticle: number)
            #expect(paragraphs == first..<first + article.lengths.count)
            for (ordinal, length) in zip(paragraphs, article.lengths) {
                #expect(try table.article(ofParagraph: ordinal) == number)
                #expect(
                    try table.paragraphLengths.length(of: ordinal) == LengthCode.decode(LengthCode.encode(length)))
            }
            first = paragraphs.upperBound
        }
        #expect(try table.paragraphs(ofArticle: articles.count) == 0..<0)
        // All in a row, and one by one.
        var next = 0
        try table.forEachRecord { (number, record) throws(FormatError) in
            #expect(number == next && record == articles[number].record)
            next += 1
        }
        #expect(next == articles.count)
    }

    @Test(
        "articles have a paragraph each where all have, not where as many are otherwise divided",
        arguments: [
            [1], [1, 1, 1], [0, 2], [2, 0], [1, 0, 2], [2, 1, 0], [1, 1, 0, 2], [0], [1, 0], [1, 2],
        ])
    func oneParagraphEach(counts: [Int]) throws {
        var generator = Seed(1).generator()
        let articles = counts.map { count in
            var article = Self.article(using: &generator)
            article.lengths = Array(repeating: 7, count: count)
            return article
        }
        let table = try ArticleTable(try body(articles))
        #expect(try table.haveOneParagraphEach() == counts.allSatisfy { $0 == 1 })
        #expect(
            try table.firstParagraphs().map { Int($0) } == counts.reduce(into: [0]) { $0.append($0.last! + $1) })
    }

    @Test("an article table cut short anywhere, or damaged, throws or answers", arguments: Seed.first(6))
    func damagedArticles(seed: Seed) throws {
        var generator = seed.generator()
        let articles = (0..<generator.pick([1, 3, 5, 18])).map { _ in Self.article(using: &generator) }
        let good = try body(articles).copy()
        func read(_ bytes: [UInt8]) {
            do throws(FormatError) {
                let table = try ArticleTable(ByteView(bytes, file: "articles"))
                let each = (0..<table.articleCount).map { try? table.paragraphs(ofArticle: $0) }
                if let firsts = try? table.firstParagraphs() {
                    #expect(firsts.first == 0 && firsts.last == UInt32(table.paragraphCount))
                    #expect(each == zip(firsts, firsts.dropFirst()).map { Int($0)..<Int($1) })
                } else {
                    #expect(each.contains(nil))
                }
                let one = (0..<table.articleCount).map { $0..<$0 + 1 }
                #expect((try? table.haveOneParagraphEach()) == (each == one && table.paragraphCount == one.count))
                try? table.forEachRecord { (_, _) throws(FormatError) in }
                for number in 0..<min(table.articleCount, 100) {
                    let id = try? table.id(number)
                    if let record = try? table.record(number) { #expect(id == record.id) }
                    _ = try? table.source(ofArticle: number)
                    guard let range = try? table.paragraphs(ofArticle: number) else { continue }
                    #expect(range.upperBound <= table.paragraphCount)
                    if let ordinal = range.first { _ = try? table.article(ofParagraph: ordinal) }
                }
                #expect(table.paragraphLengths.count == table.paragraphCount)
            } catch {}
        }
        for count in good.indices { read(Array(good[..<count])) }
        for index in good.indices {
            var bytes = good
            bytes[index] ^= UInt8(1 + generator.below(255))
            read(bytes)
        }
    }

    @Test("a set of deleted articles comes back", arguments: [0, 1, 63, 64, 65, 128, 1000])
    func liveSet(count: Int) throws {
        var generator = Seed(UInt64(count)).generator()
        var set = LiveSet(articleCount: count)
        var deleted: Set<Int> = []
        for _ in 0..<count / 2 {
            let article = generator.below(count)
            set.delete(article)
            deleted.insert(article)
            #expect(set.deletedCount == deleted.count)
        }
        let bytes = set.encoded()
        let read = try LiveSet(ByteView(bytes, file: "live"), articleCount: count)
        #expect(read == set)
        for article in 0..<count { #expect(read.isDeleted(article) == deleted.contains(article)) }
        for length in 0..<bytes.count {
            #expect(throws: FormatError.self) {
                try LiveSet(ByteView(Array(bytes[..<length]), file: "live"), articleCount: count)
            }
        }
        #expect(throws: FormatError.self) { try LiveSet(ByteView(bytes + [0], file: "live"), articleCount: count) }
        #expect(throws: FormatError.self) { try LiveSet(ByteView(bytes, file: "live"), articleCount: count + 1) }
    }

    @Test("a bit beyond the last article is an error")
    func strayBit() {
        var bytes = LiveSet(articleCount: 3).encoded()
        bytes[8] = 0b1000
        #expect(throws: FormatError.self) { try LiveSet(ByteView(bytes, file: "live"), articleCount: 3) }
    }
}
