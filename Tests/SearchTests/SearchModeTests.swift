import Model
import TestSupport
import Testing

@testable import Search

@Suite("Search modes")
struct SearchModeTests {
    private let index: TestIndex

    init() throws {
        index = try TestIndex([
            [
                TextArticle(id: "a", title: "人工智能", paragraphs: ["清华大学在北京。", "大学里有清华的学生。", "天气很好。"]),
                TextArticle(id: "b", title: "无关", paragraphs: ["北京的天气。", "信息流产品"]),
            ],
            [TextArticle(id: "c", title: "清华大学", paragraphs: ["今天下雨。", "明天也下雨。"])],
        ])
    }

    private func places(_ query: String, _ mode: SearchMode) throws -> Set<String> {
        Set(try index.places(query, mode))
    }

    @Test("exact wants every keyword as it stands")
    func exact() throws {
        #expect(try places("清华大学", .exact) == ["a#1"])
        #expect(try places("清华 大学", .exact) == ["a#1", "a#2"])
        #expect(try places("天气 北京", .exact) == ["b#1"])
        // Words do not decide what matches: ICU cuts 信息流产品 into 信息, 流产 and 品.
        for query in ["流产品", "息流", "信息流", "产品", "品"] { #expect(try places(query, .exact) == ["b#2"], "\(query)") }
    }

    @Test("all wants every word, anywhere")
    func all() throws {
        #expect(try places("清华 大学", .all) == ["a#1", "a#2"])
        #expect(try places("大学清华", .all).isSuperset(of: ["a#1", "a#2"]))
        #expect(try places("\"清华大学\"", .all) == ["a#1"])
        #expect(try places("天气北京", .all) == ["b#1"])
    }

    @Test("any wants some of it, best first")
    func any() throws {
        // The last one is there for its title.
        #expect(try places("清华大学", .any) == ["a#1", "a#2", "c#1"])
        #expect(try index.places("北京的天气怎么样", .any).first == "b#1")
        let (hits, summary) = try index.search("清华大学在哪里", .any)
        #expect(hits.allSatisfy { $0.match == .partial })
        #expect(summary.hits == hits.count)
    }

    @Test("a quoted keyword is literal in any, too")
    func quotedInAny() throws {
        #expect(try places("\"清华大学\"", .any) == ["a#1"])
        #expect(try places("\"清华大学\" 下雨", .any) == ["a#1", "c#1", "c#2"])
        #expect(try places("\"不存在\"", .any).isEmpty)
    }

    @Test("auto is exact where that has hits, and any otherwise, and says which")
    func auto() throws {
        for (query, mode) in [("清华大学", SearchMode.exact), ("清华大学在哪里", .any), ("天气 下雨", .any), ("品", .exact)] {
            let (hits, summary) = try index.search(query, .auto)
            #expect(summary.mode == mode, "\(query)")
            #expect(hits.map(\.place) == (try index.places(query, mode)))
        }
        let (hits, summary) = try index.search("鑫鑫鑫", .auto)
        #expect(hits.isEmpty && summary == SearchSummary(mode: .any, hits: 0, relation: .equal, returned: 0))
    }

    @Test("a title alone brings the first paragraph in any, and nothing in exact and all")
    func titles() throws {
        #expect(try index.places("人工智能", .any) == ["a#1"])
        #expect(try index.search("人工智能", .any).hits.first?.match == .partial)
        for mode in [SearchMode.exact, .all] { #expect(try index.places("人工智能", mode).isEmpty) }
        #expect(try index.search("人工智能", .auto).summary.mode == .any)
        // An article that is nothing but a title has no paragraph to show.
        let bare = try TestIndex([TextArticle(id: "t", title: "人工智能", paragraphs: [])])
        #expect(try bare.places("人工智能", .any).isEmpty)
        // A title lifts the paragraphs below it.
        let two = try TestIndex([
            TextArticle(id: "1", title: "别的", paragraphs: ["人工智能的应用"]),
            TextArticle(id: "2", title: "人工智能", paragraphs: ["人工智能的应用"]),
        ])
        for mode in SearchMode.allCases { #expect(try two.places("人工智能", mode) == ["2#1", "1#1"]) }
    }

    @Test("a keyword given twice is one")
    func repeated() throws {
        for mode in [SearchMode.exact, .all] {
            #expect(try places("清华 清华", mode) == places("清华", mode))
        }
    }

    @Test("deleted articles are neither found nor counted")
    func deleted() throws {
        let articles = (1...3).map {
            TextArticle(id: "\($0)", title: "清华", paragraphs: ["清华", "别的"], source: UInt32($0))
        }
        let index = try TestIndex([articles], deleted: [2])
        for mode in SearchMode.allCases {
            let (hits, summary) = try index.search("清华", mode)
            #expect(!hits.contains { $0.articleID == Array("2".utf8) })
            #expect(summary.hits == 2)
        }
    }

    @Test("references carry no text")
    func references() throws {
        let engine = try index.engine()
        let answer = try engine.run(SearchRequest("清华大学"))
        let hit = try #require(try engine.hits(answer, detail: .reference).first)
        #expect(hit.place == "a#1" && hit.title == "人工智能" && hit.text.isEmpty && hit.highlights.isEmpty)
        #expect(try engine.hits(answer).first?.text == "清华大学在北京。")
    }
}
