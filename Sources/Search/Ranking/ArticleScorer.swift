internal import Bytes
internal import InvertedIndex
internal import Model

/// Scores the paragraphs of one article after the other, by the formula, from all terms.
///
/// A title counts as part of each of its article's paragraphs, in the way of BM25F (Robertson, Zaragoza and Taylor, "Simple
/// BM25 extension to multiple weighted fields", 2004): its frequencies, times a weight, join the paragraph's before
/// saturation, so that a word in both is not paid twice. The whole article is scored in the same way, as one document, and
/// counts for each of its paragraphs.
///
/// Sums are made in the order of the query's terms, whatever order they are read in: a paragraph's score depends on nothing
/// but the index's counts.
struct ArticleScorer {
    private let model: BM25
    private let spans: ArticleSpans
    private let lengths: LengthTable
    /// In the order of the query.
    private let readers: [TermReader]

    /// The article's postings, those of a term in a row.
    private var postings: [TermReader.Posting] = []
    private var ranges: [Range<Int>]
    private var titles: [Float]
    private var norms: [Float] = []
    private var articleNorm: Float = 0
    /// One a paragraph of the article last scored.
    private(set) var scores: [Float] = []
    /// Whether its own text holds any of the terms; for the first one, also whether the title does: where the title alone
    /// matches, the first paragraph stands for the article.
    private(set) var isMatched: [Bool] = []

    /// - Parameter readers: in the order of the query, before their first article.
    init(_ readers: [TermReader], model: BM25, spans: ArticleSpans, lengths: LengthTable) {
        self.readers = readers
        self.model = model
        self.spans = spans
        self.lengths = lengths
        ranges = Array(repeating: 0..<0, count: readers.count)
        titles = Array(repeating: 0, count: readers.count)
    }

    /// Scores the paragraphs of an article, into ``scores`` and ``isMatched``.
    ///
    /// - Parameters:
    ///   - article: after the one of the call before.
    ///   - quoted: what else some paragraphs earn, by ordinals of the segment.
    mutating func score(_ article: Int, quoted: ArraySlice<QuotedScores.Score>) throws(FormatError) {
        let paragraphs = spans.paragraphs(article)
        articleNorm = model.articleNorms[Int(spans.lengths[article])]
        try read(article, paragraphs)
        scores.removeAll(keepingCapacity: true)
        scores.append(contentsOf: repeatElement(0, count: paragraphs.count))
        isMatched.removeAll(keepingCapacity: true)
        isMatched.append(contentsOf: repeatElement(false, count: paragraphs.count))
        var behind: Float = 0
        for term in readers.indices {
            let weight = readers[term].weight
            behind += weight * articleShare(term)
            add(term, weight)
        }
        for quoted in quoted {
            scores[quoted.ordinal - paragraphs.lowerBound] += quoted.score
            isMatched[quoted.ordinal - paragraphs.lowerBound] = true
        }
        for paragraph in scores.indices { scores[paragraph] += RankingWeights.article * behind }
        if titles.contains(where: { $0 > 0 }) { isMatched[0] = true }
    }

    /// Reads all terms.
    private mutating func read(_ article: Int, _ paragraphs: Range<Int>) throws(FormatError) {
        postings.removeAll(keepingCapacity: true)
        norms.removeAll(keepingCapacity: true)
        let model = model
        try unsafe lengths.withUnsafeBytes { (codes) throws(FormatError) in
            // SAFETY: spans end at the segment's count, which the table has.
            for ordinal in paragraphs { norms.append(model.norms[unsafe Int(codes[ordinal])]) }
        }
        for term in readers.indices {
            let start = postings.count
            titles[term] = try readers[term].read(article, paragraphs, into: &postings)
            ranges[term] = start..<postings.count
        }
    }

    /// The term's share in the whole article.
    private func articleShare(_ term: Int) -> Float {
        var frequency = RankingWeights.articleTitle * titles[term]
        for place in ranges[term] { frequency += postings[place].frequency }
        return frequency > 0 ? frequency / (frequency + articleNorm) : 0
    }

    /// Adds a term's part to the paragraphs' scores.
    private mutating func add(_ term: Int, _ weight: Float) {
        let title = RankingWeights.title * titles[term]
        if title > 0 {
            var next = ranges[term].lowerBound
            for paragraph in scores.indices {
                var frequency = title
                if next < ranges[term].upperBound, postings[next].paragraph == paragraph {
                    frequency += postings[next].frequency
                    isMatched[paragraph] = true
                    next += 1
                }
                scores[paragraph] += weight * (frequency / (frequency + norms[paragraph]))
            }
        } else {
            for place in ranges[term] {
                let (paragraph, frequency) = (postings[place].paragraph, postings[place].frequency)
                scores[paragraph] += weight * (frequency / (frequency + norms[paragraph]))
                isMatched[paragraph] = true
            }
        }
    }
}
