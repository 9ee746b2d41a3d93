internal import Model
internal import Tokenizer

/// Tells how much folding an exact hit needs.
final class FoldLadder {
    private let plan: QueryPlan
    private let levels: FoldLevels
    /// The keywords at each level tried so far; nil at a level at which one is marks alone.
    private var keywords: [FoldLevel: [UnitSequence]?] = [:]

    init(_ plan: QueryPlan, _ levels: FoldLevels) {
        self.plan = plan
        self.levels = levels
    }

    /// The narrowest level at which every keyword stands in a text.
    ///
    /// - Parameter found: what the highlighter found in it, at the plan's level.
    /// - Complexity: an analysis a level tried; none when every keyword stands somewhere byte for byte, as nearly always.
    func level(of text: AnalysedParagraph, _ found: Highlighter.Result) throws(SearchError) -> FoldLevel {
        if found.isVerbatim { return .none }
        for level in FoldLevel.allCases where level < plan.fold {
            guard let keywords = try keywords(level) else { continue }
            let readings = try AnalysedParagraph(
                text.bytes, analyzer: try levels.analyzer(level), heals: text.healed != nil)
            let holds = keywords.allSatisfy { keyword in
                !keyword.occurrences(in: readings.plain).isEmpty
                    || readings.healed.map { !keyword.occurrences(in: $0).isEmpty } ?? false
            }
            if holds { return level }
        }
        return plan.fold
    }

    private func keywords(_ level: FoldLevel) throws(SearchError) -> [UnitSequence]? {
        if let known = keywords[level] { return known }
        var sequences: [UnitSequence] = []
        for spelling in plan.spellings {
            let analyzer = try levels.analyzer(level)
            let analysis: Analysis
            do { analysis = try analyzer.analyze(spelling, words: false) } catch { throw .analysis(error) }
            if let sequence = UnitSequence(analysis, analysis.units.indices) { sequences.append(sequence) }
        }
        let known = sequences.count == plan.spellings.count ? sequences : nil
        keywords[level] = .some(known)
        return known
    }
}
