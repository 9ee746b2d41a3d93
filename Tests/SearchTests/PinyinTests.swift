import Model
import TestSupport
import Testing
import Tokenizer

@testable import Search

@Suite("Pinyin")
struct PinyinTests {
    private static let articles = [
        TextArticle(
            id: "一", title: "字节跳动",
            paragraphs: [
                "字节跳动在北京招聘，字节跳动在上海也招聘。", "西安的先生说，银行的行长去了重庆。", "绿色的旅行，女儿在吕梁。",
                "乐清和乐陵，快乐与音乐。", "单于夜遁逃，简单。", "会计在会稽开会。",
            ]),
        TextArticle(id: "二", paragraphs: ["臺灣大學與團(tuán)隊", "紫街条洞", "长安街长大的长官"]),
    ]

    private func expand(_ pinyin: String, _ articles: [TextArticle] = articles) throws -> Set<String> {
        let expander = PinyinExpander(try TestIndex(articles).engine())
        return Set(try expander.expand(pinyin).map { String.han($0) })
    }

    @Test(
        "syllables without marks, kept apart, with tones",
        arguments: [
            "zijietiaodong", "zi jie tiao dong", "zì jié tiào dòng", "zi4jie2tiao4dong4", "ZiJie'TiaoDong",
            "zi\u{300}jie\u{301}tia\u{300}o-do\u{300}ng",
        ])
    func syllables(pinyin: String) throws { #expect(try expand(pinyin) == ["字节跳动", "紫街条洞"]) }

    @Test("initials, and syllables cut short")
    func initials() throws {
        #expect(try expand("zjtd") == ["字节跳动", "紫街条洞"])
        #expect(try expand("zijietd") == ["字节跳动", "紫街条洞"])
        #expect(try expand("twdx") == ["台湾大学"])
        #expect(try expand("yhhz") == [])
        #expect(try expand("hzhqlchq") == ["行长去了重庆"])
    }

    @Test(
        "characters with several readings",
        arguments: [
            ("yinhang", "银行"), ("hangzhang", "行长"), ("chongqing", "重庆"), ("yueqing", "乐清"), ("yinyue", "音乐"),
            ("leling", "乐陵"), ("kuaile", "快乐"), ("chanyu", "单于"), ("jiandan", "简单"), ("kuaiji", "会计"),
            ("kuaiji", "会稽"), ("kaihui", "开会"), ("changan", "长安"), ("zhangda", "长大"), ("lvxing", "旅行"),
            ("lüse", "绿色"), ("nver", "女儿"), ("lǚ xíng", "旅行"), ("lvliang", "吕梁"), ("tuandui", "团队"),
        ])
    func polyphones(pinyin: String, string: String) throws { #expect(try expand(pinyin).contains(string)) }

    @Test("every way to cut the letters; single characters only where nothing is longer")
    func cuts() throws {
        #expect(try expand("xian") == ["西安"])
        #expect(try expand("xi'an") == ["西安"])
        #expect(try expand("xian", [TextArticle(id: "一", paragraphs: ["先生"])]) == ["先"])
        #expect(try expand("xiansheng") == ["先生"])
    }

    @Test(
        "what is no pinyin gives nothing, and no error",
        arguments: ["", " ", "'", "v", "zi9", "字节", "a1b2!", "1", "zi44", String(repeating: "a", count: 200)])
    func noPinyin(text: String) throws {
        #expect(try expand(text) == [])
        #expect(!PinyinExpander.isPinyin(text))
    }

    @Test("any text is read or not, and each reading covers it", arguments: Seed.first(200))
    func anyText(seed: Seed) {
        var generator = seed.generator()
        let letters = Array("zhjchsangeiouvt' 14ü".unicodeScalars)
        var view = String.UnicodeScalarView()
        for _ in 0..<generator.below(14) { view.append(generator.pick(letters)) }
        guard let input = PinyinInput(String(view)) else { return }
        // Whatever part is taken, the next begins where it ends, until the end.
        var reached: Set<Int> = [0]
        for (start, parts) in input.parts.enumerated() where reached.contains(start) {
            #expect(!parts.isEmpty, "\(view)")
            for part in parts {
                #expect(part.end > start && part.end <= input.letterCount && !part.syllables.isEmpty)
                reached.insert(part.end)
            }
        }
        #expect(reached.contains(input.letterCount))
    }

    @Test("what is given stands in a paragraph, and is read so", arguments: Seed.first(20))
    func standsInText(seed: Seed) throws {
        var generator = seed.generator()
        let characters = Array("中国人民大学清华信息长行重乐".unicodeScalars)
        var view = String.UnicodeScalarView()
        for _ in 0..<60 { view.append(generator.pick(characters)) }
        let index = try TestIndex([TextArticle(id: "一", paragraphs: [String(view)])])
        let expander = PinyinExpander(try index.engine())
        let start = generator.below(57)
        let string = Array(view).dropFirst(start).prefix(3).map(\.value)
        let pinyin = string.map {
            PinyinTable.shared.syllables[generator.pick(PinyinTable.shared.readings(of: $0))]
        }
        let found = try expander.expand(pinyin.joined(separator: " "))
        #expect(found.contains(string))
        for other in found { #expect(try index.places(String.han(other)) == ["一#1"]) }
        // Initials are of every reading, too, and leave more open.
        let initials = pinyin.map { String($0.prefix(1)) }.joined(separator: "'")
        #expect(try expander.expand(initials).contains(string))
    }
}
