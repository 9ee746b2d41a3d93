import TestSupport
import Testing
import Tokenizer

@Suite("Units")
struct UnitTests {
    /// Units as one string: Han as themselves, words in brackets, a barrier as a bar.
    private func units(_ text: String) throws -> String {
        let analysis = try Analyzer().analyze(text.utf8, words: false)
        return analysis.units.map { unit in
            switch unit.kind {
            case .han: analysis.text(of: unit)
            case .word: "[\(analysis.text(of: unit))]"
            case .barrier: "|"
            }
        }.joined()
    }

    @Test(
        "follow the rule",
        arguments: [
            ("清华\n大学", "清华大学"), ("清\u{3000}华 大\r\n\r\n学", "清华大学"), ("马丁·路德", "马丁路德"), ("マイケル・ジャクソン", "マイケルジャクソン"),
            ("馬丁•路德‧金", "马丁路德金"), ("GPT-4o", "[gpt][4o]"), ("3.5", "[3][5]"), ("a--b", "[a]|[b]"),
            ("a- b", "[a]|[b]"), ("a -b", "[a]|[b]"),
            ("A I L a b", "[a][i][l][a][b]"), ("甲，乙", "甲|乙"), ("甲，。 ！乙", "甲|乙"), ("甲-乙", "甲|乙"), ("a-甲", "[a]|甲"),
            ("甲-a", "甲|[a]"),
            ("《甲》", "|甲|"), ("café", "[café]"), ("cafe\u{301}", "[café]"), ("x\u{20DD}y", "[x\u{20DD}y]"),
            ("3年", "[3]年"), ("〇一二", "〇一二"),
            ("人々", "人々"), ("ー", "ー"), ("ㄅㄆ", "[ㄅㄆ]"), ("한국어", "[한국어]"), ("𠮷a", "𠮷[a]"), ("don't", "[don][t]"),
            ("don’t.", "[don][t]|"),
            ("1,000,000", "[1][000][000]"), ("a.b.c", "[a][b][c]"), ("a.·b", "[a]|[b]"), ("a·.b", "[a]|[b]"),
            ("😀", "|"), ("a😀b", "[a][b]"),
            ("團(tuán)隊", "团队"), ("團(tuan)隊", "团|[tuan]|队"), ("", ""), (" ", ""), ("·", ""), ("\u{200B}", ""),
        ])
    func examples(text: String, expected: String) throws {
        let found = try units(text)
        #expect(Array(found.unicodeScalars) == Array(expected.unicodeScalars), "\(found)")
    }

    @Test("equal their twin", arguments: Seed.first(60))
    func equalTwin(seed: Seed) throws {
        var generator = seed.generator()
        let analyzer = try Analyzer()
        for round in 0..<60 {
            let text = RandomText.text(upTo: 40, using: &generator)
            let analysis = try analyzer.analyze(text.utf8, words: false)
            let expected = Twins.units(of: analysis.folded)
            guard analysis.plainUnits == expected else {
                Issue.record(
                    "round \(round): \(text.debugDescription) gave \(analysis.plainUnits), expected \(expected)")
                return
            }
        }
    }

    /// Marks, joiners and letters alone, so that every short sequence of them comes up.
    @Test("equal their twin on every short sequence of classes")
    func everySequence() throws {
        let analyzer = try Analyzer()
        let pieces = ["a", "甲", "-", "·", " ", "\u{301}"]
        var texts = [""]
        for _ in 0..<5 {
            texts = texts.flatMap { text in pieces.map { text + $0 } }
            for text in texts {
                let analysis = try analyzer.analyze(text.utf8, words: false)
                guard analysis.plainUnits == Twins.units(of: analysis.folded) else {
                    Issue.record("\(text.debugDescription) gave \(analysis.plainUnits)")
                    return
                }
            }
        }
    }

    @Test("lie apart and in order in the folded text, Han units with their character", arguments: Seed.first(30))
    func order(seed: Seed) throws {
        var generator = seed.generator()
        let analyzer = try Analyzer()
        for _ in 0..<40 {
            let analysis = try analyzer.analyze(RandomText.text(upTo: 40, using: &generator).utf8, words: false)
            var end: Int32 = 0
            for unit in analysis.units {
                #expect(unit.start >= end && unit.end > unit.start && Int(unit.end) <= analysis.folded.count)
                end = unit.end
                let scalars = Array(analysis.text(of: unit).unicodeScalars)
                #expect(unit.scalar == (unit.kind == .han ? scalars[0].value : 0))
                #expect(unit.kind != .han || scalars.count == 1)
            }
        }
    }
}
