import ICU
import Model
import TestSupport
import Testing

@testable import Tokenizer

@Suite("The project's own variants")
struct OwnVariantTests {
    private let entries = VariantTable.ownEntries

    /// A look-up is a binary search, so an entry out of order would be lost; a variant in two groups would have two
    /// reasons.
    @Test("ascend in each group, each variant once in all, and every one is found")
    func order() {
        for (previous, next) in zip(entries, entries.dropFirst()) where previous.group == next.group {
            #expect(previous.variant < next.variant, "\(next.group): U+\(String(next.variant, radix: 16))")
        }
        #expect(Set(entries.map(\.variant)).count == entries.count)
        #expect(Set(entries.map(\.group)).count == 8)
        #expect(entries.allSatisfy { VariantTable.own($0.variant) == $0.folded })
        #expect((UInt32(0)...0x10FFFF).count { VariantTable.own($0) != $0 } == entries.count)
    }

    @Test("start where ICU's table ends, and end at once")
    func reach() throws {
        // ICU leads to 苧 but not from it to itself.
        for entry in entries where entry.variant != 0x82E7 {
            #expect(
                VariantTable.icu(entry.variant) == entry.variant, "\(character(entry.variant)) is never reached")
        }
        for entry in entries where entry.folded != 0x82CE {
            #expect(VariantTable.icu(entry.folded) == entry.folded, "\(character(entry.folded)) is Traditional")
            #expect(VariantTable.own(entry.folded) == entry.folded, "\(character(entry.folded)) is a variant")
        }
    }

    /// Beyond the list of all pairs that the reader sees, the words that were looked at one by one.
    @Test(
        "are one word",
        arguments: [
            ("東京駅前広場の桜", "东京驿前广场の樱"), ("黒沢楽団", "黑泽乐团"), ("経済発展の歩み", "经济发展の步み"),
            ("図書館で読売新聞を読む", "图书馆で读卖新闻を读む"), ("髙嶋屋と宮﨑", "高岛屋と宫崎"), ("対応と収支", "对应と收支"),
            ("屋企前嘅衞生羣組", "屋企前嘅卫生群组"), ("滙豐銀行", "汇丰银行"), ("妳的牠", "你的它"), ("打拚", "打拼"), ("糉子與麪包", "粽子与面包"),
            ("登峯造極", "登峰造极"), ("甲冑", "甲胄"), ("裏面裡面", "里面里面"), ("臺灣檯面颱風", "台湾台面台风"),
            ("錢鍾書與钱锺书", "钱钟书与钱钟书"), ("甦醒", "苏醒"), ("盪鞦韆", "荡秋千"), ("迷濛矇矓", "迷蒙蒙眬"),
            ("噁心", "恶心"), ("淸朝旣定", "清朝既定"), ("⻓江⻢", "长江马"), ("苧麻", "苎麻"),
        ])
    func examples(text: String, folded: String) throws {
        #expect(try Analyzer().analyze(text.utf8, words: false).foldedText == folded)
    }

    /// Words that Simplified text tells apart, and characters that mean one thing in Japan and another in China.
    @Test(
        "leave distinct what modern Chinese tells apart",
        arguments: [
            "后候", "么幺", "沈沉", "象像", "坏坯", "芸艺", "欠缺", "予豫", "弁辨", "缶罐", "糸丝", "浜滨", "沪滤",
            "犇奔", "喆哲", "堃坤", "淼渺", "皙晰", "祇只", "雠仇", "夹袷", "嘅慨", "噉啖", "薙剃", "閤合", "麹曲", "腭颚", "祐佑", "勠戮",
            "炮泡", "作做", "他她", "祂他", "的地",
        ])
    func distinct(pair: String) throws {
        let folded = try Analyzer().analyze(pair.utf8, words: false).folded
        #expect(folded.count == 2 && folded[0] != folded[1])
    }

    /// ICU's own table joins these; the project neither undoes that nor goes further.
    @Test("leave to ICU what ICU decides", arguments: ["著着", "藉借", "乾干", "後后", "臺台", "裏里", "瞭了", "徵征", "鬱郁"])
    func decidedByICU(pair: String) throws {
        for level in [FoldLevel.icu, .full] {
            let folded = try Analyzer(fold: level).analyze(pair.utf8, words: false).folded
            #expect(folded.count == 2 && folded[0] == folded[1])
        }
    }

    private func character(_ value: UInt32) -> String { Unicode.Scalar(value).map { String($0) } ?? "none" }
}
