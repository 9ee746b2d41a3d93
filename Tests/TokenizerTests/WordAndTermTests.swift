import Model
import TestSupport
import Testing
import Tokenizer

@Suite("Words")
struct WordTests {
    @Test("are ICU's segments of two or more Han characters", arguments: Seed.first(40))
    func equalTwin(seed: Seed) throws {
        var generator = seed.generator()
        let analyzer = try Analyzer()
        let twins = try Twins()
        let phrases = [
            "信息流产品", "清华大学", "图书馆", "单干", "的", "，", " ", "GPT-4", "マイケル", "東京", "𠮷野家", "㈱", "人工智能", "3年",
        ]
        for round in 0..<40 {
            var text = RandomText.text(upTo: 10, using: &generator)
            for _ in 0..<generator.below(8) { text += generator.pick(phrases) }
            let analysis = try analyzer.analyze(text.utf8)
            let found = analysis.words.map { Int($0.start)..<Int($0.end) }
            #expect(try found == twins.words(of: analysis.folded), "round \(round): \(text.debugDescription)")
            for word in analysis.words {
                // A word stands on whole units, and they are Han.
                let units = analysis.units[Int(word.unit)..<Int(word.unit + word.count)]
                #expect(units.first?.start == word.start && units.last?.end == word.end && word.count > 1)
                #expect(units.allSatisfy { $0.kind == .han })
            }
        }
    }

    @Test("are left out when they are not asked for, and change nothing else")
    func withoutWords() throws {
        let with = try Analyzer().analyze("信息流产品，清华大学".utf8)
        let without = try Analyzer().analyze("信息流产品，清华大学".utf8, words: false)
        #expect(with.words.count > 1)
        #expect(without.words == [])
        #expect(with.units == without.units && with.folded == without.folded)
    }
}

@Suite("Terms")
struct TermTests {
    /// A term with its place, as people would write it.
    private struct Term: Hashable {
        var kind: TermKind
        var text: String
        var position: Int
    }

    private func terms(of analysis: Analysis, into block: inout TermBlock) -> [Term] {
        Analyzer.terms(of: analysis, into: &block)
        let position = { (occurrence: UInt64) in Int(occurrence & (1 << TermBlock.positionBits - 1)) }
        func pair(_ occurrence: UInt64) -> String {
            let term = occurrence >> TermBlock.positionBits
            return character(term >> TermBlock.scalarBits) + character(term & (1 << TermBlock.scalarBits - 1))
        }
        return block.characters.map {
            Term(kind: .character, text: character($0 >> TermBlock.positionBits), position: position($0))
        }
            + block.bigrams.map { Term(kind: .bigram, text: pair($0), position: position($0)) }
            + block.pairs.map { Term(kind: .pair, text: pair($0), position: position($0)) }
            + block.words.map { word in
                let bytes = block.wordBytes[Int(word.start)..<Int(word.end)]
                return Term(
                    kind: word.kind, text: String(decoding: bytes, as: UTF8.self), position: Int(word.position))
            }
    }

    private func character(_ value: UInt64) -> String { Unicode.Scalar(UInt32(value)).map { String($0) } ?? "?" }

    /// The rule: every Han unit is a character, every two in a row a bigram; a word of two is a pair.
    private func twin(of analysis: Analysis) -> [Term] {
        let units = analysis.plainUnits
        var terms: [Term] = []
        for (position, unit) in units.enumerated() where unit.kind == .han {
            terms.append(Term(kind: .character, text: unit.text, position: position))
        }
        for (position, (unit, next)) in zip(units, units.dropFirst()).enumerated()
        where unit.kind == .han && next.kind == .han {
            terms.append(Term(kind: .bigram, text: unit.text + next.text, position: position))
        }
        for word in analysis.words {
            let text = units[Int(word.unit)..<Int(word.unit + word.count)].map(\.text).joined()
            terms.append(Term(kind: word.count == 2 ? .pair : .hanWord, text: text, position: Int(word.unit)))
        }
        for (position, unit) in units.enumerated() where unit.kind == .word {
            terms.append(Term(kind: .word, text: unit.text, position: position))
        }
        return terms
    }

    @Test("equal their twin", arguments: Seed.first(40))
    func equalTwin(seed: Seed) throws {
        var generator = seed.generator()
        let analyzer = try Analyzer()
        // One block for all texts: what it held before must not stay.
        var block = TermBlock()
        for round in 0..<40 {
            let text = RandomText.text(upTo: 30, using: &generator) + generator.pick(["", "信息流产品", "图书馆清华大学 A-1"])
            let analysis = try analyzer.analyze(text.utf8)
            let found = terms(of: analysis, into: &block)
            let expected = twin(of: analysis)
            #expect(
                found.count == expected.count && Set(found) == Set(expected),
                "round \(round): \(text.debugDescription)")
            #expect(block.length == analysis.units.count)
        }
    }

    @Test("of a short text")
    func example() throws {
        var block = TermBlock()
        let found = terms(of: try Analyzer().analyze("マイク，GPT-4 團(tuán)隊".utf8), into: &block)
        let expected: [Term] = [
            .init(kind: .character, text: "マ", position: 0), .init(kind: .character, text: "イ", position: 1),
            .init(kind: .character, text: "ク", position: 2), .init(kind: .character, text: "团", position: 6),
            .init(kind: .character, text: "队", position: 7), .init(kind: .bigram, text: "マイ", position: 0),
            .init(kind: .bigram, text: "イク", position: 1), .init(kind: .bigram, text: "团队", position: 6),
            .init(kind: .pair, text: "团队", position: 6), .init(kind: .hanWord, text: "マイク", position: 0),
            .init(kind: .word, text: "gpt", position: 4), .init(kind: .word, text: "4", position: 5),
        ]
        #expect(Set(found) == Set(expected))
        #expect(block.length == 8)
    }

    @Test("of each kind come in the order of the text", arguments: Seed.first(10))
    func order(seed: Seed) throws {
        var generator = seed.generator()
        let analyzer = try Analyzer()
        var block = TermBlock()
        for _ in 0..<30 {
            let found = terms(
                of: try analyzer.analyze(RandomText.text(upTo: 40, using: &generator).utf8), into: &block)
            for kind in TermKind.allCases {
                let positions = found.filter { $0.kind == kind }.map(\.position)
                #expect(zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 })
            }
        }
    }
}
