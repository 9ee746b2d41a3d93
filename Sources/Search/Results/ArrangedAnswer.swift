public import Model

/// A ranked answer as it is to be shown: grouped, folded or neither.
public struct ArrangedAnswer {
    /// The paragraphs to show, in order.
    public let answer: RankedAnswer
    public let options: ResultOptions
    /// Where each of them stands in its group; empty without groups.
    let groups: [Hit.Group]
    /// Paragraphs folded into each of them; empty when none are folded.
    let duplicates: [Int]

    /// The places of the hits of some groups, for ``QueryEngine/hits(_:_:detail:)``.
    ///
    /// - Parameter numbers: from 1, in order; those that there are not have no hits.
    public func places(ofGroups numbers: Range<Int>) -> Range<Int> {
        let first = groups.firstIndex { $0.number >= numbers.lowerBound } ?? groups.count
        let end = groups[first...].firstIndex { $0.number >= numbers.upperBound } ?? groups.count
        return first..<end
    }
}

/// Picks paragraphs from ranks, best first: groups them by article, and folds near-duplicates into the best.
///
/// - `limit` articles are taken, or without groups paragraphs; 0 for all.
/// - A paragraph that would be shown is compared with those shown before; one that is none of theirs is shown.
/// - Duplicates are counted among the ranks that it is given, each with the first one shown that it is nearly.
struct HitArranger {
    /// A paragraph taken.
    struct Taken {
        /// Its place among the ranks, from 0.
        var rank: Int
        var group = Hit.Group(number: 0, place: 0)
        var duplicates = 0
    }

    let limit: Int
    /// 0 for no groups.
    let perArticle: Int
    /// Whether near-duplicates are folded.
    let collapses: Bool

    /// Takes from `ranks`, in order.
    ///
    /// - Parameters:
    ///   - article: tells the article of a rank; asked only with groups.
    ///   - sketch: tells what is compared of a rank; asked only when folding.
    func take<Article: Hashable>(
        _ ranks: Range<Int>, article: (Int) throws(SearchError) -> Article,
        sketch: (Int) throws(SearchError) -> NearDuplicates.Sketch
    ) throws(SearchError) -> (taken: [Taken], isFull: Bool) {
        var taken: [Taken] = []
        var known = NearDuplicates()
        var groups: [Article: (number: Int, count: Int)] = [:]
        for rank in ranks {
            let text = collapses ? try sketch(rank) : nil
            if let text, let first = known.find(text) {
                taken[first].duplicates += 1
                continue
            }
            var next = Taken(rank: rank)
            if perArticle > 0 {
                let key = try article(rank)
                let group = groups[key] ?? (groups.count + 1, 0)
                guard limit == 0 || group.number <= limit, group.count < perArticle else { continue }
                groups[key] = (group.number, group.count + 1)
                next.group = Hit.Group(number: group.number, place: group.count + 1)
            } else if limit > 0, taken.count == limit {
                continue
            }
            if let text { known.keep(text) }
            taken.append(next)
        }
        let count = perArticle > 0 ? groups.count : taken.count
        // Groups come one after the other; in each, ranks ascend.
        if perArticle > 0 { taken.sort { ($0.group.number, $0.rank) < ($1.group.number, $1.rank) } }
        return (taken, limit > 0 && count >= limit)
    }
}
