internal import Bytes
internal import InvertedIndex
internal import Model

/// A term of a best-match query, looked up in every segment. A class, as it is handed about: a copy would count references to its
/// lists.
final class RankedTerm {
    let term: QueryPlan.ScoredTerm
    /// What it is worth over the whole index: its weight in the query times its idf, `k1 + 1` included.
    let weight: Float
    /// Paragraphs, or articles by their titles, that hold it: the greater of both.
    let documentCount: Int
    /// One a segment.
    let bodies: [TermEntry?]
    let titles: [TermEntry?]
    let healed: [TermEntry?]

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
        return zip(terms, found).compactMap { term, entries in
            RankedTerm(
                term, bodies: entries[.body] ?? finder.absent,
                titles: hasTitles ? entries[.title] ?? finder.absent : finder.absent,
                healed: heals ? entries[.healed] ?? finder.absent : finder.absent, model: model)
        }
    }

    /// - Returns: nil when no segment has the term.
    private init?(
        _ term: QueryPlan.ScoredTerm, bodies: [TermEntry?], titles: [TermEntry?], healed: [TermEntry?], model: BM25
    ) {
        documentCount = [bodies, titles, healed].map(Self.documents).max() ?? 0
        if documentCount == 0 { return nil }
        weight = term.weight * model.weight(documents: documentCount)
        self.term = term
        self.bodies = bodies
        self.titles = titles
        self.healed = healed
    }

    private static func documents(_ entries: [TermEntry?]) -> Int {
        entries.reduce(0) { $0 + ($1?.documentCount ?? 0) }
    }

    /// Paragraphs whose plain text holds it, deleted ones included.
    var bodyCount: Int { Self.documents(bodies) }

    /// Postings of all fields in a segment.
    func postingCount(_ segment: Int) -> Int { fields(segment).reduce(0) { $0 + $1.documentCount } }

    /// How many fields of a segment have it.
    func fieldCount(_ segment: Int) -> Int { fields(segment).count }

    private func fields(_ segment: Int) -> [TermEntry] {
        [bodies[segment], titles[segment], healed[segment]].compactMap(\.self)
    }

    /// The most that the term can add to the score of a paragraph of a segment, its article's part included.
    ///
    /// - Parameters:
    ///   - reader: of the segment.
    ///   - isFlat: whether each of its articles has one paragraph.
    func bound(_ segment: Int, of reader: SegmentReader, isFlat: Bool, model: BM25) throws(FormatError) -> Float {
        // What a title adds to a frequency is not known of the impacts.
        guard titles[segment] == nil else { return weight * (1 + RankingWeights.article) }
        // A paragraph counts by one of its readings.
        var impact: UInt8?
        for entry in [bodies[segment], healed[segment]] {
            if let entry { impact = max(impact ?? 0, try reader.greatestImpact(entry)) }
        }
        guard let impact else { return 0 }
        let scale = reader.paragraphScale
        let ofArticle = isFlat ? model.articleBound(impact, scale) : 1
        return weight
            * (scale.bound(impact, average: model.averageLength) + RankingWeights.article * ofArticle)
    }
}
