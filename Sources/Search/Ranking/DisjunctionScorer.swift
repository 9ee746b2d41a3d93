internal import Bytes
internal import InvertedIndex
internal import Model

/// Scores every paragraph that holds any of a plan's terms, one segment at a time.
///
/// Exhaustive: adds each posting's share into an array of one score a paragraph. Exact by construction.
///
/// A title counts as part of each of its article's paragraphs, in the way of BM25F (Robertson, Zaragoza and
/// Taylor, "Simple BM25 extension to multiple weighted fields", 2004): its frequencies, times a weight, join the
/// paragraph's before saturation, so that a word in both is not paid twice.
struct DisjunctionScorer {
    /// A term with what it is worth over the whole index, and where each segment keeps it.
    private struct Weighted {
        var weight: Float
        /// One a segment.
        var bodies: [TermEntry?]
        var titles: [TermEntry?]
        var healed: [TermEntry?]
    }

    private let segments: [SegmentReader]
    private let model: BM25
    private let terms: [Weighted]

    /// - Parameter heals: whether what only healed readings hold counts.
    init(_ terms: [QueryPlan.ScoredTerm], heals: Bool, model: BM25, segments: [SegmentReader]) throws(FormatError) {
        self.segments = segments
        self.model = model
        var weighted: [Weighted] = []
        for term in terms {
            let bodies = try Self.entries(term.key(.body), segments)
            let titles = try Self.entries(term.key(.title), segments)
            let healed =
                heals ? try Self.entries(term.key(.healed), segments) : Array(repeating: nil, count: segments.count)
            let documents = max(Self.documents(bodies), Self.documents(titles), Self.documents(healed))
            guard documents > 0 else { continue }
            let weight = term.weight * model.weight(documents: documents)
            weighted.append(Weighted(weight: weight, bodies: bodies, titles: titles, healed: healed))
        }
        self.terms = weighted
    }

    private static func entries(_ key: TermKey, _ segments: [SegmentReader]) throws(FormatError) -> [TermEntry?] {
        var entries: [TermEntry?] = []
        for segment in segments { entries.append(try segment.find(key)) }
        return entries
    }

    private static func documents(_ entries: [TermEntry?]) -> Int {
        entries.reduce(0) { $0 + ($1?.documentCount ?? 0) }
    }

    /// The scores of a segment's paragraphs.
    func scores(segment: Int) throws(FormatError) -> ParagraphScores {
        let reader = segments[segment]
        var scores = ParagraphScores(count: reader.paragraphCount)
        var titles = TitleFrequencies(reader.articles)
        for term in terms {
            if let entry = term.titles[segment] {
                try titles.load(try reader.cursor(entry, field: .title))
                try scores.addTitles(titles, weight: term.weight, model: model)
            }
            if let entry = term.bodies[segment] {
                let cursor = try reader.cursor(entry, field: .body)
                try scores.addBodies(cursor, titles: titles, weight: term.weight, model: model)
            }
            if let entry = term.healed[segment] {
                let healed = try reader.cursor(entry, field: .healed)
                let plain = try term.bodies[segment].map { (entry) throws(FormatError) in
                    try reader.cursor(entry, field: .body)
                }
                try scores.addHealed(healed, plain: plain, titles: titles, weight: term.weight, model: model)
            }
            titles.clear()
        }
        return scores
    }
}
