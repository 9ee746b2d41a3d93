import ICU
import TestSupport
import Testing
import Tokenizer

@Suite("Fold")
struct FoldTests {
    private func fold(_ text: String) throws -> String {
        try Analyzer().analyze(text.utf8, words: false).foldedText
    }

    @Test(
        "one text, one form",
        arguments: [
            ("團隊", "团队"), ("ＡＢＣ１２３", "abc123"), ("ｶﾞｷﾞ", "ガギ"), ("か\u{3099}", "が"), ("ﬁ㎏㈱", "fikg(株)"),
            ("Straße", "strasse"), ("e\u{301}É", "éé"), ("İ", "i\u{307}"), ("\u{FEFF}甲\u{200B}乙\u{AD}", "甲乙"),
            ("豈", "岂"), ("²", "2"),
            ("\u{1112}\u{1161}\u{11AB}", "한"), ("丽\u{E0100}", "丽"), ("⼀", "一"), ("單幹", "单干"), ("\u{3000}", " "),
            ("𠮷野家", "𠮷野家"), ("團(tuán)隊（duì）", "团队"), ("", ""),
        ])
    func examples(text: String, folded: String) throws {
        #expect(Array(try fold(text).unicodeScalars) == Array(folded.unicodeScalars))
    }

    @Test("equals glosses out, whole-text NFKC_Casefold, variants, in this order", arguments: Seed.first(60))
    func equalsTwin(seed: Seed) throws {
        var generator = seed.generator()
        let analyzer = try Analyzer()
        let twins = try Twins()
        for round in 0..<60 {
            let text = RandomText.text(upTo: 40, using: &generator)
            let analysis = try analyzer.analyze(text.utf8, words: false)
            let expected = try twins.folded(text)
            guard analysis.folded == expected else {
                let scalars = text.unicodeScalars.map { String($0.value, radix: 16) }
                Issue.record("round \(round): \(scalars) gave \(analysis.folded), expected \(expected)")
                return
            }
            #expect(analysis.sourceStarts.count == expected.count && analysis.sourceEnds.count == expected.count)
        }
    }

    @Test("equals its twin on every character, alone, marked and after another")
    func everyCharacter() throws {
        let analyzer = try Analyzer()
        let twins = try Twins()
        var wrong: [String] = []
        for value in UInt32(0)...0x2FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            // One in eight of the planes above the first, where blocks are uniform.
            if value >= 0x10000, value % 8 != 0 { continue }
            let text = "\(scalar)e\(scalar)\u{301}か\(scalar)\u{3099}"
            if try analyzer.analyze(text.utf8, words: false).folded != twins.folded(text) {
                wrong.append(String(value, radix: 16))
            }
        }
        #expect(wrong == [])
    }

    @Test("an analysis that is used again holds nothing of the last text", arguments: Seed.first(10))
    func reuse(seed: Seed) throws {
        var generator = seed.generator()
        let analyzer = try Analyzer()
        var reused = Analysis()
        for _ in 0..<40 {
            let bytes = Array(RandomText.text(upTo: 20, using: &generator).utf8)
            try unsafe bytes.withUnsafeBufferPointer { unsafe try analyzer.analyze($0, into: &reused) }
            let fresh = try Analyzer().analyze(bytes)
            #expect(reused.folded == fresh.folded && reused.units == fresh.units && reused.words == fresh.words)
            #expect(reused.sourceStarts == fresh.sourceStarts && reused.sourceEnds == fresh.sourceEnds)
            #expect(reused.glosses == fresh.glosses)
        }
    }

    // MARK: Bytes that are no text, and texts that are no article

    @Test("a malformed byte is read as U+FFFD", arguments: Seed.first(40))
    func malformed(seed: Seed) throws {
        var generator = seed.generator()
        let analyzer = try Analyzer()
        for _ in 0..<40 {
            let text = Array(RandomText.text(upTo: 12, using: &generator).utf8)
            let bytes =
                generator.once(in: 2)
                ? RandomBytes.mutation(of: text, using: &generator) : RandomBytes.noise(upTo: 30, using: &generator)
            let analysis = try analyzer.analyze(bytes)
            #expect(try analysis.folded == analyzer.analyze(repaired(bytes).utf8, words: false).folded, "\(bytes)")
            #expect(analysis.sourceEnds.allSatisfy { $0 <= bytes.count })
            #expect(zip(analysis.sourceStarts, analysis.sourceEnds).allSatisfy { $0 < $1 })
        }
    }

    /// `bytes` with each one that begins no well-formed character replaced.
    private func repaired(_ bytes: [UInt8]) -> String {
        var text = ""
        var index = 0
        while index < bytes.count {
            let length = (1...4).first { length in
                index + length <= bytes.count
                    && String(validating: bytes[index..<index + length], as: UTF8.self) != nil
            }
            let character = length.map { String(decoding: bytes[index..<index + $0], as: UTF8.self) } ?? "\u{FFFD}"
            text.unicodeScalars.append(contentsOf: character.unicodeScalars)
            index += length ?? 1
        }
        return text
    }

    /// Quadratic time would make these run for minutes.
    @Test(
        "a long run of anything that joins, expands or vanishes is linear",
        arguments: [
            "\u{301}", "\u{200D}", "\u{3099}", "\u{1161}", "\u{AC00}\u{11A8}", "ﷺ", "(", "(tuán", "甲(", "-", "a-",
            "\u{FF9E}",
        ])
    func longRuns(piece: String) throws {
        let analyzer = try Analyzer()
        let text = "e" + String(repeating: piece, count: 100_000)
        #expect(try analyzer.analyze(text.utf8).folded == Twins().folded(text))
    }

    @Test("marks of alternating classes, which take the square of their number to reorder, are taken in pieces")
    func alternatingMarks() throws {
        let text = "a" + String(repeating: "\u{301}\u{323}", count: 50_000) + "甲"
        let analysis = try Analyzer().analyze(text.utf8)
        #expect(analysis.units.count == 2)
        #expect(analysis.sourceRange(of: 0..<1) == 0..<text.utf8.count - 3)
    }
}
