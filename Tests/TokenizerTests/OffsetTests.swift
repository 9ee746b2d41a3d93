import Model
import TestSupport
import Testing
import Tokenizer

/// The way back from folded text to the source.
///
/// A *piece* of source is folded on its own, and all that becomes of it points back to the whole of it. So the
/// source of a unit is a number of whole pieces, and analysing them alone gives what they gave in their place:
/// the unit itself, and around it only what else those pieces hold (㈱ is a bracket, 株 and a bracket).
@Suite("Offsets")
struct OffsetTests {
    @Test(
        "lie inside the text, on whole characters, and never go backwards", arguments: FoldLevel.allCases,
        Seed.first(20))
    func order(level: FoldLevel, seed: Seed) throws {
        var generator = seed.generator()
        let analyzer = try Analyzer(fold: level)
        for round in 0..<50 {
            let text = RandomText.text(upTo: 40, using: &generator)
            let analysis = try analyzer.analyze(text.utf8, words: false)
            let boundaries = Set(
                text.unicodeScalars.reduce(into: [0]) { $0.append($0[$0.count - 1] + UTF8.width($1)) })
            var start = 0
            var end = 0
            for index in analysis.folded.indices {
                let range = Int(analysis.sourceStarts[index])..<Int(analysis.sourceEnds[index])
                let isSame = range == start..<end
                guard !range.isEmpty, boundaries.contains(range.lowerBound), boundaries.contains(range.upperBound),
                    isSame || range.lowerBound >= end
                else {
                    Issue.record("round \(round): \(text.debugDescription): element \(index) is from \(range)")
                    return
                }
                start = range.lowerBound
                end = range.upperBound
            }
        }
    }

    @Test("the source of a unit gives that unit again", arguments: FoldLevel.allCases, Seed.first(20))
    func unitsComeBack(level: FoldLevel, seed: Seed) throws {
        var generator = seed.generator()
        let analyzer = try Analyzer(fold: level)
        for round in 0..<20 {
            let text = RandomText.text(upTo: 25, using: &generator)
            let bytes = Array(text.utf8)
            let whole = try analyzer.analyze(bytes, words: false)
            for (number, unit) in whole.units.enumerated() where unit.kind != .barrier {
                let source = whole.sourceRange(of: number..<number + 1)
                let part = try analyzer.analyze(bytes[source], words: false)
                let pieces = whole.folded.indices.filter {
                    Int(whole.sourceStarts[$0]) >= source.lowerBound
                        && Int(whole.sourceEnds[$0]) <= source.upperBound
                }
                let isWhole = pieces.count == Int(unit.end - unit.start)
                // At a narrower level a unit may have more or less than its source alone gives (FoldLevelTests has examples).
                if level < .full, part.folded == pieces.map({ whole.folded[$0] }) { continue }
                let same = part.units.contains { candidate in
                    candidate.kind == unit.kind && candidate.scalar == unit.scalar
                        && part.text(of: candidate) == whole.text(of: unit)
                        && candidate.start == unit.start - Int32(pieces[0])
                }
                guard part.folded == pieces.map({ whole.folded[$0] }), same, !isWhole || part.units.count == 1
                else {
                    Issue.record("round \(round): \(text.debugDescription): unit \(number) from \(source)")
                    return
                }
            }
        }
    }

    @Test("the source of any units in a row spans from the first to the last", arguments: Seed.first(20))
    func ranges(seed: Seed) throws {
        var generator = seed.generator()
        let analyzer = try Analyzer()
        for _ in 0..<40 {
            let analysis = try analyzer.analyze(RandomText.text(upTo: 30, using: &generator).utf8, words: false)
            guard !analysis.units.isEmpty else { continue }
            let first = generator.below(analysis.units.count)
            let last = first + generator.below(analysis.units.count - first)
            let range = analysis.sourceRange(of: first..<last + 1)
            #expect(range.lowerBound == analysis.sourceRange(of: first..<first + 1).lowerBound)
            #expect(range.upperBound == analysis.sourceRange(of: last..<last + 1).upperBound)
        }
        #expect(Analysis().sourceRange(of: 0..<0) == 0..<0)
    }

    @Test(
        "examples",
        arguments: [
            // The text, a unit's number, and the source of that unit.
            ("甲 乙", 1, "乙"), ("團(tuán)隊", 0, "團"), ("團(tuán)隊", 1, "隊"), ("A（yù）I", 0, "A（yù）I"),
            ("ｶﾞx", 0, "ｶﾞ"), ("か\u{3099}き", 1, "き"), ("㈱", 1, "㈱"), ("5㎏。", 0, "5㎏"),
            ("cafe\u{301}!", 0, "cafe\u{301}"),
            ("\u{FEFF}甲", 0, "甲"), ("一\u{200B}二", 1, "二"), ("GPT-4o", 1, "4o"), ("丽\u{E0100}人", 0, "丽\u{E0100}"),
        ])
    func examples(text: String, unit: Int, source: String) throws {
        let analysis = try Analyzer().analyze(text.utf8, words: false)
        let range = analysis.sourceRange(of: unit..<unit + 1)
        #expect(String(decoding: Array(text.utf8)[range], as: UTF8.self) == source)
    }
}
