internal import Bytes
internal import InvertedIndex
internal import Model

/// For each article of a segment, what none of its paragraphs' scores exceeds, as far as terms have been added.
///
/// A term adds its greatest share in any paragraph and its share in the article; what a title adds, and a healed reading, is
/// added apart, since the share of a sum of frequencies is no more than the sum of their shares.
struct ArticleBounds {
    private let model: BM25
    private let spans: ArticleSpans
    /// One an article; 0 where no term has been seen, less where it is settled.
    private(set) var values: [Float]

    init(model: BM25, spans: ArticleSpans) {
        self.model = model
        self.spans = spans
        values = [Float](repeating: 0, count: spans.articleCount)
    }

    /// Leaves an article out from here on.
    mutating func settle(_ article: Int) { values[article] = -.infinity }

    /// Adds what a term adds.
    mutating func add(_ term: RankedTerm, segment: Int, of reader: SegmentReader) throws(FormatError) {
        let lengths = reader.articles.paragraphLengths
        if let entry = term.bodies[segment] {
            try addParagraphs(try reader.cursor(entry, field: .body), term.weight, lengths)
        }
        if let entry = term.healed[segment] {
            try addParagraphs(try reader.cursor(entry, field: .healed), term.weight, lengths)
        }
        if let entry = term.titles[segment] {
            try addTitles(try reader.cursor(entry, field: .title), term.weight)
        }
    }

    /// Adds a score that one paragraph has apart from terms.
    mutating func add(_ score: Float, toArticleOf ordinal: Int) { values[Int(spans.owners[ordinal])] += score }

    private mutating func addTitles(_ cursor: PostingsCursor, _ weight: Float) throws(FormatError) {
        while try cursor.next() != PostingsCursor.noMoreDocuments {
            let article = Int(cursor.document)
            let inParagraph = RankingWeights.title * Float(cursor.frequency)
            let inArticle = RankingWeights.articleTitle * Float(cursor.frequency)
            let share = inParagraph / (inParagraph + model.fixed)
            let norm = model.articleNorms[Int(spans.lengths[article])]
            values[article] += weight * (share + RankingWeights.article * inArticle / (inArticle + norm))
        }
    }

    private mutating func addParagraphs(_ cursor: PostingsCursor, _ weight: Float, _ lengths: LengthTable)
        throws(FormatError)
    {
        precondition(lengths.count == spans.owners.count && values.count == spans.lengths.count)
        let (spans, tables) = (spans, model.tables)
        try unsafe values.withUnsafeMutableBufferPointer { (values) throws(FormatError) in
            try unsafe lengths.withUnsafeBytes { (lengths) throws(FormatError) in
                try unsafe spans.owners.withUnsafeBufferPointer { (owners) throws(FormatError) in
                    try unsafe spans.lengths.withUnsafeBufferPointer { (articleLengths) throws(FormatError) in
                        guard let values = values.baseAddress, let lengths = lengths.baseAddress,
                            let owners = owners.baseAddress, let articleLengths = articleLengths.baseAddress
                        else { return }
                        // SAFETY: all are as long as the segment has paragraphs, or articles; the cursor keeps documents
                        // below that, and owners are articles.
                        var sums = unsafe BoundSums(
                            values: values, owners: owners, lengths: lengths, articleLengths: articleLengths,
                            tables: tables, weight: weight)
                        try unsafe cursor.forEachBlock { unsafe sums.add($0, $1) }
                        unsafe sums.finish()
                    }
                }
            }
        }
    }

    // MARK: Candidates

    /// How many articles may have a score of `least` or more. One comparison an article, several at a time.
    func count(reaching least: Float) -> Int {
        let wanted = SIMD16<Float>(repeating: max(least, .leastNonzeroMagnitude))
        var counts = SIMD16<Int32>.zero
        return unsafe values.withUnsafeBytes { bytes in
            let stride = MemoryLayout<SIMD16<Float>>.size
            let whole = bytes.count / stride * stride
            for offset in Swift.stride(from: 0, to: whole, by: stride) {
                // SAFETY: a whole vector is left.
                let values = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self)
                counts.replace(with: counts &+ 1, where: values .>= wanted)
            }
            let rest = values[(whole / MemoryLayout<Float>.size)...].count { $0 >= wanted[0] }
            return Int(counts.wrappedSum()) + rest
        }
    }

    /// Those, ascending.
    func articles(reaching least: Float) -> [Int] {
        let least = max(least, .leastNonzeroMagnitude)
        var found: [Int] = []
        unsafe values.withUnsafeBufferPointer { values in
            // SAFETY: below the count.
            for article in 0..<values.count where unsafe values[article] >= least { found.append(article) }
        }
        return found
    }

    /// The articles with the greatest bounds, `count` at most, ascending.
    func greatest(_ count: Int) -> [Int] {
        var heap = BestScores(limit: count)
        unsafe values.withUnsafeBufferPointer { values in
            var least: Float = .leastNonzeroMagnitude
            // SAFETY: below the count.
            for article in 0..<values.count where unsafe values[article] >= least {
                heap.add(unsafe values[article])
                least = heap.least ?? least
            }
        }
        guard let least = heap.least else { return articles(reaching: 0) }
        return Array(articles(reaching: least).prefix(2 * count))
    }
}
