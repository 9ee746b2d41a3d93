import Model
import TestSupport
import Testing
import Tokenizer

@testable import Search

@Suite("Prefixes and nearness")
struct PrefixSearchTests {
    private static let pieces = [
        "gpt", "GPT4", "gptx", "Gp", "g", "国", "國", "峯", "ｇｐｔ", "，", " ", "G pt", "4", "团(tuán)", "é", "ab",
    ]

    @Test("a prefix finds what a scan finds, at every level and with others before it", arguments: Seed.first(20))
    func scans(seed: Seed) throws {
        var generator = seed.generator()
        func text(_ count: Int) -> String { (0..<count).map { _ in generator.pick(Self.pieces) }.joined() }
        let segments = (0..<3).map { segment in
            (0..<4).map { number in
                TextArticle(id: "\(segment)-\(number)", paragraphs: (0..<4).map { _ in text(8) })
            }
        }
        let index = try TestIndex(segments)
        let engine = try index.engine()
        let full = Oracle(analyzer: index.analyzer)
        for _ in 0..<20 {
            let query =
                generator.pick(["", "国", "峰", "gpt-", "4，"]) + generator.pick(["g", "Gp", "gpt", "ｇ", "a"])
            let wide = Oracle.trimmed(try full.row(query.utf8))
            let anywhere = try full.places(in: index.live) { $0.contains { Oracle.hasPrefix(wide, in: $0) } }
            var widest: Set<String> = []
            for level in FoldLevel.allCases {
                let oracle = Oracle(analyzer: try Analyzer(fold: level))
                let row = Oracle.trimmed(try oracle.row(query.utf8))
                // Narrowing never finds more.
                let expected = try oracle.places(in: index.live) { $0.contains { Oracle.hasPrefix(row, in: $0) } }
                    .intersection(anywhere)
                let request = SearchRequest(query + "*", mode: .exact, limit: 0, fold: level)
                let hits = try engine.hits(try engine.run(request))
                #expect(Set(hits.map(\.place)) == expected, "\(query)* at \(level)")
                #expect(hits.allSatisfy { $0.fold! <= level && $0.match == .exact && !$0.highlights.isEmpty })
                #expect(widest.isSubset(of: expected))
                widest = expected
            }
        }
    }

    /// The text of the only hit with its highlights in brackets; nil when there is none.
    private func marked(_ query: String, in text: String) throws -> String? {
        let index = try TestIndex([TextArticle(id: "a", paragraphs: [text])])
        guard let hit = try index.search(query).hits.first else { return nil }
        let scalars = Array(text.unicodeScalars)
        var marked = String.UnicodeScalarView()
        for (place, scalar) in scalars.enumerated() {
            if hit.highlights.contains(where: { $0.lowerBound == place }) { marked.append("[") }
            marked.append(scalar)
            if hit.highlights.contains(where: { $0.upperBound == place + 1 }) { marked.append("]") }
        }
        return String(marked)
    }

    @Test("what is highlighted: whole words, pairs that are near, nothing after NOT")
    func highlights() throws {
        for (query, text, expected) in [
            ("gpt*", "用GPT和ChatGPT、gpt4o写", "用[GPT]和ChatGPT、[gpt4o]写"),
            ("学习transf*", "深度学习 Transformers，transfer", "深度[学习 Transformers]，transfer"),
            ("3.5*", "3.57和3-5", "[3.57]和[3-5]"),
            (#""甲 乙"~1"#, "甲丙乙，丁丁甲", "[甲]丙[乙]，丁丁甲"),
            (#""甲 乙"~0"#, "乙，甲", "[乙]，[甲]"),
            (#""甲 乙"~0"#, "甲丙乙", nil),
            (#""甲乙 乙丙"~5"#, "甲乙丙", nil),
            (#""甲 甲"~2"#, "甲丙甲，丁丁丁甲", "[甲]丙[甲]，丁丁丁甲"),
            ("甲 NOT 丁", "甲乙", "[甲]乙"), ("甲 OR 丁", "丙丁", "丙[丁]"), ("(甲 NOT 丁) OR 乙", "甲乙丁", "[甲乙]丁"),
            ("ki*", "用Ki mi的", "用[Ki mi]的"), ("kim*", "用Ki mi的", "用[Ki mi]的"),
        ] as [(String, String, String?)] {
            #expect(try marked(query, in: text) == expected, "\(query) in \(text)")
        }
    }

    @Test("a star is a mark where there is no word before it")
    func stars() throws {
        let index = try TestIndex([TextArticle(id: "a", paragraphs: ["清华大学", "C语言", "ab", "abc"])])
        func found(_ query: String, isPlain: Bool = false) throws -> Set<String> {
            Set(try index.search(query, .exact, isPlain: isPlain).hits.map(\.text))
        }
        #expect(try found("清华*") == ["清华大学"])
        #expect(try found("清*华").isEmpty)
        #expect(try found("ab*") == ["ab", "abc"])
        #expect(try found("ab**") == ["ab"])
        #expect(try found("ab-*") == ["ab"])
        #expect(try found("\"ab*\"") == ["ab"])
        #expect(try found("ab＊") == ["ab"])
        #expect(try found("ab*", isPlain: true) == ["ab"])
        #expect(try found("(ab* OR 清*)") == ["ab", "abc", "清华大学"])
        #expect(throws: SearchError.query(.nothingToFind)) { try found("*") }
    }

    @Test("a prefix of more words than a thousand is refused; of a thousand it is answered")
    func limit() throws {
        let segments = (0..<2).map { segment in
            (0..<2).map { number in
                TextArticle(
                    id: "\(segment)\(number)",
                    paragraphs: (0..<250).map { "x\(1000 + (2 * segment + number) * 250 + $0)" } + ["x1000"])
            }
        }
        let index = try TestIndex(segments + [[TextArticle(id: "last", paragraphs: ["y", "中x"])]])
        #expect(throws: SearchError.query(.tooManyWords(prefix: "x"))) { try index.search("x*") }
        #expect(try index.search("x1*").summary.hits == 1004)
        #expect(try index.search("x10* NOT x1000").summary.hits == 99)
        #expect(try index.search("zz* OR y*").summary.hits == 1)
        // A word that is nowhere before it settles it.
        #expect(try index.search("无x*").summary.hits == 0)
    }
}
