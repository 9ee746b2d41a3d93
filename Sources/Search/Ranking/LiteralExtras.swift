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

    /// What a hit earns at most, beside the keywords' own scores.
    ///
    /// - Parameter weight: of the only keyword, where one term is all there is of it: its words are then no more than that
    ///   one, which stands nowhere more often. Nil in other cases.
    func most(onlyTermOf weight: Float?) -> HopefulHits.Extra {
        guard let weight, weight > 0 else { return .init(flat: words.most + titles.most) }
        return .init(part: words.most / weight, flat: titles.most)
    }

    /// What is to take the hits of a segment, with the keywords' own scores, before ``add(_:segment:to:)``: most hits of a
    /// frequent keyword are not worth a closer look.
    func collector(_ most: HopefulHits.Extra, segment: Int, _ top: TopHits) -> HopefulHits {
        HopefulHits(segment: segment, limit: limit, threshold: top.threshold, extra: most, rounding: rounding)
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
                hopeful = stillHopeful(hopeful, .init(flat: words.most), segment, &top)
            }
            try words.addScores(segment: segment, to: &hopeful)
        } catch {
            throw .format(error)
        }
        for hit in hopeful { top.add(hit) }
    }

    /// Those that may be among the best when what they earn at most is added.
    private func stillHopeful(
        _ hits: [RankedParagraph], _ most: HopefulHits.Extra, _ segment: Int, _ top: inout TopHits
    ) -> [RankedParagraph] {
        var still = collector(most, segment: segment, top)
        for hit in hits { still.add(hit.ordinal, hit.score) }
        let hopeful = still.finish()
        top.passOver(still.passedOver)
        return hopeful
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
