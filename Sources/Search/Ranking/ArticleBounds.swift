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
    ///
    /// - Parameters:
    ///   - floor: articles whose bound is below it cannot be among the best any more, and may be left as they are.
    ///   - memory: keeps its postings, as far as there is room.
    /// - Returns: where they are kept.
    mutating func add(
        _ term: RankedTerm, weight: Float, from floor: Float, segment: Int, of reader: SegmentReader,
        keepingIn memory: PostingsMemory
    ) throws(FormatError) -> TermReader.Kept {
        let lengths = reader.articles.paragraphLengths
        func add(_ entry: TermEntry?, _ field: Field) throws(FormatError) -> PostingsMemory.List? {
            guard let entry else { return nil }
            var list = memory.begin(entry.documentCount)
            try addParagraphs(
                try reader.cursor(entry, field: field), weight, from: floor, lengths, keepingIn: &list)
            return list
        }
        var kept = TermReader.Kept(
            plain: try add(term.bodies[segment], .body), healed: try add(term.healed[segment], .healed))
        if let entry = term.titles[segment] {
            kept.title = memory.begin(entry.documentCount)
            try addTitles(try reader.cursor(entry, field: .title), weight, keepingIn: &kept.title)
        }
        return kept
    }

    /// Adds a score that one paragraph has apart from terms.
    mutating func add(_ score: Float, toArticleOf ordinal: Int) { values[spans.article(of: ordinal)] += score }

    private mutating func addTitles(
        _ cursor: PostingsCursor, _ weight: Float, keepingIn list: inout PostingsMemory.List?
    ) throws(FormatError) {
        let fixed = model.fixed
        try unsafe cursor.forEachBlock { articles, frequencies in
            unsafe list?.append(articles, frequencies)
            for index in articles.indices {
                let article = unsafe Int(articles[index])
                let frequency = unsafe Float(frequencies[index])
                let inParagraph = RankingWeights.title * frequency
                let inArticle = RankingWeights.articleTitle * frequency
                let norm = model.articleNorms[Int(spans.lengths[article])]
                let share = inParagraph / (inParagraph + fixed)
                values[article] += weight * (share + RankingWeights.article * inArticle / (inArticle + norm))
            }
        }
    }

    private mutating func addParagraphs(
        _ cursor: PostingsCursor, _ weight: Float, from floor: Float, _ lengths: LengthTable,
        keepingIn list: inout PostingsMemory.List?
    ) throws(FormatError) {
        precondition(lengths.count == spans.paragraphCount && values.count == spans.articleCount)
        let (spans, tables) = (spans, model.tables)
        try unsafe values.withUnsafeMutableBufferPointer { (values) throws(FormatError) in
            guard let values = values.baseAddress else { return }
            // SAFETY: values, paragraphs and lengths are as many as the segment has articles and paragraphs; the cursor keeps
            // documents below that.
            if spans.isFlat {
                try unsafe lengths.withUnsafeBytes { (lengths) throws(FormatError) in
                    guard let lengths = lengths.baseAddress else { return }
                    try unsafe cursor.forEachBlock {
                        unsafe list?.append($0, $1)
                        unsafe tables.sums.add($0, $1, weight: weight, lengths: lengths, to: values)
                    }
                }
            } else {
                try unsafe spans.lengths.withUnsafeBufferPointer { (lengths) throws(FormatError) in
                    guard let lengths = lengths.baseAddress else { return }
                    try unsafe spans.owners.withPointers { (owners) throws(FormatError) in
                        var sums = unsafe BoundSums(
                            values: values, lengths: lengths, owners: owners, tables: tables, weight: weight)
                        try unsafe cursor.forEachBlock {
                            unsafe list?.append($0, $1)
                            // A bound of 0 is that of an article of which nothing has been seen.
                            if floor > 0 { unsafe sums.add($0, $1, from: floor) } else { unsafe sums.add($0, $1) }
                        }
                        unsafe sums.finish()
                    }
                }
            }
        }
    }

    // MARK: Candidates

    /// Calls `body` with the articles whose bound is not below the floor, ascending; what it returns is the floor from there
    /// on.
    @inline(__always)
    private func forEach(from floor: Float, _ body: (Int, Float) -> Float) {
        unsafe values.withUnsafeBufferPointer { values in
            var floor = max(floor, .leastNonzeroMagnitude)
            // Most are below, and are passed over by the dozen.
            let raw = UnsafeRawBufferPointer(values)
            var article = 0
            while article < values.count {
                let end = min(article + Self.stretch, values.count)
                if end - article < Self.stretch || (unsafe Self.reaches(floor, raw, from: article)) {
                    // SAFETY: below the count.
                    for article in article..<end where unsafe values[article] >= floor {
                        floor = max(floor, body(article, unsafe values[article]))
                    }
                }
                article = end
            }
        }
    }

    /// Articles that are compared with a floor at once.
    private static let stretch = 32

    /// Whether any of a stretch of values is not below `floor`, which is above zero.
    @inline(__always)
    private static func reaches(_ floor: Float, _ values: UnsafeRawBufferPointer, from article: Int) -> Bool {
        // The bits of numbers above zero are in the order of the numbers, and those of others, taken as signed integers,
        // below all of them: the difference has its sign bit where a value reaches the floor.
        let below = SIMD4(repeating: Int32(bitPattern: floor.bitPattern) &- 1)
        var signs = SIMD4<Int32>.zero
        for row in 0..<stretch / 4 {
            // SAFETY: the whole stretch lies within the values.
            let four = unsafe values.loadUnaligned(fromByteOffset: article * 4 + row * 16, as: SIMD4<Int32>.self)
            signs |= below &- four
        }
        let halves = unsafe unsafeBitCast(signs, to: SIMD2<UInt64>.self)
        return (halves.x | halves.y) & 0x8000_0000_8000_0000 != 0
    }

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
        var found: [Int] = []
        forEach(from: least) { article, _ in
            found.append(article)
            return least
        }
        return found
    }

    /// The articles with the greatest bounds, so many and twice as many at most where some are equal, ascending.
    func greatest(_ count: Int) -> [Int] {
        var heap = BestScores(limit: count)
        forEach(from: 0) {
            heap.add($1)
            return heap.least ?? 0
        }
        guard let least = heap.least else { return articles(reaching: 0) }
        return Array(articles(reaching: least).prefix(2 * count))
    }
}
