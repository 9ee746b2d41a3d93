import Model
import TestSupport
import Testing

@testable import Search

/// The guarantee: whatever a scan of the folded text finds, a literal query finds, and nothing else.
@Suite("Literal search against a scan")
struct LiteralSearchTests {
    private func index(_ seed: Seed) throws -> (TestIndex, SplitMix64) {
        var generator = seed.generator()
        let segments = RandomCorpus.segments(1 + generator.below(5), using: &generator)
        let deleted = Set((0..<generator.below(3)).map { _ in UInt32(1 + generator.below(6)) })
        return (try TestIndex(segments, deleted: deleted), generator)
    }

    /// Runs a query; nil when it has nothing to look for, in which case the scan has nothing either.
    private func places(
        _ index: TestIndex, _ query: String, _ mode: SearchMode, _ rows: [[String]], isPlain: Bool = true
    )
        throws -> (hits: [Hit], summary: SearchSummary)?
    {
        do {
            let found = try index.search(query, mode, isPlain: isPlain)
            #expect(!rows.isEmpty)
            return found
        } catch SearchError.query(.nothingToFind) {
            #expect(rows.isEmpty)
            return nil
        }
    }

    @Test("exact finds what a scan finds, and highlights it", arguments: Seed.first(40))
    func exact(seed: Seed) throws {
        var (index, generator) = try index(seed)
        let oracle = Oracle(analyzer: index.analyzer)
        for _ in 0..<40 {
            let query = RandomCorpus.query(from: index.articles, using: &generator)
            let rows = try oracle.keywords(query)
            guard let (hits, summary) = try places(index, query, .exact, rows) else { continue }
            let expected = try oracle.matches(rows, in: index.live)
            let what: Comment = "\(query.debugDescription)"
            #expect(Set(hits.map(\.place)) == expected, what)
            #expect(hits.count == expected.count, what)
            #expect(
                summary
                    == SearchSummary(mode: .exact, hits: expected.count, relation: .equal, returned: expected.count),
                what)
            for hit in hits {
                #expect(hit.match == .exact && hit.score > 0, what)
                #expect(
                    try hit.highlights == oracle.highlights(rows, in: hit.text),
                    "\(query.debugDescription) in \(hit.text)")
            }
        }
    }

    @Test("all finds the paragraphs that hold every word somewhere", arguments: Seed.first(20))
    func all(seed: Seed) throws {
        var (index, generator) = try index(seed)
        let oracle = Oracle(analyzer: index.analyzer)
        for _ in 0..<30 {
            let query = RandomCorpus.query(from: index.articles, using: &generator)
            let rows = try oracle.words(query)
            guard let (hits, summary) = try places(index, query, .all, rows) else { continue }
            let expected = try oracle.matches(rows, in: index.live)
            #expect(Set(hits.map(\.place)) == expected, "\(query.debugDescription)")
            #expect(
                summary
                    == SearchSummary(mode: .all, hits: expected.count, relation: .equal, returned: expected.count))
        }
    }

    @Test("without healing, exact finds what a scan of the plain reading finds", arguments: Seed.first(20))
    func plainReading(seed: Seed) throws {
        var (index, generator) = try index(seed)
        let oracle = Oracle(analyzer: index.analyzer)
        for _ in 0..<40 {
            let query = RandomCorpus.query(from: index.articles, using: &generator)
            let rows = try oracle.keywords(query)
            guard !rows.isEmpty else { continue }
            let plain = try index.search(query, isPlain: true, heals: false).hits
            #expect(
                try Set(plain.map(\.place)) == oracle.matches(rows, in: index.live, heals: false),
                "\(query.debugDescription)")
            #expect(plain.allSatisfy { !$0.isHealed })
            // With healing there are more, and each that is new says so.
            let all = try index.search(query, isPlain: true).hits
            let found = Set(plain.map(\.place))
            #expect(Set(all.filter { !$0.isHealed }.map(\.place)) == found, "\(query.debugDescription)")
        }
    }

    @Test("a quoted keyword is literal, white space and all", arguments: Seed.first(20))
    func quoted(seed: Seed) throws {
        var (index, generator) = try index(seed)
        let oracle = Oracle(analyzer: index.analyzer)
        for _ in 0..<20 {
            let text = RandomCorpus.query(from: index.articles, using: &generator)
            let row = Oracle.trimmed(try oracle.row(text.utf8))
            for mode in [SearchMode.exact, .all] {
                let rows = row.isEmpty ? [] : [row]
                guard let (hits, _) = try places(index, "\"\(text)\"", mode, rows, isPlain: false) else { continue }
                #expect(
                    try Set(hits.map(\.place)) == oracle.matches(rows, in: index.live), "\(text.debugDescription)")
            }
        }
    }

    @Test("every single character of the corpus is found wherever it stands", arguments: Seed.first(4))
    func everyCharacter(seed: Seed) throws {
        let (index, _) = try index(seed)
        let oracle = Oracle(analyzer: index.analyzer)
        let rows = try index.live.flatMap(\.paragraphs).flatMap { try oracle.row($0.utf8) }
        for unit in Set(rows) where unit != "|" {
            // Folding what is folded changes nothing, or the unit could not be asked for.
            guard try oracle.keywords(unit) == [[unit]] else { continue }
            #expect(
                try Set(index.places(unit)) == oracle.matches([[unit]], in: index.live), "\(unit.debugDescription)")
        }
    }

    @Test("cases that once were or might be wrong")
    func cases() throws {
        let texts = [
            "清华\n大学", "清华，大学", "马丁·路德", "GPT-4o很好", "我AI你", "我，AI你", "团(tuán)队", "團隊", "AI Lab", "A I L a b",
            "国国国", "国国", "第3.5版", "ＧＰＴ－４ｏ", "中。", "。中", "中",
        ]
        let index = try TestIndex([TextArticle(id: "a", paragraphs: texts)])
        func found(_ query: String) throws -> [String] {
            try index.search(query).hits.sorted { $0.number < $1.number }.map(\.text)
        }
        #expect(try found("清华大学") == ["清华\n大学"])
        #expect(try found("清华，大学") == ["清华，大学"])
        #expect(try found("清华。大学") == ["清华，大学"])
        #expect(try found("马丁路德") == ["马丁·路德"])
        #expect(try found("gpt4o").isEmpty)
        #expect(try found("gpt-4o") == ["GPT-4o很好", "ＧＰＴ－４ｏ"])
        #expect(try found("我ai") == ["我AI你"])
        #expect(try found("我，ai") == ["我，AI你"])
        #expect(try found("团队") == ["团(tuán)队", "團隊"])
        #expect(try found("\"ai lab\"") == ["AI Lab", "A I L a b"])
        #expect(try found("\"a i l\"") == ["A I L a b"])
        #expect(try found("国国国") == ["国国国"])
        #expect(try found("国国") == ["国国国", "国国"])
        #expect(try found("3.5") == ["第3.5版"])
        #expect(try found("「中」") == ["中。", "。中", "中"])
        #expect(try found("中大").isEmpty)
    }

    @Test("a keyword as long as a paragraph is found, one that is longer is not, and too long a query is refused")
    func long() throws {
        let text = String(repeating: "清华大学的一天，", count: 700)
        let index = try TestIndex([
            TextArticle(id: "a", paragraphs: ["短", text]), TextArticle(id: "b", paragraphs: ["清华大学"]),
        ])
        #expect(try index.search(text, isPlain: true).hits.map(\.place) == ["a#2"])
        #expect(
            try index.search(String(text.dropFirst(20).dropLast(30)), isPlain: true).hits.map(\.place) == ["a#2"])
        for count in [2, 5, 50] {
            #expect(try index.search(String(repeating: text, count: count), isPlain: true).hits.isEmpty)
        }
        for isPlain in [false, true] {
            let query = String(repeating: "清", count: QueryLimits.length + 1)
            #expect(throws: SearchError.query(.tooLong)) { try index.search(query, isPlain: isPlain) }
        }
    }
}
