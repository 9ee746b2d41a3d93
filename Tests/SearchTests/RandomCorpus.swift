import TestSupport

/// Random articles in which the same characters meet again and again, and queries taken from them.
enum RandomCorpus {
    private static let characters = Array("中国国人民大学清华的信息流产品團队".unicodeScalars)
    private static let between = Array("，。 ·-（）\"\u{3000}".unicodeScalars)
    private static let latin = ["a", "I", "GPT-4o", "3.5", "ＡＩ", "Lab", "团(tuán)", "é", "ab"]
    private static let noise = [
        "A I L a b", "L ab", "中(zhong)", "国(guo2)", "</p>", "&nbsp;", "&#20013;", "\u{1}", "7 0 0大", "Ki mi",
        "\u{AD}",
        "人d41d8cd98f00b204民",
    ]

    static func text(using generator: inout SplitMix64) -> String {
        if generator.once(in: 5) { return RandomText.text(upTo: 30, using: &generator) }
        var text = String.UnicodeScalarView()
        let variety = generator.pick([3, 8, characters.count])
        let isNoisy = generator.once(in: 3)
        for _ in 0..<generator.below(25) {
            switch generator.below(10) {
            case 0: text.append(generator.pick(between))
            case 2 where isNoisy: text.append(contentsOf: generator.pick(noise).unicodeScalars)
            case 1: text.append(contentsOf: generator.pick(latin).unicodeScalars)
            default: text.append(characters[generator.below(variety)])
            }
        }
        return String(text)
    }

    /// Segments of articles, of a few sources each.
    static func segments(_ count: Int, of size: Int = 8, using generator: inout SplitMix64) -> [[TextArticle]] {
        (0..<count).map { segment in
            (0..<1 + generator.below(size)).map { number in
                TextArticle(
                    id: "\(generator.below(10))-\(segment)-\(number)",
                    title: generator.once(in: 3) ? "" : text(using: &generator),
                    paragraphs: (0..<generator.below(6)).map { _ in text(using: &generator) },
                    source: UInt32(1 + generator.below(6)))
            }
        }
    }

    /// A query: a piece of some paragraph, often not quite as it stands there. No quotation marks.
    static func query(from articles: [TextArticle], using generator: inout SplitMix64) -> String {
        let texts = articles.flatMap { $0.paragraphs + [$0.title] }.filter { !$0.isEmpty }
        guard !texts.isEmpty else { return "中" }
        func piece(_ limit: Int) -> [Unicode.Scalar] {
            let scalars = Array(generator.pick(texts).unicodeScalars)
            let start = generator.below(scalars.count)
            return Array(scalars[start..<min(scalars.count, start + 1 + generator.below(limit))])
        }
        var query: [Unicode.Scalar]
        switch generator.below(8) {
        case 0: query = piece(1)
        case 1: query = piece(12)
        case 2: query = piece(4).reversed()
        case 3: query = piece(3) + [" "] + piece(3)
        case 4: query = piece(3) + [generator.pick(between)] + piece(3)
        case 5: query = piece(2) + piece(2)
        default: query = piece(5)
        }
        query.removeAll { $0 == "\"" }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: query)
        return String(text)
    }
}
