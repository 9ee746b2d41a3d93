internal import Bytes
internal import InvertedIndex
internal import Model

/// What paragraphs earn that match literally, beside the keywords themselves: for their words, and for their title.
struct LiteralExtras {
    private let words: WordScorer
    private let titles: TitleScorer
    private let rounding: Rounding

    /// - Parameter scoresWords: false where a hit may lack a keyword, whose words are then worth nothing.
    init(
        _ plan: QueryPlan, model: BM25, finder: TermFinder, spans: SegmentSpans, scoresWords: Bool = true
    ) throws(SearchError) {
        let terms = plan.extraTerms()
        do throws(FormatError) {
            words = try WordScorer(
                scoresWords ? terms : [], heals: plan.heals, model: model, finder: finder)
            titles = try TitleScorer(terms, finder: finder, spans: spans)
        } catch {
            throw .format(error)
        }
        rounding = Rounding(terms: terms.count)
    }

    /// What is to take the hits of a segment.
    ///
    /// - Parameters:
    ///   - weight: of the only keyword, where one term is all there is of it: its words are then no more than that one, which
    ///     stands nowhere more often. Nil in other cases.
    ///   - top: the best hits of other segments.
    func ranking(
        onlyTermOf weight: Float? = nil, segment: Int, live: LiveFilter, top: consuming TopHits
    ) throws(SearchError) -> LiteralRanking {
        let most: LiteralRanking.Most =
            if let weight, weight > 0 { .init(part: words.most / weight, flat: 0) } else { .init(flat: words.most) }
        do throws(FormatError) {
            return LiteralRanking(
                segment: segment, live: live, titles: try titles.cursor(segment: segment), mostByTitle: titles.most,
                words: try words.cursor(segment: segment), mostByWords: most, rounding: rounding, top: top)
        } catch {
            throw .format(error)
        }
    }

    /// What each of some paragraphs of a segment earns, ascending.
    func parts(_ ordinals: [Int], segment: Int) throws(SearchError) -> [(words: Float, title: Float)] {
        var parts: [(words: Float, title: Float)] = []
        do throws(FormatError) {
            let words = try words.cursor(segment: segment)
            var titles = try titles.cursor(segment: segment)
            for ordinal in ordinals {
                parts.append((try words.score(of: ordinal) ?? 0, try titles.score(of: ordinal)))
            }
        } catch {
            throw .format(error)
        }
        return parts
    }
}
