extension FastWordBreaker {
    /// The tables, built and checked when first asked for; nil when they cannot stand for ICU's breaker.
    static let checkedTables: BreakTables? = {
        guard let words = DictionaryData(named: ChineseDictionary.name).flatMap({ DictionaryWords($0) }),
            let dictionary = ChineseDictionary(words), let reference = try? WordBreaker(),
            let classes = try? BreakClasses(learntFrom: reference, covering: words.isCovered)
        else { return nil }
        let tables = BreakTables(dictionary: dictionary, classes: classes)
        guard let fast = try? FastWordBreaker(tables: tables) else { return nil }
        for text in sentences.map({ Array($0.utf16) }) + mixtures() + samples(of: words)
        where !agree(fast, reference, on: text) { return nil }
        return tables
    }()

    private static func agree(_ fast: FastWordBreaker, _ reference: WordBreaker, on text: [UInt16]) -> Bool {
        var found: [Int32] = []
        var expected: [Int32] = []
        return unsafe text.withUnsafeBufferPointer { text in
            do {
                try unsafe fast.boundaries(of: text, into: &found)
                try unsafe reference.boundaries(of: text, into: &expected)
            } catch {
                return false
            }
            return found == expected
        }
    }

    private static let sentences = [
        "信息流产品的研究生命起源于清华大学的图书馆，他说：“乒乓球拍卖完了。”",
        "长春市长春药店在南京市长江大桥边；结婚的和尚未结婚的都来了！",
        "2024年3月5日,全国gdp增长5.2%,约合1,260,582亿元(同比+0.3个百分点)…",
        "open_source的项目don't stop,版本v1.2.3-rc.1见https://example.org/a_b?c=1&d=2",
        "东京とマイケル·ジャクソン的演唱会，票价：９８０円／人々〇一二",
        "张\u{3400}𠮷野家龘靐齉齾，한국어 문장과 e\u{301}tude、café",
        "第1章  总  则\n第一条 为了规范…  “引号”‘单引号’（括号）【方头】《书名》",
    ]

    /// Texts out of everything the rules tell apart, in no order.
    private static func mixtures() -> [[UInt16]] {
        let parts = [
            "的", "中国", "人民", "清华大学", "々", "〇", "一", "a", "word", "1", "23", "_", ".", ",", "'", "\"", ":", ";", "·",
            "@", "-", "。", "，", "“", " ", "  ", "\n", "é", "я", "か", "カタ", "ー", "\u{301}", "\u{200D}", "\u{FE0F}",
            "𠀀", "가",
            "א", "ก", "☎", "%", "$", "/", "\r", "\u{3000}",
        ].map { Array($0.utf16) }
        // Knuth's linear congruential generator: any fixed order will do, as long as it has no pattern.
        var state: UInt64 = 1
        return (0..<100).map { round in
            (0..<40).flatMap { _ -> [UInt16] in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                // Every other text is out of the parts up to the semicolon only, which are not left to ICU.
                return parts[Int(state >> 33) % (round % 2 == 0 ? parts.count : 24)]
            }
        }
    }

    /// Words from all over the dictionary, in rows, so that they overlap with each other.
    private static func samples(of words: DictionaryWords) -> [[UInt16]] {
        (0..<200).map { row in
            (0..<20).flatMap { words[($0 * 200 + row) * 7919 % words.count] }
        }
    }
}
