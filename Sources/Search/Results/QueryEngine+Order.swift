internal import Bytes
internal import InvertedIndex
internal import Model

extension QueryEngine {
    /// Finds, then puts in another order than that of scores, then groups, folds and limits.
    ///
    /// - Complexity: O(hits × log hits), and a record of each hit's article is read.
    func arrangeOrdered(_ request: SearchRequest) throws(SearchError) -> ArrangedAnswer {
        let order = request.results.order
        var all = request
        all.limit = 0
        if request.mode == .auto { all.mode = .exact }
        if request.mode != .any {
            let found = try run(all)
            if found.summary.hits > 0 || request.mode != .auto {
                return try arrange(found.ranked(try ordered(found.ranked, order)), request)
            }
        }
        // Best match, or what a literal search without hits falls back to.
        var ranking = request
        ranking.results.order = .score
        return try arrange(ranking).ordered { (ranked) throws(SearchError) in try places(ranked, order) }
    }

    /// Groups, folds and limits hits that stand in order already.
    private func arrange(_ found: RankedAnswer, _ request: SearchRequest) throws(SearchError) -> ArrangedAnswer {
        let options = request.results
        guard options.perArticle > 0 || options.collapses else {
            let isCut = request.limit > 0 && found.ranked.count > request.limit
            let shown = isCut ? Array(found.ranked[..<request.limit]) : found.ranked
            return ArrangedAnswer(answer: found.ranked(shown), options: options, groups: [], duplicates: [])
        }
        let arranger = HitArranger(
            limit: request.limit, perArticle: options.perArticle, collapses: options.collapses)
        return try arrange(found, arranger, options)
    }

    private func ordered(_ ranked: [RankedParagraph], _ order: HitOrder) throws(SearchError) -> [RankedParagraph] {
        try places(ranked, order).map { ranked[$0] }
    }

    /// Where hits stand among `ranked`, in another order. Equal ones keep theirs.
    private func places(_ ranked: [RankedParagraph], _ order: HitOrder) throws(SearchError) -> [Int] {
        try SearchError.format { () throws(FormatError) in
            var keys: [OrderKey] = []
            keys.reserveCapacity(ranked.count)
            for hit in ranked { keys.append(try key(hit, order)) }
            return keys.indices.sorted { left, right in
                if keys[left] == keys[right] { return left < right }
                return keys[left] < keys[right]
            }
        }
    }

    private func key(_ hit: RankedParagraph, _ order: HitOrder) throws(FormatError) -> OrderKey {
        let articles = snapshot.segments[hit.segment].articles
        let article = try articles.article(ofParagraph: hit.ordinal)
        switch order {
        case .score: return OrderKey()
        case .date:
            guard let day = DatePeriod(found: try articles.record(article).date)?.first else {
                return OrderKey(days: .max)
            }
            return OrderKey(days: -((day.year * 16 + day.month) * 32 + day.day))
        case .path:
            let source = try snapshot.source(try articles.source(ofArticle: article), ofSegment: hit.segment)
            return OrderKey(
                path: source?.path ?? Path(bytes: []),
                id: try snapshot.articleID(article, ofSegment: hit.segment),
                number: hit.ordinal - (try articles.paragraphs(ofArticle: article).lowerBound))
        }
    }
}

/// What hits are put in order by.
private struct OrderKey: Equatable, Comparable {
    /// Ascends from new to old.
    var days = 0
    var path = Path(bytes: [])
    var id: [UInt8] = []
    var number = 0

    static func < (left: OrderKey, right: OrderKey) -> Bool {
        if left.days != right.days { return left.days < right.days }
        if left.path != right.path { return left.path < right.path }
        if left.id != right.id { return left.id.lexicographicallyPrecedes(right.id) }
        return left.number < right.number
    }
}

extension RankedAnswer {
    /// The same answer with other paragraphs to show.
    fileprivate func ranked(_ shown: [RankedParagraph]) -> RankedAnswer {
        var summary = summary
        summary.returned = shown.count
        return RankedAnswer(plan: plan, summary: summary, ranked: shown)
    }
}

extension ArrangedAnswer {
    /// What is shown, in another order. Groups stay together, in the order of the first of each.
    fileprivate func ordered(_ places: ([RankedParagraph]) throws(SearchError) -> [Int]) throws(SearchError)
        -> ArrangedAnswer
    {
        var order = try places(answer.ranked)
        var numbered: [Hit.Group] = []
        if !groups.isEmpty {
            var members: [[Int]] = []
            var numbers: [Int: Int] = [:]
            for place in order {
                let old = groups[place].number
                if let known = numbers[old] {
                    members[known].append(place)
                } else {
                    numbers[old] = members.count
                    members.append([place])
                }
            }
            numbered = members.enumerated().flatMap { number, places in
                places.indices.map { Hit.Group(number: number + 1, place: $0 + 1) }
            }
            order = members.flatMap { $0 }
        }
        return ArrangedAnswer(
            answer: answer.ranked(order.map { answer.ranked[$0] }), options: options, groups: numbered,
            duplicates: duplicates.isEmpty ? [] : order.map { duplicates[$0] })
    }
}
