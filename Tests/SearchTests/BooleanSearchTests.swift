import Model
import TestSupport
import Testing
import Tokenizer

@testable import Search

/// The guarantee of literal search, for expressions: what a scan finds, and nothing else.
@Suite("Queries with operators against a scan")
struct BooleanSearchTests {
    private struct Fixture {
        let index: TestIndex
        let oracle: Oracle
        var generator: SplitMix64

        init(_ seed: Seed) throws {
            var random = seed.generator()
            let segments = RandomCorpus.segments(1 + random.below(5), using: &random)
            let deleted = Set((0..<random.below(3)).map { _ in UInt32(1 + random.below(6)) })
            generator = random
            index = try TestIndex(segments, deleted: deleted)
            oracle = Oracle(analyzer: index.analyzer)
        }

        /// A piece of the corpus with something to look for in it.
        mutating func piece() throws -> (text: String, row: [String]) {
            while true {
                let text = RandomCorpus.query(from: index.articles, using: &generator)
                let row = Oracle.trimmed(try oracle.row(text.utf8))
                if !row.isEmpty { return (text, row) }
            }
        }

        /// A piece without white space, or marks that mean something in a query.
        mutating func keyword() throws -> String {
            while true {
                let text = try piece().text
                let isPlain = !text.unicodeScalars.contains {
                    WhiteSpace.contains($0.value) || "()\"*~".unicodeScalars.contains($0)
                }
                if isPlain { return text }
            }
        }

        mutating func leaf() throws -> RandomQuery {
            let (text, row) = try piece()
            switch generator.below(4) {
            case 0:
                let prefix = generator.pick(["a", "g", "l", "ab", "gp", "t", "4", "3", "tu"])
                return .leaf("\(prefix)*") { Oracle.hasPrefix([prefix], in: $0) }
            case 1:
                let one = try keyword()
                let other = try keyword()
                let rows = try [one, other].map { Oracle.trimmed(try oracle.row($0.utf8)) }
                let distance = generator.below(6)
                return .leaf("\"\(one) \(other)\"~\(distance)") {
                    Oracle.isNear(rows[0], rows[1], distance, in: $0)
                }
            default: return .leaf("\"\(text)\"") { !Oracle.places(of: row, in: $0).isEmpty }
            }
        }

        mutating func query() throws -> RandomQuery {
            var copy = self
            let query = try RandomQuery.tree(2, &generator) { generator in
                copy.generator = generator
                defer { generator = copy.generator }
                return try copy.leaf()
            }
            return query
        }
    }

    @Test("exact finds what a scan finds", arguments: Seed.first(30))
    func exact(seed: Seed) throws {
        var fixture = try Fixture(seed)
        let (index, oracle) = (fixture.index, fixture.oracle)
        for _ in 0..<25 {
            let query = try fixture.query()
            let what: Comment = "\(query.text.debugDescription)"
            for heals in [true, false] {
                let expected = try oracle.places(in: index.live, heals: heals) { query.holds($0) }
                let (hits, summary) = try index.search(query.text, heals: heals)
                #expect(Set(hits.map(\.place)) == expected, what)
                #expect(
                    summary.mode == .exact && summary.hits == expected.count && hits.count == expected.count, what)
                for hit in hits {
                    #expect(
                        hit.match == .exact && hit.score > 0 && hit.fold != nil && !hit.highlights.isEmpty, what)
                }
            }
        }
    }

    @Test("all cuts keywords into words, and joins these by AND", arguments: Seed.first(10))
    func all(seed: Seed) throws {
        var fixture = try Fixture(seed)
        for _ in 0..<25 {
            let oracle = fixture.oracle
            var copy = fixture
            let query = try RandomQuery.tree(2, &fixture.generator) { generator in
                copy.generator = generator
                defer { generator = copy.generator }
                let text = try copy.keyword()
                return .leaf(text) { _ in false }
            }
            /// A word may be in one reading, and another in the other.
            func holds(_ query: RandomQuery, _ readings: [[String]]) throws -> Bool {
                switch query {
                case .leaf(let text, _):
                    return try oracle.words(text).allSatisfy { word in
                        readings.contains { !Oracle.places(of: word, in: $0).isEmpty }
                    }
                case .every(let parts, let except):
                    return try parts.allSatisfy { try holds($0, readings) }
                        && !except.contains { try holds($0, readings) }
                case .some(let parts): return try parts.contains { try holds($0, readings) }
                }
            }
            let expected = try oracle.places(in: fixture.index.live) { (try? holds(query, $0)) ?? false }
            let found = try fixture.index.search(query.text, .all).hits
            #expect(Set(found.map(\.place)) == expected, "\(query.text.debugDescription)")
        }
    }

    @Test("any leaves out what is after NOT", arguments: Seed.first(10))
    func any(seed: Seed) throws {
        var fixture = try Fixture(seed)
        for _ in 0..<20 {
            let wanted = try fixture.keyword()
            let (text, row) = try fixture.piece()
            let all = try fixture.index.search(wanted, .any).hits
            let left = try fixture.index.search("\(wanted) NOT \"\(text)\"", .any).hits
            let excluded = try fixture.oracle.matches([row], in: fixture.index.live)
            #expect(
                left.map(\.place) == all.map(\.place).filter { !excluded.contains($0) }, "\(wanted) NOT \(text)")
            #expect(left.map(\.score) == all.filter { !excluded.contains($0.place) }.map(\.score))
        }
    }

    @Test("what operators mean")
    func meaning() throws {
        let index = try TestIndex([
            TextArticle(id: "a", paragraphs: ["清华大学", "北京大学", "清华和北京的大学", "北大"]),
            TextArticle(id: "b", title: "清华", paragraphs: ["别的"]),
        ])
        func found(_ query: String, _ mode: SearchMode = .auto) throws -> Set<String> {
            Set(try index.places(query, mode))
        }
        #expect(try found("清华 OR 北大") == ["a#1", "a#3", "a#4"])
        #expect(try found("大学 NOT 清华") == ["a#2"])
        #expect(try found("(清华 OR 北京) AND 大学") == ["a#1", "a#2", "a#3"])
        #expect(try found("清华大学 OR 北京大学") == ["a#1", "a#2"])
        #expect(try found("清华大学 OR 北京大学", .all) == ["a#1", "a#2", "a#3"])
        #expect(try found("大学 NOT 北京大学", .all) == ["a#1"])
        // Marks ask for nothing.
        #expect(try found("清华 AND 。") == ["a#1", "a#3"])
        #expect(try found("北大 OR 。") == ["a#4"])
        // What has operators does not fall back to best match.
        #expect(
            try index.search("清华 AND 复旦", .auto).summary
                == SearchSummary(
                    mode: .exact, hits: 0, relation: .equal, returned: 0))
        #expect(try index.search("清华 复旦", .auto).summary.mode == .any)
        #expect(try found("大学 NOT 清华", .any) == ["a#2", "a#4"])
    }

    @Test("what best match and marks alone cannot answer is an error")
    func refused() throws {
        let index = try TestIndex([TextArticle(id: "a", paragraphs: ["清华大学gpt"])])
        for query in ["清华 OR 北大", "清华 AND 大学", "清华 gp*", #""清 大"~3"#, "清华 NOT (a OR b)"] {
            #expect(throws: SearchError.query(.operatorsInBestMatch), "\(query)") { try index.search(query, .any) }
            _ = try index.search(query, .any, isPlain: true)
        }
        for query in ["。 NOT a", "， OR ！", "(， OR 。) NOT a"] {
            #expect(throws: SearchError.query(.nothingToFind), "\(query)") { try index.search(query) }
        }
        #expect(throws: SearchError.query(.notAPair(at: 3))) { try index.search(#"a "b ，"~3"#) }
    }

    @Test("scores are those of the keywords, branch by branch")
    func scores() throws {
        let index = try TestIndex([
            TextArticle(id: "a", title: "清华", paragraphs: ["清华北大清华", "清华。", "北大，人大", "人大"])
        ])
        func scores(_ query: String) throws -> [String: Float] {
            Dictionary(uniqueKeysWithValues: try index.search(query, .exact).hits.map { ($0.place, $0.score) })
        }
        #expect(try scores("清华 AND 北大") == scores("清华 北大"))
        #expect(try scores("清华 NOT 人大") == scores("清华"))
        let both = try scores("清华 OR 北大")
        #expect(try both["a#1"] == scores("(清华 AND 北大) OR 复旦")["a#1"])
        // What stands only in a branch that does not hold counts for nothing.
        #expect(try scores("(北大 AND 复旦) OR 人大")["a#3"] == scores("人大 OR 复旦")["a#3"])
    }
}
