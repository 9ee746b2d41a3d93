internal import Bytes
internal import InvertedIndex
internal import Model

/// Reads what one segment says of a term of a query. Made once a query and segment, and asked again and again.
final class TermReader {
    let term: RankedTerm
    private let segment: SegmentReader
    /// Of the fields that have it.
    private let plain: FieldReader?
    private let healed: FieldReader?
    private let title: FieldReader?
    /// For a pair, the reader of its bigram, whose postings spare reading them once more.
    var bigram: TermReader?

    init(_ term: RankedTerm, segment: Int, of reader: SegmentReader) {
        self.term = term
        self.segment = reader
        plain = FieldReader(term, .body, segment: segment, of: reader)
        healed = FieldReader(term, .healed, segment: segment, of: reader)
        title = FieldReader(term, .title, segment: segment, of: reader)
    }

    var weight: Float { term.weight }

    /// Postings of all fields.
    var postingCount: Int { count(plain) + count(healed) + count(title) }

    private func count(_ field: FieldReader?) -> Int { field?.entry.documentCount ?? 0 }

    /// The reader of a field; nil where that lacks the term.
    func reader(_ field: Field) -> FieldReader? {
        switch field {
        case .body: plain
        case .healed: healed
        case .title: title
        }
    }

    /// How many fields have it.
    var fieldCount: Int { Field.allCases.count { reader($0) != nil } }

    /// The most that the term can add to the score of a paragraph of the segment, its article's part included.
    ///
    /// - Parameter isFlat: whether each of its articles has one paragraph.
    func bound(isFlat: Bool, model: BM25) throws(FormatError) -> Float {
        // What a title adds to a frequency is not known of the impacts.
        guard title == nil else { return weight * (1 + RankingWeights.article) }
        // A paragraph counts by one of its readings.
        var impact: UInt8?
        if let plain { impact = try segment.greatestImpact(plain.entry) }
        if let healed { impact = max(impact ?? 0, try segment.greatestImpact(healed.entry)) }
        guard let impact else { return 0 }
        let scale = segment.paragraphScale
        let ofArticle = isFlat ? model.articleBound(impact, scale) : 1
        return weight
            * (scale.bound(impact, average: model.averageLength) + RankingWeights.article * ofArticle)
    }

    /// Goes back before the first article.
    func restart() {
        plain?.restart()
        healed?.restart()
        title?.restart()
    }

    /// Finds the postings in some articles.
    ///
    /// - Parameters:
    ///   - articles: after those of the call before, as ``restart()`` has not been called since.
    ///   - postings: which they replace.
    func find(in articles: ArticleRanges, into postings: inout TermPostings) throws(FormatError) {
        postings.removeAll()
        try title?.find(in: articles.titles, host: bigram?.title?.kept, into: &postings.titles)
        try plain?.find(in: articles.paragraphs, host: bigram?.plain?.kept, into: &postings.plain)
        try healed?.find(in: articles.paragraphs, host: bigram?.healed?.kept, into: &postings.healed)
    }

    /// Keeps what was found: no other articles will be asked about.
    func keep(_ postings: TermPostings, in memory: PostingsMemory) {
        title?.keep(postings.titles, in: memory)
        plain?.keep(postings.plain, in: memory)
        healed?.keep(postings.healed, in: memory)
    }
}
