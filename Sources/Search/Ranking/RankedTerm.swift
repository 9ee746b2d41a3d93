internal import Bytes
internal import InvertedIndex
internal import Model

/// A term of a best-match query, looked up in every segment. A class, as it is handed about.
final class RankedTerm {
    let term: QueryPlan.ScoredTerm
    /// What it is worth over the whole index: its weight in the query times its idf, `k1 + 1` included.
    let weight: Float
    /// Paragraphs, or articles by their titles, that hold it: the greater of both.
    let documentCount: Int
    private let found: FoundTerm
    /// Fields that count.
    private let fields: [Field]

    /// Looks terms up.
    ///
    /// - Parameters:
    ///   - heals: whether healed readings are to count.
    ///   - titles: whether titles are.
    /// - Returns: those that any segment has, in their order.
    static func find(
        _ terms: [QueryPlan.ScoredTerm], heals: Bool, titles hasTitles: Bool = true, model: BM25,
        finder: TermFinder
    ) throws(FormatError) -> [RankedTerm] {
        let fields: [Field] = [.body] + (hasTitles ? [.title] : []) + (heals ? [.healed] : [])
        let found = try finder.find(terms.map(\.key), in: fields)
        return zip(terms, found).compactMap { RankedTerm($0, $1, fields, model) }
    }

    /// - Returns: nil when no segment has the term.
    private init?(_ term: QueryPlan.ScoredTerm, _ found: FoundTerm, _ fields: [Field], _ model: BM25) {
        documentCount = fields.reduce(0) { max($0, found.documentCount($1)) }
        if documentCount == 0 { return nil }
        weight = term.weight * model.weight(documents: documentCount)
        self.term = term
        self.found = found
        self.fields = fields
    }

    /// What a segment says of it in a field; nil where that does not have it, or does not count.
    func entry(_ field: Field, segment: Int) -> TermEntry? {
        fields.contains(field) ? found.entry(field, segment: segment) : nil
    }

    /// Paragraphs whose plain text holds it, deleted ones included.
    var bodyCount: Int { found.documentCount(.body) }
}
