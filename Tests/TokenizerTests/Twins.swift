import ICU
import Model
import Tokenizer

/// Every stage of analysis written from its rule, over whole arrays of scalars, with no thought for speed or
/// for where in the source anything stood.
struct Twins {
    let level: FoldLevel
    private let normalizer: Normalizer
    private let breaker: WordBreaker

    init(fold level: FoldLevel = .full) throws {
        self.level = level
        normalizer = try Normalizer(level == .width ? .nfkc : .nfkcCasefold)
        breaker = try WordBreaker()
    }

    // MARK: Fold

    /// Glosses and what Unicode ignores taken out, then the normal form of the whole text, then the variant table on
    /// each character.
    func folded(_ text: String) throws -> [UInt16] {
        let scalars = Array(text.unicodeScalars)
        var kept = String.UnicodeScalarView()
        var index = 0
        for gloss in Self.glosses(in: scalars) {
            kept.append(contentsOf: scalars[index..<gloss.lowerBound])
            index = gloss.upperBound
        }
        kept.append(contentsOf: scalars[index...])
        if level <= .width { kept.removeAll { $0.properties.isDefaultIgnorableCodePoint } }
        let source = Array(String(kept).utf16)
        guard level > .none else { return source }
        var normal: [UInt16] = []
        try unsafe source.withUnsafeBufferPointer { unsafe try normalizer.normalize($0, into: &normal) }
        var folded = String.UnicodeScalarView()
        for scalar in String(decoding: normal, as: UTF16.self).unicodeScalars {
            folded.append(Unicode.Scalar(VariantTable.fold(scalar.value, at: level))!)
        }
        return Array(String(folded).utf16)
    }

    /// Scalars that a gloss takes at most: six letters and two brackets.
    private static let glossLimit = 8

    /// The glosses of a text, as ranges of scalars.
    static func glosses(in text: [Unicode.Scalar]) -> [Range<Int>] {
        var glosses: [Range<Int>] = []
        for open in text.indices.dropFirst() where "(（".unicodeScalars.contains(text[open]) {
            guard isLetter(text[open - 1]),
                let close = text[open...].prefix(Self.glossLimit).firstIndex(where: {
                    ")）".unicodeScalars.contains($0)
                })
            else { continue }
            var inside = String.UnicodeScalarView()
            inside.append(contentsOf: text[(open + 1)..<close])
            if isTonedSyllable(String(inside)) { glosses.append(open..<close + 1) }
        }
        return glosses
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        let categories: [CharacterProperties.Category] = [
            .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber,
            .otherNumber,
        ]
        return categories.contains(CharacterProperties.category(of: scalar.value))
    }

    static func isTonedSyllable(_ text: String) -> Bool {
        let toned = "[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]"
        let vowel = "[aeiouüêāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]"
        let initial = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
        guard text.unicodeScalars.count <= 6,
            let syllable = try? Regex("\(initial)\(vowel){1,3}(?:ng|n|r)?").matchingSemantics(.unicodeScalar),
            let tone = try? Regex(toned).matchingSemantics(.unicodeScalar)
        else { return false }
        return text.wholeMatch(of: syllable) != nil && text.firstMatch(of: tone) != nil
    }

    // MARK: Units

    struct Unit: Equatable {
        var kind: Analysis.Unit.Kind
        /// Empty for a barrier, which may be many marks.
        var text: String
    }

    private enum Class {
        case han, letter, joiner, mark
    }

    /// White space joins; so does a middle dot, and a single mark directly between two letters or digits. Any
    /// other marks in a row are one barrier. A Han or kana character is a unit, and so is a run of other letters,
    /// digits and combining marks.
    static func units(of folded: [UInt16]) -> [Unit] {
        let scalars = Array(String(decoding: folded, as: UTF16.self).unicodeScalars)
        let found = scalars.map(characterClass)
        var classes = found
        for index in classes.indices.dropFirst().dropLast() where found[index] == .mark {
            if found[index - 1] == .letter, found[index + 1] == .letter { classes[index] = .joiner }
        }
        var units: [Unit] = []
        for (index, scalar) in scalars.enumerated() {
            switch classes[index] {
            case .joiner: continue
            case .mark: if units.last?.kind != .barrier { units.append(Unit(kind: .barrier, text: "")) }
            case .han: units.append(Unit(kind: .han, text: String(scalar)))
            case .letter:
                if index > 0, found[index - 1] == .letter {
                    units[units.count - 1].text.unicodeScalars.append(scalar)
                } else {
                    units.append(Unit(kind: .word, text: String(scalar)))
                }
            }
        }
        return units
    }

    private static func characterClass(_ scalar: Unicode.Scalar) -> Class {
        if scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value) { return .joiner }
        if "\u{B7}\u{2022}\u{2027}\u{30FB}".unicodeScalars.contains(scalar) { return .joiner }
        if isHanOrKana(scalar) { return .han }
        switch CharacterProperties.category(of: scalar.value) {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .nonspacingMark, .enclosingMark, .spacingMark:
            return .letter
        default: return .mark
        }
    }

    static func isHanOrKana(_ scalar: Unicode.Scalar) -> Bool {
        // 々〆〇, hiragana, katakana without its middle dot and double hyphen, the Han blocks of the first plane, and
        // the two planes that hold nothing else.
        let blocks: [ClosedRange<UInt32>] = [
            0x3005...0x3007, 0x3041...0x309F, 0x30A1...0x30FA, 0x30FC...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xF900...0xFAFF, 0x20000...0x2FFFF, 0x30000...0x3FFFF,
        ]
        return blocks.contains { $0.contains(scalar.value) }
    }

    // MARK: Words

    /// ICU's segments that are two or more Han or kana characters and nothing else, as ranges of UTF-16.
    func words(of folded: [UInt16]) throws -> [Range<Int>] {
        var boundaries: [Int32] = []
        try unsafe folded.withUnsafeBufferPointer { unsafe try breaker.boundaries(of: $0, into: &boundaries) }
        return zip([0] + boundaries, boundaries).map { Int($0)..<Int($1) }.filter { range in
            let scalars = String(decoding: folded[range], as: UTF16.self).unicodeScalars
            return scalars.count > 1 && scalars.allSatisfy(Self.isHanOrKana)
        }
    }
}

extension Analysis {
    func text(of unit: Unit) -> String { text(unit.start, unit.end) }

    /// The units as their twin gives them.
    var plainUnits: [Twins.Unit] {
        units.map { Twins.Unit(kind: $0.kind, text: $0.kind == .barrier ? "" : text(of: $0)) }
    }

    var foldedText: String { String(decoding: folded, as: UTF16.self) }
}

extension Analysis {
    /// The glosses left out, in bytes of the source.
    var glosses: [Range<Int>] { noise.filter { $0.kind == .gloss }.map(\.bytes) }
}
