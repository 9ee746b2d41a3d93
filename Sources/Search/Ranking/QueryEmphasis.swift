internal import Tokenizer

/// How much each unit of a query says of what is looked for, as a part of its weight.
///
/// A question (清朝最后一个皇帝是谁) names what it asks for in words that answers need not have: 谁, 什么时候, 多少. And
/// pronouns, particles, prepositions and conjunctions mean little by themselves. Both are rare enough in some texts to mislead
/// by their idf: no statute says 我们.
enum QueryEmphasis {
    /// Words that ask as whole words and within a longer one of ICU's (多少钱, 谁能).
    private static let asking = PhraseList(
        "什么时候 什么时间 什么地方 什么东西 什么样 什么 甚么时候 甚么 为什么 叫什么 啥时候 为啥 啥 谁",
        "怎么办 怎么回事 怎么样 怎么 怎样 怎 多少钱 多少个 多少 多长时间 第几",
        "哪一年 哪一个 哪一 哪几 哪两 哪年 哪天 哪个 哪些 哪里 哪儿 哪位 哪种 哪边 哪国 哪家")
    /// Those that ask only as whole words: 几何 asks nothing.
    private static let askingAlone = PhraseList(
        "哪 几个 几年 几岁 几次 几位 几天 几月 几号 几时 几种 几名 几家 几 多久 多大 多长 多高 多远 咋办 咋样 咋",
        "如何 为何 何时 何处 何地 何种 何人 何年 有何 何 是否 能否 可否 有没有 是不是 能不能 会不会 可不可以 要不要 该不该",
        "行不行 好不好 对不对 请问 请教 吗 呢 么")
    /// Words that mean little.
    private static let function = PhraseList(
        "的 了 是 在 有 和 与 及 之 于 被 由 为 以 而 其 这 那 个 也 就 都 从 对 把 向 到 并 或 者 所 因",
        "我 你 您 他 她 它 咱 我们 你们 他们 她们 它们 咱们 自己 这个 那个 这样 那样 这些 那些 这种 一个",
        "因为 所以 但是 可是 不过 然后 而且 如果 要是 虽然 还是 或者 以及 并且 关于 对于 可以")

    /// One part a unit.
    static func parts(_ analysis: Analysis) -> [Float] {
        let units = analysis.units
        var parts = [Float](repeating: 1, count: units.count)
        // Whether a word of ICU's goes on from the unit before.
        var goesOn = [Bool](repeating: false, count: units.count + 1)
        for word in analysis.words {
            for unit in Int(word.unit) + 1..<Int(word.unit + word.count) { goesOn[unit] = true }
        }
        var index = 0
        while index < units.count {
            // Not across a boundary that is within a word: 许多少数民族 asks nothing.
            let start = index
            func isWhole(_ length: Int) -> Bool { !goesOn[start] && !goesOn[start + length] }
            func isWithin(_ length: Int) -> Bool { goesOn[start + 1..<start + length].allSatisfy(\.self) }
            let rest = units[start...]
            let asked = max(
                asking.longest(in: rest) { isWhole($0) || isWithin($0) }, askingAlone.longest(in: rest, isWhole))
            let length = asked > 0 ? asked : function.longest(in: rest, isWhole)
            for unit in index..<index + length {
                parts[unit] = asked > 0 ? RankingWeights.questionWord : RankingWeights.functionWord
            }
            index += max(1, length)
        }
        return parts
    }
}

/// Phrases of Han characters in folded spelling, told by how they begin.
private struct PhraseList {
    /// By the first character, the longest first.
    private let phrases: [UInt32: [[UInt32]]]

    /// - Parameter lines: phrases with spaces between.
    init(_ lines: String...) {
        let all = lines.flatMap { $0.split(separator: " ") }.map { $0.unicodeScalars.map(\.value) }
        phrases = Dictionary(grouping: all.sorted { $0.count > $1.count }, by: { $0[0] })
    }

    /// The length of the longest phrase that `units` begin with and that may be so long; 0 where there is none.
    func longest(in units: ArraySlice<Analysis.Unit>, _ mayEnd: (Int) -> Bool) -> Int {
        guard let first = units.first, first.kind == .han else { return 0 }
        return phrases[first.scalar]?.first { phrase in
            phrase.count <= units.count && zip(phrase, units).allSatisfy { $0 == $1.scalar } && mayEnd(phrase.count)
        }?.count ?? 0
    }
}
