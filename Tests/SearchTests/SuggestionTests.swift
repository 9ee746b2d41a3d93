import Model
import TestSupport
import Testing

@testable import Search

@Suite("Suggestions")
struct SuggestionTests {
    private static let articles = [
        TextArticle(
            id: "一",
            paragraphs: [
                "字节跳动的竞业协议引起讨论，律师说不必担心。", "DeepSeek and Kimi are models. Transformer too.", "图书馆在清华园。",
                "活字印刷术，公示公式公事。",
            ])
    ]

    private func suggestions(_ query: String, _ mode: SearchMode = .exact) throws -> [String] {
        try TestIndex(Self.articles).engine().suggestions(SearchRequest(query, mode: mode))
    }

    @Test(
        "what sounds alike, and words that differ by a letter or two",
        arguments: [
            ("字结跳动", "字节跳动"), ("竟业协议", "竞业协议"), ("图书管", "图书馆"), ("活字印刷数", "活字印刷术"), ("字節挑动", "字节跳动"),
            ("deepsek", "deepseek"), ("DeepSekk", "deepseek"), ("kmii", "kimi"), ("tranformers", "transformer"),
            ("zijietiaodong", "字节跳动"), ("字结跳动 律师", "字节跳动 律师"), ("\"竟业协议\" 律师", "\"竞业协议\" 律师"),
            ("字结跳动 竟业协议", "字节跳动 竞业协议"), ("deepsek and", "deepseek and"),
        ])
    func found(query: String, suggestion: String) throws {
        for mode in [SearchMode.exact, .all, .auto] where mode != .all || query != "zijietiaodong" {
            #expect(try suggestions(query, mode).first == suggestion)
        }
    }

    @Test(
        "nothing where nothing is near, or all is there",
        arguments: ["绝无此语", "xyzzyqwv", "ab", "2024", "字节跳动", "清", "，", "\"", "", "图书馆 竞业协议", "AND OR NOT"])
    func none(query: String) throws { #expect(try suggestions(query) == []) }

    @Test("nothing for text, nor where too much is missing to have been mistyped")
    func tooMuch() throws {
        #expect(try suggestions("字结跳动 律师 律师") == ["字节跳动 律师 律师"])
        #expect(try suggestions("字结跳动" + String(repeating: " 律师", count: 66)) == [])
        let text = "字节跳动，竞业协议，图书馆，活字印刷术，deepseek"
        let engine = try TestIndex([TextArticle(id: "一", paragraphs: [text])]).engine()
        let mistyped = ["字结跳动", "竟业协议", "图书管", "活字印刷数", "deepsek"]
        let four = mistyped[..<4].joined(separator: " ")
        #expect(try engine.suggestions(SearchRequest(four)) == ["字节跳动 竞业协议 图书馆 活字印刷术"])
        #expect(try engine.suggestions(SearchRequest(four + " deepsek")) == [])
    }

    @Test("three at most, and never what was typed")
    func limit() throws {
        let found = try suggestions("攻势")
        #expect(Set(found) == ["公示", "公式", "公事"])
        #expect(try !suggestions("公是").contains("公是"))
    }

    @Test("every suggestion has hits", arguments: Seed.first(25))
    func haveHits(seed: Seed) throws {
        var generator = seed.generator()
        let index = try TestIndex(RandomCorpus.segments(2, using: &generator))
        let engine = try index.engine()
        let characters = Array("忠锅果任民达雪青滑心细刘长品团对".unicodeScalars)
        for _ in 0..<6 {
            var query = String.UnicodeScalarView()
            for scalar in RandomCorpus.query(from: index.articles, using: &generator).unicodeScalars {
                query.append(generator.once(in: 4) ? generator.pick(characters) : scalar)
            }
            let request = SearchRequest(String(query), mode: generator.pick([.exact, .all, .auto]))
            let suggestions = try engine.suggestions(request)
            #expect(suggestions.count <= QueryEngine.suggestionLimit && Set(suggestions).count == suggestions.count)
            for suggestion in suggestions {
                let mode = request.mode == .all ? SearchMode.all : .exact
                #expect(suggestion != request.query)
                #expect(try engine.run(SearchRequest(suggestion, mode: mode)).summary.hits > 0)
            }
        }
    }

    @Test("edit distance is that of the whole table", arguments: Seed.first(200))
    func editDistance(seed: Seed) {
        var generator = seed.generator()
        func word() -> [UInt8] { (0..<generator.below(8)).map { _ in UInt8(97 + generator.below(3)) } }
        let (one, other) = (word(), word())
        var table = (0...one.count).map { row in (0...other.count).map { row == 0 ? $0 : $0 == 0 ? row : 0 } }
        for row in 1..<one.count + 1 {
            for column in 1..<other.count + 1 {
                let change = one[row - 1] == other[column - 1] ? 0 : 1
                var least = min(
                    table[row - 1][column] + 1, table[row][column - 1] + 1, table[row - 1][column - 1] + change)
                if row > 1, column > 1, one[row - 1] == other[column - 2], one[row - 2] == other[column - 1] {
                    least = min(least, table[row - 2][column - 2] + 1)
                }
                table[row][column] = least
            }
        }
        let distance = table[one.count][other.count]
        for limit in 0...3 {
            #expect(EditDistance.between(one, other, limit: limit) == (distance <= limit ? distance : nil))
        }
    }
}
