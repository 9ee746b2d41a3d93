internal import Bytes
internal import InvertedIndex
internal import Model

extension QueryEngine {
    /// Paragraphs for which an expression holds. Their title adds to the score, never to the match.
    func matching(
        _ expression: QueryExpression<QueryLeaf>, _ plan: QueryPlan, _ gate: ParagraphGate?, mode: SearchMode
    ) throws(SearchError) -> RankedAnswer {
        let query = try BooleanQuery(expression, plan, model: model, finder: finder)
        let extras = try LiteralExtras(
            plan, model: model, finder: finder, spans: spans, scoresWords: expression.isConjunction)
        var top = TopHits(limit: plan.limit)
        for segment in searchOrder {
            if plan.endsAtFirst, top.count > 0 { break }
            guard let cursor = try query.cursor(segment: segment) else { continue }
            let lengths = snapshot.segments[segment].articles.paragraphLengths
            var ranking = try extras.ranking(segment: segment, live: live[segment], top: top)
            while try cursor.next() != PostingsCursor.noMoreDocuments {
                let ordinal = Int(cursor.document)
                guard live[segment].contains(ordinal) else { continue }
                if let gate, try !gate.admits(ordinal, segment: segment) { continue }
                try SearchError.format { () throws(FormatError) in
                    try ranking.add(ordinal, cursor.score(model, length: try lengths.length(of: ordinal)))
                }
                if plan.endsAtFirst { break }
            }
            top = ranking.top
        }
        return try answer(plan, top, mode: mode)
    }
}
