import Model
import Testing

@testable import Search

@Suite("Highlights")
struct HighlightTests {
    /// The text of the only hit with its highlights in brackets.
    private func marked(_ query: String, in text: String, _ mode: SearchMode = .auto) throws -> String {
        let index = try TestIndex([TextArticle(id: "a", paragraphs: [text])])
        let hit = try #require(try index.search(query, mode).hits.first, "\(query) in \(text)")
        #expect(hit.text == text)
        let scalars = Array(text.unicodeScalars)
        var marked = String.UnicodeScalarView()
        var next = 0
        for range in hit.highlights {
            #expect(range.lowerBound >= next && !range.isEmpty && range.upperBound <= scalars.count)
            marked.append(contentsOf: scalars[next..<range.lowerBound] + ["["] + scalars[range] + ["]"])
            next = range.upperBound
        }
        marked.append(contentsOf: scalars[next...])
        return String(marked)
    }

    @Test("cover what matched, as it stands in the text")
    func exact() throws {
        for (query, text, expected) in [
            ("团队", "我們的團(tuán)隊很好", "我們的[團(tuán)隊]很好"),
            ("团", "我們的團(tuán)隊", "我們的[團](tuán)隊"),
            ("隊", "團(tuán)隊", "團(tuán)[隊]"),
            ("gpt4", "用ＧＰＴ４写", "用[ＧＰＴ４]写"),
            ("gpt-4o", "用ＧＰＴ－４ｏ写", "用[ＧＰＴ－４ｏ]写"),
            ("中国", "😀中国𠮷中国", "😀[中国]𠮷[中国]"),
            ("𠮷", "😀𠮷", "😀[𠮷]"),
            ("清华大学", "在清华\n　大学里", "在[清华\n　大学]里"),
            ("马丁路德", "马丁·路德", "[马丁·路德]"),
            ("中，国", "中、。国", "[中、。国]"),
            ("国国", "国国国。国", "[国国国]。国"),
            ("中国 国人", "中国人", "[中国人]"),
            ("中 人", "中国人", "[中]国[人]"),
            ("é", "e\u{301} e", "[e\u{301}] e"),
            ("㎏", "5 kg", "5 [kg]"),
        ] {
            #expect(try marked(query, in: text) == expected)
        }
    }

    @Test("of a part cover the longest parts there are")
    func partial() throws {
        #expect(try marked("清华大学 鑫", in: "在清华大学里", .any) == "在[清华大学]里")
        // No keyword stands there whole: words do.
        #expect(try marked("北京天气鑫", in: "北京的天气", .any) == "[北京]的[天气]")
        // No word either: pairs, then characters.
        #expect(try marked("华大鑫", in: "清华大学", .any) == "清[华大]学")
        #expect(try marked("鑫学鑫", in: "清华大学", .any) == "清华大[学]")
    }

    @Test("of a paragraph found by its title alone are none")
    func titleOnly() throws {
        let index = try TestIndex([TextArticle(id: "a", title: "人工智能", paragraphs: ["下雨了"])])
        let hit = try #require(try index.search("人工智能", .any).hits.first)
        #expect(hit.highlights.isEmpty && hit.match == .partial)
    }
}
