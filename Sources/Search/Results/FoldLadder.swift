internal import Model
internal import Tokenizer

/// Tells how much folding an exact hit needs.
final class FoldLadder {
    private let plan: QueryPlan
    private let levels: FoldLevels
    /// What is to be found, at each level tried so far; nil at a level at which some of it is marks alone.
    private var wanted: [FoldLevel: QueryExpression<Wanted>?] = [:]

    /// A leaf at some level.
    private struct Wanted {
        let sequences: [UnitSequence]
        let distance: Int?

        func isFound(in text: AnalysedParagraph) -> Bool {
            !LeafPlaces.find(sequences, within: distance, in: text.plain).isEmpty
                || text.healed.map { !LeafPlaces.find(sequences, within: distance, in: $0).isEmpty } ?? false
        }
    }

    init(_ plan: QueryPlan, _ levels: FoldLevels) {
        self.plan = plan
        self.levels = levels
    }

    /// The narrowest level at which all that is to be found stands in a text. What stands nowhere at the query's level,
    /// since it is after NOT, does not at a narrower one.
    ///
    /// - Parameter found: what the highlighter found in it, at the plan's level.
    /// - Complexity: an analysis a level tried; none when every keyword stands somewhere byte for byte, as nearly always.
    func level(of text: AnalysedParagraph, _ found: Highlighter.Result) throws(SearchError) -> FoldLevel {
        if found.isVerbatim { return .none }
        for level in FoldLevel.allCases where level < plan.fold {
            guard let wanted = try wanted(level) else { continue }
            let readings = try AnalysedParagraph(
                text.bytes, analyzer: try levels.analyzer(level), heals: text.healed != nil)
            let holds = wanted.holds { $0.isFound(in: readings) }
            if holds { return level }
        }
        return plan.fold
    }

    private func wanted(_ level: FoldLevel) throws(SearchError) -> QueryExpression<Wanted>? {
        if let known = wanted[level] { return known }
        let keywords = zip(plan.keywords, plan.spellings).map { literal, spelling in
            QueryExpression.leaf(QueryLeaf(parts: [.init(literal: literal, spelling: spelling)], distance: nil))
        }
        let analyzer = try levels.analyzer(level)
        var isWhole = true
        let found = try (plan.expression?.positive ?? .every(keywords, except: [])).compactMap {
            (leaf) throws(SearchError) -> Wanted? in
            var sequences: [UnitSequence] = []
            for part in leaf.parts {
                let analysis: Analysis
                do throws(AnalysisError) {
                    analysis = try analyzer.analyze(part.spelling, words: false)
                } catch {
                    throw .analysis(error)
                }
                guard let sequence = UnitSequence(analysis, analysis.units.indices) else {
                    isWhole = false
                    return nil
                }
                sequences.append(part.isPrefix ? sequence.openEnded : sequence)
            }
            return Wanted(sequences: sequences, distance: leaf.distance)
        }
        let known = isWhole ? found : nil
        wanted[level] = .some(known)
        return known
    }
}
