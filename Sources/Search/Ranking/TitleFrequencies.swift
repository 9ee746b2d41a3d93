internal import Bytes
internal import InvertedIndex

/// How often the current term stands in each title of a segment.
struct TitleFrequencies {
    let articles: ArticleTable
    /// One an article; empty until a term stands in any title.
    private var frequencies: [UInt32] = []
    /// The articles whose title holds the term, ascending.
    private(set) var holders: [UInt32] = []

    init(_ articles: ArticleTable) { self.articles = articles }

    var isEmpty: Bool { holders.isEmpty }

    mutating func load(_ cursor: PostingsCursor) throws(FormatError) {
        if frequencies.isEmpty { frequencies = [UInt32](repeating: 0, count: articles.articleCount) }
        while try cursor.next() != PostingsCursor.noMoreDocuments {
            holders.append(cursor.document)
            frequencies[Int(cursor.document)] = cursor.frequency
        }
    }

    mutating func clear() {
        for article in holders { frequencies[Int(article)] = 0 }
        holders.removeAll(keepingCapacity: true)
    }

    func frequency(ofArticle article: Int) -> Float { Float(frequencies[article]) }
}

/// Tells, for ascending paragraphs, the title frequency of their articles.
struct TitleWalk {
    private let titles: TitleFrequencies
    private var next = 0
    private var current = 0..<0
    private var frequency: Float = 0

    init(_ titles: TitleFrequencies) { self.titles = titles }

    mutating func frequency(at ordinal: Int) throws(FormatError) -> Float {
        while ordinal >= current.upperBound, next < titles.holders.count {
            let article = Int(titles.holders[next])
            current = try titles.articles.paragraphs(ofArticle: article)
            frequency = titles.frequency(ofArticle: article)
            next += 1
        }
        return current.contains(ordinal) ? frequency : 0
    }
}
