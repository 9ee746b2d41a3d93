internal import Bytes
internal import InvertedIndex

/// An expression with its literals looked up in every segment.
struct BooleanQuery {
    /// A leaf, with the literals it is made of.
    private struct Clause {
        let leaf: QueryLeaf
        let literals: [LiteralClause]
        let weight: Float
    }

    private let expression: QueryExpression<Clause>
    private let plan: QueryPlan
    private let segments: [SegmentReader]

    init(_ expression: QueryExpression<QueryLeaf>, _ plan: QueryPlan, model: BM25, finder: TermFinder)
        throws(SearchError)
    {
        self.plan = plan
        segments = finder.segments
        let clauses = try expression.compactMap { (leaf) throws(SearchError) -> Clause? in
            var literals: [LiteralClause] = []
            for part in leaf.parts {
                literals.append(try LiteralClause(part.literal, heals: plan.heals, finder: finder))
            }
            let documents = literals.map(\.documentCount).min() ?? 0
            return Clause(leaf: leaf, literals: literals, weight: model.weight(documents: documents))
        }
        guard let clauses else { preconditionFailure("no leaf is left out") }
        self.expression = clauses
    }

    /// Walks the paragraphs of a segment for which the expression holds; nil when there can be none.
    func cursor(segment: Int) throws(SearchError) -> ParagraphCursor? { try cursor(expression, segment) }

    private func cursor(_ expression: QueryExpression<Clause>, _ segment: Int) throws(SearchError)
        -> ParagraphCursor?
    {
        switch expression {
        case .leaf(let clause): return try cursor(clause, segment)
        case .every(let parts, let except):
            var found: [ParagraphCursor] = []
            for part in parts {
                guard let cursor = try cursor(part, segment) else { return nil }
                found.append(cursor)
            }
            let excluded = try cursors(except, segment)
            return found.count == 1 && excluded.isEmpty ? found[0] : EveryCursor(found, except: excluded)
        case .some(let parts):
            let found = try cursors(parts, segment)
            return found.count > 1 ? SomeCursor(found) : found.first
        }
    }

    private func cursors(_ parts: [QueryExpression<Clause>], _ segment: Int) throws(SearchError)
        -> [ParagraphCursor]
    {
        var found: [ParagraphCursor] = []
        for part in parts { if let cursor = try cursor(part, segment) { found.append(cursor) } }
        return found
    }

    private func cursor(_ clause: Clause, _ segment: Int) throws(SearchError) -> ParagraphCursor? {
        var literals: [LiteralCursor] = []
        for literal in clause.literals {
            let cursor = try SearchError.format { () throws(FormatError) in
                try LiteralCursor(literal, segment: segment, analyzer: plan.analyzer)
            }
            guard let cursor else { return nil }
            literals.append(cursor)
        }
        guard literals.count > 1 else { return LeafCursor(literals[0], weight: clause.weight) }
        let verifier = NearVerifier(
            clause.leaf, heals: plan.heals, segment: segments[segment], analyzer: plan.analyzer)
        return NearCursor(literals[0], literals[1], verifier: verifier, weight: clause.weight)
    }
}
