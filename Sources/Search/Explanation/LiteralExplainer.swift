internal import Bytes
internal import InvertedIndex
internal import Model

/// Takes literal scores apart: what each leaf of an expression adds to a paragraph, and what the title adds.
struct LiteralExplainer {
    private let engine: QueryEngine
    private let plan: QueryPlan
    private let model: BM25
    /// Nil when nothing is looked for literally.
    private let expression: QueryExpression<Clause>?

    /// A leaf, with the literals it is made of.
    private struct Clause {
        let leaf: QueryLeaf
        let literals: [LiteralClause]
    }

    init(_ engine: QueryEngine, _ plan: QueryPlan, _ expression: QueryExpression<QueryLeaf>?) throws(SearchError) {
        self.engine = engine
        self.plan = plan
        model = engine.model
        self.expression = try expression?.flatMap { (leaf) throws(SearchError) -> QueryExpression<Clause> in
            var literals: [LiteralClause] = []
            for part in leaf.parts {
                literals.append(try LiteralClause(part.literal, heals: plan.heals, finder: engine.finder))
            }
            return .leaf(Clause(leaf: leaf, literals: literals))
        }
    }

    /// - Parameter answer: in a literal mode.
    init(_ engine: QueryEngine, _ answer: RankedAnswer) throws(SearchError) {
        let plan = answer.plan
        let isInWords = answer.summary.mode == .all
        let leaves = (isInWords ? plan.words : plan.keywords).map {
            QueryExpression.leaf(QueryLeaf(parts: [.init(literal: $0)], distance: nil))
        }
        try self.init(
            engine, plan, (isInWords ? plan.wordExpression : plan.expression) ?? .every(leaves, except: []))
    }

    /// The leaves that score in a paragraph, in the order of the query.
    func keywords(of ranked: RankedParagraph) throws(SearchError) -> [ScoreExplanation.Keyword] {
        guard let expression else { return [] }
        return try keywords(expression, ranked) ?? []
    }

    /// Nil where the expression does not hold.
    private func keywords(_ expression: QueryExpression<Clause>, _ ranked: RankedParagraph) throws(SearchError)
        -> [ScoreExplanation.Keyword]?
    {
        switch expression {
        case .leaf(let clause): return try keyword(clause, ranked).map { [$0] }
        case .every(let parts, let except):
            var found: [ScoreExplanation.Keyword] = []
            for part in parts {
                guard let keywords = try keywords(part, ranked) else { return nil }
                found += keywords
            }
            for part in except where try keywords(part, ranked) != nil { return nil }
            return found
        case .some(let parts):
            var found: [ScoreExplanation.Keyword]?
            for part in parts {
                if let keywords = try keywords(part, ranked) { found = (found ?? []) + keywords }
            }
            return found
        }
    }

    /// Nil where the leaf is not found.
    private func keyword(_ clause: Clause, _ ranked: RankedParagraph) throws(SearchError)
        -> ScoreExplanation.Keyword?
    {
        let reader = engine.snapshot.segments[ranked.segment]
        let leaf = clause.leaf
        var frequency = Int.max
        for literal in clause.literals {
            let cursor = try SearchError.format { () throws(FormatError) in
                try LiteralCursor(literal, segment: ranked.segment, analyzer: plan.analyzer)
            }
            guard let cursor, try cursor.seek(UInt32(ranked.ordinal)) == UInt32(ranked.ordinal) else { return nil }
            frequency = Int(cursor.frequency)
        }
        if leaf.distance != nil {
            let verifier = NearVerifier(leaf, heals: plan.heals, segment: reader, analyzer: plan.analyzer)
            frequency = try verifier.occurrences(inParagraph: ranked.ordinal)
            if frequency == 0 { return nil }
        }
        let documents = clause.literals.map(\.documentCount).min() ?? 0
        let length = try SearchError.format { () throws(FormatError) in
            try reader.articles.paragraphLengths.length(of: ranked.ordinal)
        }
        let share = model.share(frequency: Float(frequency), length: length)
        return ScoreExplanation.Keyword(
            text: leaf.text, inverseFrequency: model.inverseFrequency(documents: documents),
            documentCount: documents,
            inParagraph: frequency, score: model.weight(documents: documents) * share)
    }

    /// What words and titles add to paragraphs, in their order.
    func extras(_ ranked: [RankedParagraph]) throws(SearchError) -> [(words: Float, title: Float)] {
        let extras = try LiteralExtras(
            plan, model: model, finder: engine.finder, spans: engine.spans,
            scoresWords: expression?.isConjunction ?? false)
        var scores = [(words: Float, title: Float)](repeating: (0, 0), count: ranked.count)
        for segment in Set(ranked.map(\.segment)) {
            let places = ranked.indices.filter { ranked[$0].segment == segment }.sorted {
                ranked[$0].ordinal < ranked[$1].ordinal
            }
            let found = try extras.parts(places.map { ranked[$0].ordinal }, segment: segment)
            for (place, parts) in zip(places, found) { scores[place] = parts }
        }
        return scores
    }
}

extension QueryLeaf {
    /// As the query language writes it, folded.
    fileprivate var text: String {
        let texts = parts.map { $0.literal.wanted.text }
        return distance.map { "\"\(texts.joined(separator: " "))\"~\($0)" } ?? texts[0]
    }
}

extension UnitSequence {
    /// Its characters and words, with a space between words and `|` for marks.
    fileprivate var text: String {
        var text = ""
        for (index, unit) in units.enumerated() {
            if index > 0, unit.letters != nil, units[index - 1].letters != nil { text += " " }
            switch unit {
            case .han(let scalar): text += String.han([scalar])
            case .word(let letters): text += String(decoding: letters, as: UTF16.self)
            case .prefix(let letters): text += String(decoding: letters, as: UTF16.self) + "*"
            case .barrier: text += "|"
            }
        }
        return text
    }
}
