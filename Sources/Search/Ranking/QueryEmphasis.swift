internal import Tokenizer

/// How much each unit of a query says of what is looked for, as a part of its weight.
///
/// A question (清朝最后一个皇帝是谁) names what it asks for in words that answers need not have: 谁, 什么时候, 多少. And
/// particles and prepositions join words without meaning much. Both are rare enough in some texts to mislead by their idf.
enum QueryEmphasis {
    /// Words that ask, in folded spelling. The longest that fits counts.
    private static let questions: [UInt32: [[UInt32]]] = {
        let words = [
            "什么时候", "什么时间", "什么地方", "什么样", "什么", "甚么", "啥", "哪一年", "哪一个", "哪年", "哪个", "哪些", "哪里", "哪儿", "哪位",
            "哪种", "哪一", "哪几", "哪两", "哪", "谁", "多少", "多久", "多大", "多长", "多高", "多远", "几个", "几年", "几岁", "几次", "几位", "几",
            "如何", "怎么样", "怎么", "怎样", "为什么", "为何", "何时", "何处", "何地", "何种", "何人", "何年", "何", "是否", "有没有", "是不是", "请问",
            "叫什么", "吗", "呢",
        ]
        let sorted = words.sorted { $0.unicodeScalars.count > $1.unicodeScalars.count }
        return Dictionary(grouping: sorted, by: { $0.unicodeScalars.first!.value }).mapValues {
            $0.map { $0.unicodeScalars.map(\.value) }
        }
    }()

    /// Single characters that mean little where they are a word of their own.
    private static let functionWords = Set("的了是在有和与及之于被由为以而其这那个也就都从对把向到并或者所因".unicodeScalars.map(\.value))

    /// One part a unit.
    static func parts(_ analysis: Analysis) -> [Float] {
        let units = analysis.units
        var parts = [Float](repeating: 1, count: units.count)
        // Whether a word of ICU's goes on from the unit before. What asks is made of whole words: 几何 asks nothing.
        var goesOn = [Bool](repeating: false, count: units.count + 1)
        var isAlone = [Bool](repeating: true, count: units.count)
        for word in analysis.words {
            for unit in Int(word.unit)..<Int(word.unit + word.count) {
                goesOn[unit] = unit > Int(word.unit)
                isAlone[unit] = false
            }
        }
        var index = 0
        while index < units.count {
            guard !goesOn[index], let length = questionLength(units[index...], goesOn) else {
                if isAlone[index], functionWords.contains(units[index].scalar) {
                    parts[index] = RankingWeights.functionWord
                }
                index += 1
                continue
            }
            for asked in index..<index + length { parts[asked] = RankingWeights.questionWord }
            index += length
        }
        return parts
    }

    /// Units of the longest question word that begins `units`; nil when none does.
    private static func questionLength(_ units: ArraySlice<Analysis.Unit>, _ goesOn: [Bool]) -> Int? {
        guard let first = units.first, first.kind == .han, let words = questions[first.scalar]
        else { return nil }
        return words.first { word in
            word.count <= units.count && !goesOn[units.startIndex + word.count]
                && zip(word, units).allSatisfy { $0 == $1.scalar }
        }?.count
    }
}
