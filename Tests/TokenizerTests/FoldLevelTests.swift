import ICU
import Model
import TestSupport
import Testing

@testable import Tokenizer

/// Every code point at every level, against ICU asked directly.
@Suite("Fold levels")
struct FoldLevelTests {
    /// The scalars that a level changes, and what they become.
    private struct Changes {
        var folds: [Unicode.Scalar: [UInt16]] = [:]

        /// Characters are analysed a few thousand at a time, a line break after each: nothing combines with a line
        /// break, so each line is what its character becomes alone.
        init(at level: FoldLevel) throws {
            let analyzer = try Analyzer(fold: level)
            for start in stride(from: UInt32(0), to: 0x110000, by: 0x1000) {
                let scalars = (start..<start + 0x1000).filter { $0 != 0x0A }.compactMap { Unicode.Scalar($0) }
                for (scalar, folded) in zip(scalars, try Self.lines(scalars.map { String($0) }, analyzer))
                where folded != Array(scalar.utf16) {
                    folds[scalar] = folded
                }
            }
        }

        /// What each of some texts without line breaks becomes.
        static func lines(_ texts: [String], _ analyzer: Analyzer) throws -> [[UInt16]] {
            var text: [UInt8] = []
            for line in texts {
                text += line.utf8
                text.append(0x0A)
            }
            let folded = try analyzer.analyze(text, words: false).folded
            return folded.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().map(Array.init)
        }

        /// By level; worked out once for all tests.
        static let all = Result {
            try Dictionary(uniqueKeysWithValues: FoldLevel.allCases.map { ($0, try Changes(at: $0)) })
        }

        static func at(_ level: FoldLevel) throws -> Changes { try all.get()[level]! }

        subscript(_ scalar: Unicode.Scalar) -> [UInt16] { folds[scalar] ?? Array(scalar.utf16) }
    }

    private static var everyScalar: some Sequence<Unicode.Scalar> {
        (UInt32(0)...0x10FFFF).lazy.compactMap { Unicode.Scalar($0) }
    }

    private func normal(_ scalar: Unicode.Scalar, _ normalizer: Normalizer) throws -> [UInt16] {
        let source = Array(scalar.utf16)
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
        let changes = try Changes.at(level)
        let normalizer = try Normalizer(.nfkc)
        let wrong = try Self.everyScalar.filter { scalar in
            let isIgnored = scalar.properties.isDefaultIgnorableCodePoint
            let kept = level == .none ? Array(scalar.utf16) : try normal(scalar, normalizer)
            return changes[scalar] != (isIgnored ? [] : kept)
        }
        #expect(wrong == [])
    }

    /// ICU's transliterator exchanges two kinds of quotation marks besides; a mark is a barrier whichever it is.
    @Test("icu is NFKC_Casefold and ICU's transliterator character by character; full is that and our own variants")
    func wide() throws {
        let changes = try (icu: Changes.at(.icu), full: Changes.at(.full))
        let normalizer = try Normalizer()
        let transliterator = try Transliterator("Traditional-Simplified")
        let own = Dictionary(uniqueKeysWithValues: VariantTable.ownEntries.map { ($0.variant, $0.folded) })
        var wrong: [Unicode.Scalar] = []
        for scalar in Self.everyScalar {
            var expected = String.UnicodeScalarView()
            for normal in try String(decoding: normal(scalar, normalizer), as: UTF16.self).unicodeScalars {
                let isWorthAsking =
                    ![.unassigned, .privateUse].contains(CharacterProperties.category(of: normal.value))
                    && normal != "「" && normal != "」"
                if isWorthAsking {
                    expected += try transliterator(String(normal)).unicodeScalars
                } else {
                    expected.append(normal)
                }
            }
            let full = expected.flatMap { Array(Unicode.Scalar(own[$0.value] ?? $0.value)!.utf16) }
            if changes.icu[scalar] != Array(String(expected).utf16) || changes.full[scalar] != full {
                wrong.append(scalar)
            }
        }
        #expect(wrong == [])
        #expect(try transliterator("「") == "“" && transliterator("」") == "”")
    }

    @Test("what is alike at a level is alike at every wider one, and what is folded stays as it is")
    func nested() throws {
        for narrow in FoldLevel.allCases {
            // What folds alike at a level is one text from there on: a wider level must make of it what it makes of
            // the character itself.
            let changes = Array(try Changes.at(narrow).folds)
            for wide in FoldLevel.allCases where wide >= narrow {
                let analyzer = try Analyzer(fold: wide)
                let once = try Changes.lines(changes.map { String($0.key) }, analyzer)
                let twice = try Changes.lines(changes.map { String(decoding: $0.value, as: UTF16.self) }, analyzer)
                #expect(once.count == changes.count && twice.count == changes.count)
                let torn = zip(changes, zip(once, twice)).filter { $1.0 != $1.1 }.map(\.0.key)
                #expect(Set(torn) == (narrow == .icu && wide == .icu ? ["苧", "苎", "薴"] : []), "\(narrow) \(wide)")
            }
        }
    }

    @Test("equals its twin on any text", arguments: FoldLevel.allCases, Seed.first(20))
    func equalsTwin(level: FoldLevel, seed: Seed) throws {
        var generator = seed.generator()
        let analyzer = try Analyzer(fold: level)
        let twins = try Twins(fold: level)
        let widest = try Analyzer()
        for round in 0..<40 {
            let text = RandomText.text(upTo: 40, using: &generator)
            let analysis = try analyzer.analyze(text.utf8, words: false)
            let expected = try twins.folded(text)
            // Units are those of the widest level, each as its source is read at this one.
            let whole = try widest.analyze(text.utf8, words: false)
            let bytes = Array(text.utf8)
            let found = analysis.plainUnits
            let units = try whole.units.indices.map { number -> Twins.Unit in
                let range = whole.sourceRange(of: number..<number + 1)
                let parts = whole.folded.indices.filter {
                    whole.sourceStarts[$0] >= range.lowerBound && whole.sourceEnds[$0] <= range.upperBound
                }
                let unit = whole.units[number]
                if unit.kind == .barrier { return .init(kind: .barrier, text: "") }
                // What shares a character with another unit is for the examples.
                if parts.count > unit.end - unit.start, number < found.count { return found[number] }
                let spelling = String(
                    decoding: try twins.folded(String(decoding: bytes[range], as: UTF8.self)), as: UTF16.self)
                let isHan = unit.kind == .han && spelling.unicodeScalars.count == 1
                return .init(kind: isHan ? .han : .word, text: spelling)
            }
            guard analysis.folded == expected, found == units, level < .full || units == Twins.units(of: expected)
            else {
                let scalars = text.unicodeScalars.map { String($0.value, radix: 16) }
                Issue.record(
                    "\(level), round \(round): \(scalars) gave \(analysis.folded), \(found), expected \(expected), \(units)"
                )
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

    @Test(
        "units that share characters at the widest level",
        arguments: [
            ("5½", ["5½", "½"], ["51", "2"], ["51", "2"]),
            ("㍿", ["㍿", "㍿", "㍿", "㍿"], ["株", "式", "会", "社"], ["株", "式", "会", "社"]),
            ("中\u{301}", ["中", "\u{301}"], ["中", "\u{301}"], ["中", "\u{301}"]),
            ("か\u{3099}", ["か\u{3099}"], ["が"], ["が"]), ("ｶﾞｷ", ["ｶﾞ", "ｷ"], ["ガ", "キ"], ["ガ", "キ"]),
            ("5 ℃", ["5", "", "℃"], ["5", "", "C"], ["5", "", "c"]), ("5℃", ["5", "℃"], ["5", "C"], ["5", "c"]),
            ("1 ⒈", ["1", "⒈", ""], ["1", "1", ""], ["1", "1", ""]),
            ("a㏂a", ["a㏂", "㏂", "a"], ["aa", "m", "a"], ["aa", "m", "a"]),
            ("77\u{3099}8", ["77", "\u{3099}", "8"], ["77", "\u{3099}", "8"], ["77", "\u{3099}", "8"]),
            ("a…b", ["a", "", "b"], ["a", "", "b"], ["a", "", "b"]),
        ])
    func shared(text: String, none: [String], width: [String], full: [String]) throws {
        for (level, expected) in [(FoldLevel.none, none), (.width, width), (.full, full)] {
            let units = try Analyzer(fold: level).analyze(text.utf8, words: false).plainUnits
            #expect(units.map(\.text) == expected, "\(level)")
        }
    }

    @Test("a number beside any character that stands by itself at the widest level does so at every level")
    func besideEveryCharacter() throws {
        let analyzers = try FoldLevel.allCases.map { try Analyzer(fold: $0) }
        var (apart, han) = (0, 0)
        var differ: [String] = []
        for scalar in (UInt32(0x80)...0xFFFD).compactMap(Unicode.Scalar.init) {
            let units = try analyzers.map { try $0.analyze("77\(scalar)88".utf8, words: false).plainUnits }
            let widest = units[units.count - 1]
            let isFirst = widest[0].text == "77"
            let isLast = widest[widest.count - 1].text == "88"
            apart += isFirst ? 1 : 0
            apart += isLast ? 1 : 0
            let isHan = isFirst && isLast && widest.count == 3 && widest[1].kind == .han
            han += isHan ? 1 : 0
            let agree = units.allSatisfy {
                (!isFirst || $0.first == widest.first) && (!isLast || $0.last == widest.last)
                    && $0.map(\.kind) == widest.map(\.kind)
            }
            if !agree { differ.append("\(String(scalar.value, radix: 16)): \(units)") }
        }
        #expect(differ == [])
        #expect(apart > 80_000 && han > 28_000, "\(apart) \(han)")
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
