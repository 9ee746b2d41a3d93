internal import Model
internal import Tokenizer

/// Units in a row: what a literal match looks for, and in any text finds.
struct UnitSequence: Hashable {
    enum Unit: Hashable {
        case han(UInt32)
        case word([UInt16])
        /// Any word that begins so; last in its sequence.
        case prefix([UInt16])
        case barrier

        var isHan: Bool { if case .han = self { true } else { false } }

        /// Of a word, or its beginning.
        var letters: [UInt16]? {
            switch self {
            case .word(let letters), .prefix(let letters): letters
            case .han, .barrier: nil
            }
        }

        /// Whether this, of a keyword, stands where `other` does in a text.
        func matches(_ other: Unit) -> Bool {
            if case (.prefix(let letters), .word(let word)) = (self, other) { return word.starts(with: letters) }
            return self == other
        }
    }

    let units: [Unit]

    /// - Precondition: not empty, and no barrier at either end.
    init(_ units: [Unit]) { self.units = units }

    /// The units of `range` in `analysis`, without barriers at the ends; nil when nothing is left.
    init?(_ analysis: Analysis, _ range: Range<Int>) {
        let units = Self.units(of: analysis, Self.trimmed(analysis, range))
        guard !units.isEmpty else { return nil }
        self.units = units
    }

    /// What is left of `range` without barriers at its ends.
    static func trimmed(_ analysis: Analysis, _ range: Range<Int>) -> Range<Int> {
        let kept = analysis.units[range].indices.filter { analysis.units[$0].kind != .barrier }
        guard let first = kept.first, let last = kept.last else { return range.lowerBound..<range.lowerBound }
        return first..<last + 1
    }

    /// The same with any word that begins like the last one in place of it.
    var openEnded: UnitSequence {
        guard case .word(let letters)? = units.last else { return self }
        return UnitSequence(units.dropLast() + [.prefix(letters)])
    }

    static func units(of analysis: Analysis, _ range: Range<Int>) -> [Unit] {
        analysis.units[range].map { unit in
            switch unit.kind {
            case .han: .han(unit.scalar)
            case .word: .word(Array(analysis.folded[Int(unit.start)..<Int(unit.end)]))
            case .barrier: .barrier
            }
        }
    }

    /// The places in `analysis` where the whole sequence stands, ascending; they may overlap.
    ///
    /// - Complexity: O(units of the text × units of the sequence), nearly always O(units of the text).
    func occurrences(in analysis: Analysis) -> [Range<Int>] {
        let text = analysis.units
        guard text.count >= units.count else { return [] }
        // Nearly all places are ruled out by their first unit, so that is compared by itself.
        let first = if case .han(let scalar) = units[0] { Optional(scalar) } else { nil as UInt32? }
        return (0...text.count - units.count).compactMap { start in
            if let first, text[start].scalar != first { return nil }
            for (offset, unit) in units.enumerated() {
                let found = text[start + offset]
                switch unit {
                case .han(let scalar):
                    guard found.kind == .han, found.scalar == scalar else { return nil }
                case .word(let word):
                    guard found.kind == .word,
                        analysis.folded[Int(found.start)..<Int(found.end)].elementsEqual(word)
                    else { return nil }
                case .prefix(let letters):
                    guard found.kind == .word,
                        analysis.folded[Int(found.start)..<Int(found.end)].starts(with: letters)
                    else { return nil }
                case .barrier:
                    guard found.kind == .barrier else { return nil }
                }
            }
            return start..<start + units.count
        }
    }
}
