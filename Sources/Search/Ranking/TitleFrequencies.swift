internal import Bytes
internal import InvertedIndex

/// How often the current term stands in the title over each paragraph of a segment.
struct TitleFrequencies {
    let articles: ArticleTable
    /// One a paragraph, times the title's weight; empty until a term stands in any title.
    private(set) var weighted: [Float] = []
    /// The paragraphs under a title that holds the term, ascending.
    private(set) var holders: [Range<Int>] = []

    init(_ articles: ArticleTable) { self.articles = articles }

    mutating func load(_ cursor: PostingsCursor) throws(FormatError) {
        if weighted.isEmpty { weighted = [Float](repeating: 0, count: articles.paragraphCount) }
        while try cursor.next() != PostingsCursor.noMoreDocuments {
            let paragraphs = try articles.paragraphs(ofArticle: Int(cursor.document))
            let frequency = RankingWeights.title * Float(cursor.frequency)
            for ordinal in paragraphs { weighted[ordinal] = frequency }
            holders.append(paragraphs)
        }
    }

    /// The frequency in the title over a paragraph, times the title's weight.
    func weighted(_ ordinal: Int) -> Float { weighted.isEmpty ? 0 : weighted[ordinal] }

    mutating func clear() {
        for paragraphs in holders { for ordinal in paragraphs { weighted[ordinal] = 0 } }
        holders.removeAll(keepingCapacity: true)
    }
}
