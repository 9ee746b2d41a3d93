public import Model
internal import Tokenizer

/// A window on analysis: every stage of what becomes of a text.
public struct TextAnalysis: Sendable {
    public enum UnitKind: String, Sendable {
        case han, word, barrier
    }

    /// A place in the sequence that literal matching compares.
    public struct Unit: Sendable {
        public var kind: UnitKind
        /// As folded; for a barrier, the first of its marks.
        public var text: String
        /// Where it came from, in bytes of the text given.
        public var bytes: Range<Int>
    }

    /// A term as it is indexed.
    public struct Term: Sendable {
        public var kind: TermKind
        public var text: String
        /// The number of its first unit.
        public var position: Int
    }

    /// The folded text.
    public var folded: String
    public var units: [Unit]
    /// ICU's words of two or more Han or kana characters.
    public var words: [Unit]
    public var terms: [Term]
    /// What the plain reading leaves out.
    public var noise: [Noise]
    /// The healed reading; nil when it is the plain one.
    public var healed: Healed?

    /// A reading of the text without its noise.
    public struct Healed: Sendable {
        public var folded: String
        public var units: [Unit]
        /// Everything left out, what the plain reading leaves out included.
        public var noise: [Noise]
    }

    /// Analyses UTF-8; what is malformed is read as U+FFFD.
    public init(_ text: [UInt8]) throws {
        let analyzer = try Analyzer()
        let analysis = try analyzer.analyze(text)
        folded = String(decoding: analysis.folded, as: UTF16.self)
        units = Self.units(of: analysis)
        words = analysis.words.map { word in
            let range = Int(word.unit)..<Int(word.unit + word.count)
            return Unit(
                kind: .word, text: analysis.text(word.start, word.end), bytes: analysis.sourceRange(of: range))
        }
        terms = Self.terms(of: analysis)
        noise = analysis.noise
        healed = try analyzer.heal(text, plain: analysis, words: false).map { healed in
            let folded = String(decoding: healed.folded, as: UTF16.self)
            return Healed(folded: folded, units: Self.units(of: healed), noise: healed.noise)
        }
    }

    static func units(of analysis: Analysis) -> [Unit] {
        analysis.units.enumerated().map { index, unit in
            let kind: UnitKind
            switch unit.kind {
            case .han: kind = .han
            case .word: kind = .word
            case .barrier: kind = .barrier
            }
            return Unit(
                kind: kind, text: analysis.text(unit.start, unit.end),
                bytes: analysis.sourceRange(of: index..<index + 1))
        }
    }

    private static func terms(of analysis: Analysis) -> [Term] {
        var block = TermBlock()
        Analyzer.terms(of: analysis, into: &block)
        let mask = UInt64(TermBlock.positionLimit - 1)
        func scalar(_ value: UInt64) -> String {
            let bits = UInt32(value & (1 << TermBlock.scalarBits - 1))
            return Unicode.Scalar(bits).map { String(Character($0)) } ?? ""
        }
        func integers(_ kind: TermKind, _ occurrences: [UInt64]) -> [Term] {
            occurrences.map { occurrence in
                let term = occurrence >> TermBlock.positionBits
                let text = (kind == .character ? "" : scalar(term >> TermBlock.scalarBits)) + scalar(term)
                return Term(kind: kind, text: text, position: Int(occurrence & mask))
            }
        }
        let words = block.words.map { word in
            let bytes = block.wordBytes[Int(word.start)..<Int(word.end)]
            return Term(kind: word.kind, text: String(decoding: bytes, as: UTF8.self), position: Int(word.position))
        }
        return integers(.character, block.characters) + integers(.bigram, block.bigrams)
            + integers(.pair, block.pairs) + words
    }
}
