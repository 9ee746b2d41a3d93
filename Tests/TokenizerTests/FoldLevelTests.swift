import ICU
import Model
import TestSupport
import Testing
import Tokenizer

/// Every code point at every level, against ICU asked directly.
///
/// Characters are analysed a few thousand at a time, a line break after each: nothing combines with a line break, so
/// each line is what its character becomes alone.
@Suite("Fold levels")
struct FoldLevelTests {
    /// All scalars, in stretches that one text holds.
    private static let stretches: [[Unicode.Scalar]] = stride(from: UInt32(0), to: 0x110000, by: 0x1000).map {
        start in
        // A line break would be two lines.
        (start..<start + 0x1000).filter { $0 != 0x0A }.compactMap { Unicode.Scalar($0) }
    }

    /// What each scalar of a stretch becomes at a level.
    private func folds(of stretch: [Unicode.Scalar], with analyzer: Analyzer) throws -> [[UInt16]] {
        var text = String.UnicodeScalarView()
        for scalar in stretch {
            text.append(scalar)
            text.append("\n")
        }
        let folded = try analyzer.analyze(String(text).utf8, words: false).folded
        return folded.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().map(Array.init)
    }

    private func normal(_ scalar: Unicode.Scalar, _ normalizer: Normalizer) throws -> [UInt16] {
        let source = Array(String(scalar).utf16)
        var normal: [UInt16] = []
        try unsafe source.withUnsafeBufferPointer { unsafe try normalizer.normalize($0, into: &normal) }
        return normal
    }

    @Test("are ordered from narrowest to widest")
    func order() {
        #expect(FoldLevel.allCases == [.none, .width, .icu, .full])
        #expect(FoldLevel.allCases == FoldLevel.allCases.sorted())
        #expect(FoldLevel.allCases.map(\.rawValue) == ["none", "width", "icu", "full"])
    }

    @Test(
        "none changes nothing, width is NFKC; both leave out what Unicode ignores",
        arguments: [FoldLevel.none, .width])
    func narrow(level: FoldLevel) throws {
        let analyzer = try Analyzer(fold: level)
        let normalizer = try Normalizer(.nfkc)
        var wrong: [Unicode.Scalar] = []
        for stretch in Self.stretches {
            for (scalar, folded) in zip(stretch, try folds(of: stretch, with: analyzer)) {
                let isIgnored = scalar.properties.isDefaultIgnorableCodePoint
                let expected =
                    isIgnored ? [] : level == .none ? Array(String(scalar).utf16) : try normal(scalar, normalizer)
                if folded != expected { wrong.append(scalar) }
            }
        }
        #expect(wrong == [])
    }

    /// ICU's transliterator exchanges two kinds of quotation marks besides; a mark is a barrier whichever it is.
    @Test("icu is NFKC_Casefold and ICU's transliterator character by character; full is that and our own variants")
    func wide() throws {
        let analyzers = try (icu: Analyzer(fold: .icu), full: Analyzer(fold: .full))
        let normalizer = try Normalizer()
        let transliterator = try Transliterator("Traditional-Simplified")
        let own = Dictionary(uniqueKeysWithValues: VariantTable.ownEntries.map { ($0.variant, $0.folded) })
        var wrong: [Unicode.Scalar] = []
        for stretch in Self.stretches {
            let folded = try (folds(of: stretch, with: analyzers.icu), folds(of: stretch, with: analyzers.full))
            for (index, scalar) in stretch.enumerated() {
                var expected = String.UnicodeScalarView()
                for normal in try String(decoding: normal(scalar, normalizer), as: UTF16.self).unicodeScalars {
                    let isWorthAsking =
                        ![.unassigned, .privateUse].contains(CharacterProperties.category(of: normal.value))
                    let isQuote = normal == "「" || normal == "」"
                    expected +=
                        isWorthAsking && !isQuote
                        ? try transliterator(String(normal)).unicodeScalars : String(normal).unicodeScalars
                }
                let full = expected.map { Unicode.Scalar(own[$0.value] ?? $0.value)! }
                if folded.0[index] != Array(String(expected).utf16)
                    || folded.1[index] != full.flatMap({ Array(String($0).utf16) })
                {
                    wrong.append(scalar)
                }
            }
        }
        #expect(wrong == [])
        #expect(try transliterator("「") == "“" && transliterator("」") == "”")
    }

    @Test("what is alike at a level is alike at every wider one, and what is folded stays as it is")
    func nested() throws {
        let analyzers = try FoldLevel.allCases.map { try Analyzer(fold: $0) }
        // What each fold of one level was seen to become at the next.
        var next = [[UInt16]: [UInt16]](), torn: [Unicode.Scalar] = []
        for (narrow, wide) in zip(analyzers, analyzers.dropFirst()) {
            next.removeAll(keepingCapacity: true)
            for stretch in Self.stretches {
                let folds = try (folds(of: stretch, with: narrow), folds(of: stretch, with: wide))
                for (index, scalar) in stretch.enumerated() {
                    let known = next.updateValue(folds.1[index], forKey: folds.0[index])
                    if let known, known != folds.1[index] { torn.append(scalar) }
                }
            }
        }
        #expect(torn == [])
        for (level, analyzer) in zip(FoldLevel.allCases, analyzers) {
            var unstable = Set<Unicode.Scalar>()
            for stretch in Self.stretches {
                let once = try folds(of: stretch, with: analyzer)
                let changed = zip(stretch, once).filter { Array(String($0).utf16) != $1 && !$1.isEmpty }
                let text = changed.map { String(decoding: $1, as: UTF16.self) }.joined(separator: "\n")
                let twice = try analyzer.analyze(text.utf8, words: false).folded.split(
                    separator: 0x0A, omittingEmptySubsequences: false)
                unstable.formUnion(zip(changed, twice).filter { $0.1 != Array($1) }.map(\.0.0))
            }
            // Their compatibility forms are none.
            #expect(unstable == (level == .icu ? ["苧", "苎", "薴"] : []), "\(level)")
        }
    }

    @Test("equals its twin on any text", arguments: FoldLevel.allCases, Seed.first(20))
    func equalsTwin(level: FoldLevel, seed: Seed) throws {
        var generator = seed.generator()
        let analyzer = try Analyzer(fold: level)
        let twins = try Twins(fold: level)
        let shapes = level == .none ? try Twins(fold: .icu) : nil
        for round in 0..<40 {
            let text = RandomText.text(upTo: 40, using: &generator)
            let analysis = try analyzer.analyze(text.utf8, words: false)
            let expected = try twins.folded(text)
            guard analysis.folded == expected, try analysis.plainUnits == Twins.units(of: expected, shapes: shapes)
            else {
                let scalars = text.unicodeScalars.map { String($0.value, radix: 16) }
                Issue.record("\(level), round \(round): \(scalars) gave \(analysis.folded), expected \(expected)")
                return
            }
        }
    }

    @Test(
        "examples",
        arguments: [
            // A text as it is read at each level, from narrowest to widest.
            ("ＡＢＣ", ["ＡＢＣ", "ABC", "abc", "abc"]), ("ｶﾞ", ["ｶﾞ", "ガ", "ガ", "ガ"]),
            ("Ⅷ㎏²", ["Ⅷ㎏²", "VIIIkg2", "viiikg2", "viiikg2"]), ("⼀豈", ["⼀豈", "一豈", "一岂", "一岂"]),
            ("圖書館", ["圖書館", "圖書館", "图书馆", "图书馆"]), ("図書舘", ["図書舘", "図書舘", "図书舘", "图书馆"]),
            ("衞峯", ["衞峯", "衞峯", "衞峯", "卫峰"]), ("⻓", ["⻓", "⻓", "⻓", "长"]),
            ("e\u{301}", ["e\u{301}", "é", "é", "é"]), ("團(tuán)隊", ["團隊", "團隊", "团队", "团队"]),
            ("甲\u{200B}乙", ["甲乙", "甲乙", "甲乙", "甲乙"]), ("e\u{200B}\u{301}", ["e\u{301}", "é", "é", "é"]),
            ("苧薴苎", ["苧薴苎", "苧薴苎", "苎苧苧", "苎苎苎"]),
        ])
    func examples(text: String, read: [String]) throws {
        for (level, expected) in zip(FoldLevel.allCases, read) {
            let folded = try Analyzer(fold: level).analyze(text.utf8, words: false).folded
            #expect(folded == Array(expected.utf16), "\(level)")
        }
    }

    @Test("the noise of a text is the same at every level, and so is what the healed reading leaves out")
    func noise() throws {
        let text = "團(tuán2)隊\u{200B}在 I nstagram 上，70 0 0萬<br>團(tuán)隊"
        let analyses = try FoldLevel.allCases.map { level in
            let analyzer = try Analyzer(fold: level)
            let plain = try analyzer.analyze(text.utf8)
            return (plain.noise, try analyzer.heal(text.utf8, plain: plain)?.noise)
        }
        #expect(analyses[0].0.count == 2)
        #expect(try #require(analyses[0].1).count > 4)
        #expect(analyses.allSatisfy { $0 == analyses[0] })
    }
}
