internal import Bytes
internal import InvertedIndex
internal import Model

/// Scores the paragraphs of some articles, by the formula, from all terms.
///
/// A title counts as part of each of its article's paragraphs, in the way of BM25F (Robertson, Zaragoza and Taylor, "Simple
/// BM25 extension to multiple weighted fields", 2004): its frequencies, times a weight, join the paragraph's before
/// saturation, so that a word in both is not paid twice. The whole article is scored in the same way, as one document, and
/// counts for each of its paragraphs.
///
/// Sums are made in the order of the query's terms, one term after the other: a paragraph's score depends on nothing but the
/// index's counts.
struct ArticleScorer {
    private let model: BM25
    private let spans: ArticleSpans
    private let codes: LengthTable.Codes
    /// In the order of the query.
    private let readers: [TermReader]

    /// The articles last scored, and where each one's paragraphs begin in what is computed of them.
    private var articles: [UInt32] = []
    private var ranges: [Range<UInt32>] = []
    private var starts: [Int] = []
    /// The code of each paragraph's length.
    private var lengths: [UInt8] = []
    /// One a paragraph, those of an article in a row.
    private(set) var scores: [Float] = []
    /// Whether its own text holds any of the terms; for the first one of an article, also whether the title does: where the
    /// title alone matches, the first paragraph stands for the article.
    private(set) var isMatched: [Bool] = []
    /// One an article: what it earns itself.
    private var behind: [Float] = []
    /// Frequencies of a term, one an article and one a paragraph. The sums wrap where an index is damaged, which says any.
    private var sums: [UInt32] = []
    private var frequencies: [UInt32] = []

    /// - Parameters:
    ///   - readers: in the order of the query, before their first article.
    ///   - codes: of the lengths of the segment's paragraphs.
    init(_ readers: [TermReader], model: BM25, spans: ArticleSpans, codes: LengthTable.Codes) {
        self.readers = readers
        self.model = model
        self.spans = spans
        self.codes = codes
    }

    /// The places of an article's paragraphs in ``scores``.
    ///
    /// - Parameter number: of the article among those last scored.
    func places(_ number: Int) -> Range<Int> { starts[number]..<starts[number + 1] }

    /// Scores the paragraphs of articles, into ``scores`` and ``isMatched``.
    ///
    /// - Parameters:
    ///   - articles: ascending, and after those of the call before.
    ///   - quoted: what else some paragraphs earn.
    mutating func score(_ articles: [Int], quoted: QuotedScores) throws(FormatError) {
        open(articles)
        for reader in readers { try add(reader) }
        for number in articles.indices {
            let paragraphs = spans.paragraphs(articles[number])
            let start = starts[number]
            for quoted in quoted.scores(in: paragraphs) {
                scores[start + quoted.ordinal - paragraphs.lowerBound] += quoted.score
                isMatched[start + quoted.ordinal - paragraphs.lowerBound] = true
            }
            for place in places(number) { scores[place] += RankingWeights.article * behind[number] }
        }
    }

    /// Turns to some articles, of which nothing has been read.
    private mutating func open(_ articles: [Int]) {
        self.articles.removeAll(keepingCapacity: true)
        ranges.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        for article in articles {
            let paragraphs = spans.paragraphs(article)
            self.articles.append(UInt32(article))
            ranges.append(UInt32(paragraphs.lowerBound)..<UInt32(paragraphs.upperBound))
            starts.append(lengths.count)
            for ordinal in paragraphs { lengths.append(codes[ordinal]) }
        }
        starts.append(lengths.count)
        scores.fill(lengths.count, with: 0)
        isMatched.fill(lengths.count, with: false)
        behind.fill(articles.count, with: 0)
    }

    /// Adds what a term earns.
    private mutating func add(_ reader: TermReader) throws(FormatError) {
        let titles = try reader.titleFrequencies(articles)
        sums.fill(articles.count, with: 0)
        if titles?.contains(where: { $0 > 0 }) ?? false || reader.hasTwoReadings {
            try addTogether(reader, titles)
        } else {
            try addApart(reader)
        }
        for number in articles.indices where sums[number] > 0 || titles?[number] ?? 0 > 0 {
            let title = Float(titles?[number] ?? 0)
            let frequency = RankingWeights.articleTitle * title + Float(sums[number])
            let norm = model.articleNorms[Int(spans.lengths[Int(articles[number])])]
            behind[number] += reader.weight * (frequency / (frequency + norm))
        }
    }

    /// Adds to paragraphs what they earn each by one number.
    private mutating func addApart(_ reader: TermReader) throws(FormatError) {
        let (weight, shares) = (reader.weight, model.tables.paragraphs)
        try reader.forEachPosting(in: ranges) { number, ordinal, frequency in
            let place = starts[number] + Int(ordinal - ranges[number].lowerBound)
            scores[place] += weight * shares.share(frequency, lengths[place])
            isMatched[place] = true
            sums[number] &+= frequency
        }
    }

    /// Adds to paragraphs what they earn by the reading that holds the term more often, and by their title.
    private mutating func addTogether(_ reader: TermReader, _ titles: [UInt32]?) throws(FormatError) {
        frequencies.fill(lengths.count, with: 0)
        try reader.forEachPosting(in: ranges) { number, ordinal, frequency in
            let place = starts[number] + Int(ordinal - ranges[number].lowerBound)
            frequencies[place] = max(frequencies[place], frequency)
        }
        for number in articles.indices {
            let title = RankingWeights.title * Float(titles?[number] ?? 0)
            for place in places(number) {
                let own = frequencies[place]
                guard own > 0 || title > 0 else { continue }
                let frequency = title + Float(own)
                scores[place] += reader.weight * (frequency / (frequency + model.norms[Int(lengths[place])]))
                if own > 0 { isMatched[place] = true }
                sums[number] &+= own
            }
            if title > 0, !places(number).isEmpty { isMatched[starts[number]] = true }
        }
    }
}

extension Array {
    /// Replaces the content by so many copies of a value.
    fileprivate mutating func fill(_ count: Int, with value: Element) {
        removeAll(keepingCapacity: true)
        append(contentsOf: repeatElement(value, count: count))
    }
}
