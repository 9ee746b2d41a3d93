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

    /// The articles last scored, and where each one's paragraphs begin in what is computed of them.
    private var articles = ArticleRanges()
    private var starts: [Int] = []
    /// The code of each paragraph's length, and of each article's.
    private var lengths: [UInt8] = []
    private var articleLengths: [UInt8] = []
    /// One a paragraph, those of an article in a row.
    private(set) var scores: [Float] = []
    /// Whether its own text holds any of the terms; for the first one of an article, also whether the title does: where the
    /// title alone matches, the first paragraph stands for the article.
    private(set) var isMatched: [Bool] = []
    /// One an article: what it earns itself.
    private var behind: [Float] = []
    /// Of one term.
    private var postings = TermPostings()
    /// Of one term in the paragraphs of one article.
    private var frequencies: [UInt32] = []

    /// - Parameter codes: of the lengths of the segment's paragraphs.
    init(model: BM25, spans: ArticleSpans, codes: LengthTable.Codes) {
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
    ///   - articles: ascending, and after those of the call before, as the readers have not been restarted since.
    ///   - readers: of all terms, in the order of the query.
    ///   - quoted: what else some paragraphs earn.
    mutating func score(_ articles: [Int], by readers: [TermReader], quoted: QuotedScores) throws(FormatError) {
        open(articles)
        for reader in readers {
            try reader.find(in: self.articles, into: &postings)
            add(weight: reader.weight)
        }
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
        self.articles.removeAll()
        starts.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        articleLengths.removeAll(keepingCapacity: true)
        for article in articles {
            let paragraphs = spans.paragraphs(article)
            self.articles.append(article, paragraphs)
            articleLengths.append(spans.lengths[article])
            starts.append(lengths.count)
            for ordinal in paragraphs { lengths.append(codes[ordinal]) }
        }
        starts.append(lengths.count)
        scores.fill(lengths.count, with: 0)
        isMatched.fill(lengths.count, with: false)
        behind.fill(articles.count, with: 0)
    }

    /// Adds what a term earns.
    private mutating func add(weight: Float) {
        if postings.titles.isEmpty, postings.healed.isEmpty {
            var index = 0
            while index < postings.plain.count { index = add(postings.plain, from: index, weight: weight) }
        } else {
            addFields(weight: weight)
        }
    }

    /// Adds what a term earns that titles hold, or healed readings.
    private mutating func addFields(weight: Float) {
        var (plain, healed, titles) = (0, 0, 0)
        while true {
            // None is greater than that behind the last posting.
            let (ofPlain, ofHealed) = (postings.plain.range(plain), postings.healed.range(healed))
            let ofTitle = postings.titles.range(titles)
            let number = min(ofPlain, ofHealed, ofTitle)
            if number == .max { return }
            if ofTitle > number, ofHealed > number {
                plain = add(postings.plain, from: plain, weight: weight)
            } else if ofTitle > number, ofPlain > number {
                healed = add(postings.healed, from: healed, weight: weight)
            } else {
                var title: UInt32 = 0
                if ofTitle == number {
                    title = postings.titles[titles].frequency
                    titles += 1
                }
                (plain, healed) = addTogether(
                    Int(number), plain: plain, healed: healed, title: Float(title), weight: weight)
            }
        }
    }

    /// Adds what the paragraphs of an article earn each by one number: by one reading, without a title.
    ///
    /// - Parameter start: the first posting in the article.
    /// - Returns: the index behind the last one.
    @inline(__always)
    private mutating func add(_ postings: [RangedPosting], from start: Int, weight: Float) -> Int {
        let (shares, range) = (model.tables.paragraphs, postings[start].range)
        let number = Int(range)
        let offset = starts[number] - Int(articles.paragraphs[number].lowerBound)
        // Wraps where an index is damaged, which says any frequency.
        var sum: UInt32 = 0
        var index = start
        repeat {
            let place = offset + Int(postings[index].document)
            scores[place] += weight * shares.share(postings[index].frequency, lengths[place])
            isMatched[place] = true
            sum &+= postings[index].frequency
            index += 1
        } while index < postings.count && postings[index].range == range
        behind[number] += weight * model.tables.articles.share(sum, articleLengths[number])
        return index
    }

    /// Adds what they earn by the reading that holds the term more often, and by their title.
    ///
    /// - Returns: the indexes behind the last postings in the article.
    private mutating func addTogether(_ number: Int, plain: Int, healed: Int, title: Float, weight: Float) -> (
        plain: Int, healed: Int
    ) {
        let paragraphs = places(number)
        let first = articles.paragraphs[number].lowerBound
        frequencies.fill(paragraphs.count, with: 0)
        var ends = (plain: plain, healed: healed)
        while postings.plain.range(ends.plain) == UInt32(number) {
            frequencies[Int(postings.plain[ends.plain].document - first)] = postings.plain[ends.plain].frequency
            ends.plain += 1
        }
        while postings.healed.range(ends.healed) == UInt32(number) {
            let place = Int(postings.healed[ends.healed].document - first)
            frequencies[place] = max(frequencies[place], postings.healed[ends.healed].frequency)
            ends.healed += 1
        }
        var sum: UInt32 = 0
        for (place, own) in zip(paragraphs, frequencies) where own > 0 || title > 0 {
            let frequency = RankingWeights.title * title + Float(own)
            scores[place] += weight * (frequency / (frequency + model.norms[Int(lengths[place])]))
            if own > 0 { isMatched[place] = true }
            sum &+= own
        }
        if title > 0, !paragraphs.isEmpty { isMatched[paragraphs.lowerBound] = true }
        let frequency = RankingWeights.articleTitle * title + Float(sum)
        // What wrapped may come to nothing.
        if frequency > 0 {
            let norm = model.articleNorms[Int(articleLengths[number])]
            behind[number] += weight * (frequency / (frequency + norm))
        }
        return ends
    }
}

extension [RangedPosting] {
    /// The range of the posting at an index; behind the last one, the greatest number there is.
    @inline(__always)
    fileprivate func range(_ index: Int) -> UInt32 { index < count ? self[index].range : .max }
}

extension Array {
    /// Replaces the content by so many copies of a value.
    fileprivate mutating func fill(_ count: Int, with value: Element) {
        removeAll(keepingCapacity: true)
        append(contentsOf: repeatElement(value, count: count))
    }
}
