internal import Bytes
internal import InvertedIndex
internal import Model

/// What paragraphs earn that match literally, beside the keywords themselves: for their words, and for their title.
struct LiteralExtras {
    private let words: WordScorer
    private let titles: TitleScorer
    private let limit: Int

    /// - Parameters:
    ///   - fields: which each segment has.
    ///   - scoresWords: false where a hit may lack a keyword, whose words are then worth nothing.
    init(
        _ plan: QueryPlan, fields: [Set<Field>], model: BM25, segments: [SegmentReader], scoresWords: Bool = true
    ) throws(SearchError) {
        limit = plan.limit
        let readings: Set<Field> = plan.heals ? [.body, .healed] : [.body]
        do throws(FormatError) {
            words = try WordScorer(
                scoresWords ? plan.allTerms : [], fields: fields.map { $0.intersection(readings) }, model: model,
                segments: segments)
            titles = try TitleScorer(plan.allTerms, fields: fields, segments: segments)
        } catch {
            throw .format(error)
        }
    }

    /// Takes the hits of a segment, with what they earn beside the keywords' own scores.
    ///
    /// - Parameter found: all hits of the segment, ascending, with these.
    func add(_ found: [RankedParagraph], segment: Int, to top: inout TopHits) throws(SearchError) {
        var hopeful = found
        if limit > 0, let threshold = threshold(found, top) {
            // Most hits of a frequent keyword are not worth the look.
            let most = words.most + titles.most
            hopeful = found.filter { !PrunedSearch.isHopeless($0.score + most, threshold) }
            top.passOver(found.count - hopeful.count)
        }
        do throws(FormatError) {
            try words.addScores(segment: segment, to: &hopeful)
            try titles.addScores(segment: segment, to: &hopeful)
        } catch {
            throw .format(error)
        }
        for hit in hopeful { top.add(hit) }
    }

    /// What each of some paragraphs of a segment earns, ascending.
    func parts(_ ordinals: [Int], segment: Int) throws(SearchError) -> [(words: Float, title: Float)] {
        let none = ordinals.map { RankedParagraph(segment: segment, ordinal: $0, score: 0) }
        var (byWords, byTitle) = (none, none)
        do throws(FormatError) {
            try words.addScores(segment: segment, to: &byWords)
            try titles.addScores(segment: segment, to: &byTitle)
        } catch {
            throw .format(error)
        }
        return zip(byWords, byTitle).map { ($0.score, $1.score) }
    }

    /// What enough hits score without what is added; nil when there are not enough.
    private func threshold(_ found: [RankedParagraph], _ top: TopHits) -> Float? {
        var best = BestScores(limit: limit)
        for hit in found { best.add(hit.score) }
        guard let least = best.least else { return top.threshold }
        return max(least, top.threshold ?? least)
    }
}
