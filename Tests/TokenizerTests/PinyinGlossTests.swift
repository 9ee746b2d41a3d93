import TestSupport
import Testing
import Tokenizer

@Suite("Pinyin glosses")
struct PinyinGlossTests {
    private func analyze(_ text: String) throws -> Analysis { try Analyzer().analyze(text.utf8, words: false) }

    @Test(
        "one syllable with a tone mark is a gloss",
        arguments: [
            "tuán", "duì", "yù", "ér", "ā", "é", "zhuāng", "shuǐ", "chuáng", "nǚ", "lüè", "ǖ", "nüè", "xióng", "ò",
            "nàr",
        ])
    func glosses(reading: String) throws {
        for (open, close) in [("(", ")"), ("（", "）"), ("(", "）"), ("（", ")")] {
            let text = "團" + open + reading + close + "隊"
            let analysis = try analyze(text)
            #expect(analysis.foldedText == "团队")
            let end = text.utf8.count - 3
            #expect(analysis.glosses == [3..<end])
            #expect(analysis.sourceStarts == [0, UInt32(end)])
            #expect(analysis.sourceEnds == [3, UInt32(end) + 3])
        }
    }

    @Test(
        "anything else in brackets is text",
        arguments: [
            "", "tuan", "TUÁN", "Tuán", "tuán tuán", " tuán", "tuán ", "(tuán)", "tuán1", "tua\u{301}n", "tuánn",
            "tuánh", "vǎ",
            "zhuáang", "aáaa", "bpà", "hzà", "ńg", "n", "zh", "团", "tuán,", "tuá-n", "ràngn", "ｔuán",
            "tu\u{200B}án", "nàrr",
        ])
    func notGlosses(inside: String) throws {
        for (open, close) in [("(", ")"), ("（", "）")] {
            #expect(try analyze("團" + open + inside + close + "隊").glosses == [])
        }
    }

    @Test(
        "a gloss stands right after a letter",
        arguments: [
            ("團(tuán)", true), ("A(yù)I", true), ("Ａ（yù）", true), ("か(tuán)", true), ("Ⅷ(bā)", true),
            ("〇(líng)", true),
            ("𠮷(jí)", true), ("①(yī)", true), ("豈(qǐ)", true),
            ("(tuán)", false), (" (tuán)", false), ("團 (tuán)", false), ("團\u{3000}(tuán)", false),
            ("團，(tuán)", false), ("8(bā)", false),
            ("團\u{200B}(tuán)", false), ("e\u{301}(é)", false), ("((tuán)", false), ("團[tuán]", false),
            ("團(tuán", false),
            ("團(tuán]", false), ("團tuán)", false), ("團\n(tuán)", false), ("團)(tuán)", false),
        ])
    func places(text: String, isGloss: Bool) throws {
        #expect(try analyze(text).glosses.isEmpty == !isGloss)
    }

    @Test("only the first of two in a row is one")
    func twoInARow() throws {
        let analysis = try analyze("好(hǎo)(hào)(hǎo)人")
        #expect(analysis.glosses == [3..<9])
        #expect(analysis.foldedText == "好(hào)(hǎo)人")
    }

    @Test("what follows a gloss still combines with what stands before it")
    func combining() throws {
        #expect(try analyze("e(é)\u{301}x").foldedText == "éx")
        #expect(try analyze("か(gā)\u{3099}").foldedText == "が")
        #expect(try analyze("か(gā)\u{3099}").sourceEnds.first == UInt32("か(gā)\u{3099}".utf8.count))
    }

    @Test("every spelling that can be made agrees with the rule's twin", arguments: Seed.first(20))
    func equalsTwin(seed: Seed) throws {
        var generator = seed.generator()
        let analyzer = try Analyzer()
        let starts = ["", "zh", "ch", "sh", "b", "g", "r", "y", "w", "h", "zz", "v", "c", "s"]
        let vowels = ["a", "á", "o", "ò", "ē", "i", "ǐ", "u", "ü", "ǚ", "ê", "e", "A", "ã"]
        let ends = ["", "n", "ng", "r", "g", "nn", "m", "nr"]
        for _ in 0..<150 {
            var inside = generator.pick(starts)
            for _ in 0...generator.below(3) { inside += generator.pick(vowels) }
            inside += generator.pick(ends)
            let isGloss = try analyzer.analyze("團(\(inside))".utf8, words: false).glosses.count == 1
            #expect(isGloss == Twins.isTonedSyllable(inside), "\(inside)")
        }
    }

    @Test("the places of glosses equal the twin's", arguments: Seed.first(30))
    func placesEqualTwin(seed: Seed) throws {
        var generator = seed.generator()
        let analyzer = try Analyzer()
        let pieces = [
            "團", "A", "1", "(tuán)", "（é）", "(", ")", "tuán", "é", "（", "）", " ", "\u{301}", "\u{200B}", "n",
        ]
        for _ in 0..<60 {
            let text = (0..<generator.below(14)).map { _ in generator.pick(pieces) }.joined()
            let scalars = Array(text.unicodeScalars)
            let bytes = scalars.reduce(into: [0]) { $0.append($0[$0.count - 1] + UTF8.width($1)) }
            let expected = Twins.glosses(in: scalars).map { bytes[$0.lowerBound]..<bytes[$0.upperBound] }
            #expect(try analyzer.analyze(text.utf8, words: false).glosses == expected, "\(text)")
        }
    }
}
