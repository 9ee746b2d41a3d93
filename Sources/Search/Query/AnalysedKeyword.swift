internal import Model
internal import Tokenizer

/// A keyword with the units that are looked for. A class, as it is handed about: a copy would count references to each of its
/// parts.
final class AnalysedKeyword {
    let keyword: Keyword
    let analysis: Analysis
    /// The same units as they are spelled at the level that the query narrows to, if any.
    private let narrowed: Analysis?
    /// Its units without marks at the ends.
    let units: Range<Int>
    let literal: Literal

    /// Whether any word counts that begins like its last one.
    let isPrefix: Bool

    /// - Parameters:
    ///   - narrow: the analyzer of the level that the query narrows to, if any.
    ///   - isPlain: whether a `*` at its end is a mark like any other.
    /// - Returns: nil for a keyword of marks alone.
    init?(_ keyword: Keyword, analyzer: Analyzer, narrow: Analyzer?, isPlain: Bool) throws(SearchError) {
        let analysis = try analyzer.analyzed(keyword.text.utf8)
        let units = UnitSequence.trimmed(analysis, analysis.units.indices)
        let isPrefix = !isPlain && !keyword.isQuoted && Self.endsInWordAndStar(keyword.text, analysis)
        let narrowed = try narrow?.analyzed(keyword.text.utf8, words: false)
        guard let literal = Self.literal(units, of: analysis, narrowed, isPrefix: isPrefix) else { return nil }
        self.keyword = keyword
        self.analysis = analysis
        self.narrowed = narrowed
        self.units = units
        self.literal = literal
        self.isPrefix = isPrefix
    }

    /// Whether a text ends in letters or digits with one star right behind them.
    private static func endsInWordAndStar(_ text: String, _ analysis: Analysis) -> Bool {
        let count = text.utf8.count
        let units = analysis.units
        guard text.utf8.last == UInt8(ascii: "*"), units.count > 1, units[units.count - 2].kind == .word else {
            return false
        }
        return analysis.sourceRange(of: units.count - 2..<units.count - 1).upperBound == count - 1
    }

    /// As typed, without marks at the ends.
    var spelling: [UInt8] { Array(Array(keyword.text.utf8)[analysis.sourceRange(of: units)]) }

    /// ICU's words, and every unit that is in none of them.
    func words() -> [Literal] {
        var ranges: [Range<Int>] = []
        var next = 0
        for word in analysis.words {
            let first = Int(word.unit)
            ranges += (next..<first).map { $0..<$0 + 1 }
            next = first + Int(word.count)
            ranges.append(first..<next)
        }
        ranges += (next..<analysis.units.count).map { $0..<$0 + 1 }
        return ranges.compactMap { range in
            Self.literal(
                range, of: analysis, narrowed, isPrefix: isPrefix && range.upperBound == units.upperBound)
        }
    }

    /// Some units of a keyword as what to look for; nil when these are marks alone.
    private static func literal(
        _ units: Range<Int>, of analysis: Analysis, _ narrowed: Analysis?, isPrefix: Bool
    ) -> Literal? {
        func sequence(_ analysis: Analysis) -> UnitSequence? {
            UnitSequence(analysis, units).map { isPrefix ? $0.openEnded : $0 }
        }
        return sequence(analysis).map { Literal(sequence: $0, narrowed: narrowed.flatMap(sequence)) }
    }
}

extension Analyzer {
    fileprivate func analyzed(_ text: some Collection<UInt8>, words: Bool = true) throws(SearchError) -> Analysis {
        do { return try analyze(text, words: words) } catch { throw .analysis(error) }
    }
}
