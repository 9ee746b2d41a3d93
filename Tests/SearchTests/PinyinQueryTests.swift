import Model
import TestSupport
import Testing

@testable import Search

@Suite("Pinyin in queries")
struct PinyinQueryTests {
    private static let articles = [
        TextArticle(
            id: "一", title: "字节跳动",
            paragraphs: [
                "字节跳动在北京招聘", "西安的先生去了重庆的銀行", "行长说快乐与音乐", "会计在会稽开会", "py:zjtd 是拼音",
            ]),
        TextArticle(id: "二", paragraphs: ["字节跳动在上海", "紫街条洞在北京", "臺灣大學與團(tuán)隊"], source: 2),
    ]

    private func found(_ query: String, _ mode: SearchMode = .auto) throws -> Set<String> {
        Set(try TestIndex(Self.articles).places(query, mode))
    }

    @Test(
        "syllables and initials, tones as marks or digits, any case",
        arguments: [
            "py:zijietiaodong", "PY:zjtd", "Py:ZiJieTiaoDong", "py:zì'jié-tiàodòng", "py:zi4jie2tiao4dong4",
        ])
    func forms(query: String) throws { #expect(try found(query) == ["一#1", "二#1", "二#2"]) }

    @Test(
        "characters of one reading and of several",
        arguments: [
            ("py:beijing", ["一#1", "二#2"]), ("py:chongqing", ["一#2"]), ("py:yinhang", ["一#2"]),
            ("py:hangzhang", ["一#3"]), ("py:kuaile", ["一#3"]), ("py:yinyue", ["一#3"]), ("py:kuaiji", ["一#4"]),
            ("py:xian", ["一#2"]), ("py:tuandui", ["二#3"]), ("py:twdx", ["二#3"]),
        ])
    func readings(query: String, places: [String]) throws { #expect(try found(query) == Set(places)) }

    @Test(
        "beside other keywords, operators and parentheses",
        arguments: [
            ("py:zjtd 北京", ["一#1", "二#2"]), ("py:zjtd AND py:shanghai", ["二#1"]),
            ("py:zjtd NOT 北京", ["二#1"]), ("北京 NOT py:zijietiaodong", []), ("北京 NOT py:shanghai", ["一#1", "二#2"]),
            ("(py:shanghai OR py:chongqing) NOT 先生", ["二#1"]), ("py:yinyue OR 会稽", ["一#3", "一#4"]),
            ("北京 NOT (py:zhaopin)", ["二#2"]), ("py:yueyue OR 会稽", ["一#4"]), ("北京 NOT py:yueyue", ["一#1", "二#2"]),
        ] as [(String, [String])])
    func operators(query: String, places: [String]) throws {
        for mode in [SearchMode.auto, .exact, .all] {
            #expect(try found(query, mode) == Set(places), "\(query) in mode \(mode)")
        }
    }

    @Test("nothing that is read so is no error, and no reason for best match")
    func nothing() throws {
        let index = try TestIndex(Self.articles)
        for query in ["py:wulumuqi", "北京 py:wulumuqi", "py:wulumuqi OR py:lasa", "py:wulumuqi NOT 北京"] {
            let summary = try index.search(query, .auto).summary
            #expect(summary.hits == 0 && summary.mode == .exact, "\(query)")
            #expect(try index.engine().suggestions(SearchRequest(query)).isEmpty)
        }
    }

    @Test("what is no pinyin is told with its place; best match knows none")
    func problems() throws {
        for (query, place) in [
            ("py:v", 1), ("北京 py:zi9", 4), ("py:北京", 1), ("北京 NOT py:zjtd*", 8), ("(py:a.b OR 甲)", 2),
        ] {
            #expect(throws: SearchError.query(.noPinyin(at: place)), "\(query)") { try found(query) }
        }
        #expect(throws: SearchError.query(.operatorsInBestMatch)) { try found("py:zjtd", .any) }
        #expect(throws: SearchError.query(.operatorsInBestMatch)) { try found("北京 NOT py:zjtd", .any) }
        let syllables = ["ba", "pa", "ma", "fa", "da", "ta", "na", "la", "ga", "ka", "ha"]
        let many = syllables.map { "py:\($0)" }.joined(separator: " OR ")
        #expect(throws: SearchError.query(.tooMuchPinyin(at: 91))) { try found(many) }
        #expect(try found(Array(repeating: "py:yinyue", count: 20).joined(separator: " ")) == ["一#3"])
        #expect(throws: SearchError.query(.pinyinWithoutIndex(at: 1))) {
            try QueryExplainer(SearchRequest("py:zjtd"), analyzer: try TestIndex([]).analyzer)
        }
    }

    @Test("text where it is plain, quoted, within a keyword or without a letter behind it")
    func text() throws {
        let index = try TestIndex(Self.articles)
        #expect(try Set(index.search("py:zjtd", .exact, isPlain: true).hits.map(\.place)) == ["一#5"])
        #expect(try found("\"py:zjtd\"") == ["一#5"])
        #expect(try found("《py:zjtd").contains("一#5"))
        #expect(try found("py", .exact) == ["一#5"])
        for query in ["py:", "py:1", "py：zjtd", "py: zjtd", "apy:zjtd"] {
            #expect(try !QueryParser.parse(query, isPlain: false).hasPinyin, "\(query)")
        }
        // Han text is never read as pinyin, nor letters without the mark.
        #expect(try found("zijietiaodong", .exact).isEmpty)
        #expect(try found("自解", .exact).isEmpty)
    }

    @Test("what matched is shown, and counts as typed; filters hold")
    func hits() throws {
        let index = try TestIndex(Self.articles)
        let hits = try index.search("py:yinhang OR py:tuandui", .auto).hits
        let shown = Dictionary(uniqueKeysWithValues: hits.map { ($0.place, $0) })
        #expect(shown["一#2"]?.highlights == [10..<12] && shown["一#2"]?.fold == .icu)
        #expect(shown["二#3"]?.highlights.first?.lowerBound == 5 && shown["二#3"]?.match == .exact)
        let engine = try index.engine()
        var filter = SearchFilter()
        filter.articles = [Array("二".utf8)]
        let answer = try engine.run(SearchRequest("py:zjtd", filter: filter))
        #expect(answer.summary.hits == 2)
        // A narrower fold takes the strings as if they had been typed.
        #expect(try engine.run(SearchRequest("py:yinhang", fold: .none)).summary.hits == 0)
        #expect(try engine.run(SearchRequest("py:yinhang", fold: .icu)).summary.hits == 1)
        #expect(
            try index.search("py:shanghai", .auto).hits.map(\.score) == index.search("上海", .exact).hits.map(\.score)
        )
    }
}
