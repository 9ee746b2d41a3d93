import Model
import TestSupport
import Testing
import Tokenizer

@testable import Search

@Suite("Context, groups and near-duplicates")
struct ArrangementTests {
    private func search(
        _ index: TestIndex, _ query: String, _ mode: SearchMode = .any, limit: Int = 0,
        _ change: (inout ResultOptions) -> Void
    ) throws -> (hits: [Hit], summary: SearchSummary) {
        var request = SearchRequest(query, mode: mode, limit: limit)
        change(&request.results)
        let engine = try index.engine()
        let arranged = try engine.arrange(request)
        return (try engine.hits(arranged), arranged.answer.summary)
    }

    // MARK: Context

    @Test("neighbours of the same article, as far as it goes", arguments: [0, 1, 2, 5, .max])
    func context(count: Int) throws {
        let paragraphs = ["一", "二", "三", "四", "五"]
        let index = try TestIndex(
            ["甲", "乙", "丙"].map { TextArticle(id: $0, paragraphs: paragraphs.map { "\($0)段文章" }) })
        let (hits, _) = try search(index, "段文章") { $0.context = count }
        #expect(hits.count == 15)
        for hit in hits {
            guard count > 0 else {
                #expect(hit.context == nil)
                continue
            }
            let context = try #require(hit.context)
            let numbers = Array(1...5)
            #expect(context.before.map(\.number) == Array(numbers.prefix(hit.number - 1).suffix(count)))
            #expect(context.after.map(\.number) == Array(numbers.dropFirst(hit.number).prefix(count)))
            for neighbour in context.before + context.after {
                #expect(neighbour.text == "\(paragraphs[neighbour.number - 1])段文章")
                #expect(neighbour.line == neighbour.number)
            }
        }
    }

    // MARK: Groups

    @Test("groups are those of all ranks", arguments: Seed.first(30))
    func groups(seed: Seed) throws {
        var generator = seed.generator()
        let index = try TestIndex(RandomCorpus.segments(3, using: &generator))
        for _ in 0..<4 {
            let query = RandomCorpus.query(from: index.articles, using: &generator)
            let limit = generator.below(5)
            let perArticle = 1 + generator.below(3)
            guard let all = try? search(index, query, .any, limit: 0, { _ in }).hits else { continue }
            let (hits, summary) = try search(index, query, limit: limit) { $0.perArticle = perArticle }
            // Ids are not of one article alone in these indexes; the title and the segment's number in the id are.
            var groups: [[Hit]] = []
            for hit in all {
                if let place = groups.firstIndex(where: { $0[0].articleID == hit.articleID }) {
                    groups[place].append(hit)
                } else {
                    groups.append([hit])
                }
            }
            if limit > 0 { groups = Array(groups.prefix(limit)) }
            let expected = groups.map { $0.prefix(perArticle) }
            #expect(hits.map(\.place) == expected.joined().map(\.place), "\(query)")
            #expect(
                hits.map { $0.group?.number }
                    == expected.enumerated().flatMap { entry in entry.element.map { _ in entry.offset + 1 } })
            #expect(hits.map { $0.group?.place } == expected.flatMap { Array(1...$0.count) })
            #expect(hits.map(\.rank) == Array(1..<hits.count + 1))
            #expect(summary.groups == groups.count && summary.returned == hits.count && summary.hits == all.count)
        }
    }

    // MARK: Near-duplicates

    @Test("reprints with other marks, script and little changes are one; others are not")
    func reprints() throws {
        let text = "清华大学计算机系今天在北京宣布，将与多家企业共同建立人工智能研究院，并面向全球招聘研究人员。"
        let index = try TestIndex([
            TextArticle(id: "1", paragraphs: [text, text]),
            TextArticle(id: "2", paragraphs: ["清華大學計算機系今天在北京宣布將與多家企業共同建立人工智能研究院並面向全球招聘研究人員"]),
            TextArticle(id: "3", paragraphs: ["本报讯 " + text]),
            TextArticle(id: "4", paragraphs: ["清华大学计算机系今天没有招聘。", "清华"]),
        ])
        let (hits, summary) = try search(index, "清华", .exact) { $0.collapses = true }
        #expect(hits.count == 3 && summary.hits == 6 && summary.returned == 3)
        #expect(hits.map(\.duplicates).compactMap { $0 }.sorted() == [0, 0, 3])
        #expect(try search(index, "清华", .exact) { _ in }.hits.allSatisfy { $0.duplicates == nil })
    }

    @Test("folding is that of comparing each rank with all shown before", arguments: Seed.first(15))
    func collapse(seed: Seed) throws {
        var generator = seed.generator()
        var segments = RandomCorpus.segments(3, using: &generator)
        // Copies of paragraphs, some with a character more.
        let texts = segments.joined().flatMap(\.paragraphs)
        for segment in segments.indices where !texts.isEmpty {
            segments[segment].append(
                TextArticle(
                    id: "c-\(segment)",
                    paragraphs: (0..<6).map { _ in generator.pick(texts) + (generator.once(in: 2) ? "新" : "") }))
        }
        let index = try TestIndex(segments)
        for _ in 0..<4 {
            let query = RandomCorpus.query(from: index.articles, using: &generator)
            guard let all = try? search(index, query, .any, limit: 0, { _ in }).hits else { continue }
            let limit = generator.below(6)
            let perArticle = generator.below(3)
            let (hits, _) = try search(index, query, limit: limit) {
                $0.collapses = true
                $0.perArticle = perArticle
            }
            let expected = try expected(all, index, limit, perArticle)
            #expect(hits.map(\.place) == expected.map(\.place), "\(query)")
            #expect(hits.map(\.duplicates) == expected.map(\.duplicates))
        }
    }

    /// Plainly: bags of bigrams, every two compared.
    private func expected(_ all: [Hit], _ index: TestIndex, _ limit: Int, _ perArticle: Int) throws -> [Hit] {
        var shown: [(hit: Hit, bigrams: [String: Int])] = []
        var articles: [[UInt8]] = []
        for var hit in all {
            let bigrams = try Self.bigrams(hit.text, index.analyzer)
            if let first = shown.firstIndex(where: { Self.isNear($0.bigrams, bigrams) }) {
                shown[first].hit.duplicates! += 1
                continue
            }
            hit.duplicates = 0
            if perArticle == 0 {
                if limit == 0 || shown.count < limit { shown.append((hit, bigrams)) }
                continue
            }
            let id = hit.articleID
            if !articles.contains(id) {
                guard limit == 0 || articles.count < limit else { continue }
                articles.append(id)
            }
            if shown.count(where: { $0.hit.articleID == id }) < perArticle { shown.append((hit, bigrams)) }
        }
        let hits = shown.map(\.hit)
        return perArticle == 0 ? hits : articles.flatMap { id in hits.filter { $0.articleID == id } }
    }

    private static func bigrams(_ text: String, _ analyzer: Analyzer) throws -> [String: Int] {
        let row = Oracle.row(try analyzer.analyze(text.utf8, words: false)).filter { $0 != "|" }
        let units = row.flatMap { word in word.unicodeScalars.count == 1 ? [word] : word.utf16.map { "u\($0)" } }
        // A word of one letter is that letter, as it is in longer words.
        let letters = units.map { unit in
            unit.utf16.count == 1 && unit.utf16.first! < 0x2E80 ? "u\(unit.utf16.first!)" : unit
        }
        if letters.count == 1 { return [letters[0]: 1] }
        return zip(letters, letters.dropFirst()).reduce(into: [:]) { $0["\($1.0) \($1.1)", default: 0] += 1 }
    }

    private static func isNear(_ one: [String: Int], _ other: [String: Int]) -> Bool {
        let keys = Set(one.keys).union(other.keys)
        let common = keys.reduce(0) { $0 + min(one[$1] ?? 0, other[$1] ?? 0) }
        let all = keys.reduce(0) { $0 + max(one[$1] ?? 0, other[$1] ?? 0) }
        return all > 0 && common * 5 >= all * 4
    }

    @Test("more ranks are looked at until the limit is filled")
    func deeper() throws {
        let copies = (0..<1500).map { _ in "清华大学招聘信息" }
        let index = try TestIndex([
            TextArticle(id: "1", paragraphs: copies),
            TextArticle(id: "2", paragraphs: ["很久以前清华园里有许多树，如今都不见了，只有石头还在原处。"]),
        ])
        let (hits, _) = try search(index, "清华", .exact, limit: 2) { $0.collapses = true }
        #expect(hits.map(\.place) == ["1#1", "2#1"] && hits.map(\.duplicates) == [1499, 0])
    }
}
