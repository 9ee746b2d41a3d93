internal import Bytes
internal import InvertedIndex
internal import Model

/// What paragraphs earn that match literally, beside the keywords themselves: for their words, and for their title.
struct LiteralExtras {
    private let words: WordScorer
    private let titles: TitleScorer
    private let limit: Int
    private let rounding: Rounding

    /// - Parameter scoresWords: false where a hit may lack a keyword, whose words are then worth nothing.
    init(
        _ plan: QueryPlan, model: BM25, finder: TermFinder, spans: SegmentSpans, scoresWords: Bool = true
    ) throws(SearchError) {
        limit = plan.limit
        do throws(FormatError) {
            words = try WordScorer(
                scoresWords ? plan.allTerms : [], heals: plan.heals, model: model, finder: finder)
            titles = try TitleScorer(plan.allTerms, finder: finder, spans: spans)
        } catch {
            throw .format(error)
        }
        rounding = Rounding(terms: plan.allTerms.count)
    }

    /// What is to take the hits of a segment, with the keywords' own scores, before ``add(_:segment:to:)``: most hits of a
    /// frequent keyword are not worth a closer look.
    func collector(segment: Int, _ top: TopHits) -> HopefulHits {
        HopefulHits(
            segment: segment, limit: limit, threshold: top.threshold, most: words.most + titles.most,
            rounding: rounding)
    }

    /// Takes the hits of a segment, with what they earn beside the keywords' own scores.
    func add(_ found: HopefulHits, segment: Int, to top: inout TopHits) throws(SearchError) {
        var found = found
        var hopeful = found.finish()
        top.passOver(found.passedOver)
        do throws(FormatError) {
            // Titles first: they are walked at once, and words are then read for fewer.
            if !titles.isEmpty {
                try titles.addScores(segment: segment, to: &hopeful)
                var still = HopefulHits(
                    segment: segment, limit: limit, threshold: top.threshold, most: words.most, rounding: rounding)
                for hit in hopeful { still.add(hit.ordinal, hit.score) }
                hopeful = still.finish()
                top.passOver(still.passedOver)
            }
            try words.addScores(segment: segment, to: &hopeful)
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
}
