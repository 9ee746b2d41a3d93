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
    private let units: BoundUnits
    /// One an article; 0 where no term has been seen, less where it is settled.
    private var values: [BoundUnits.Value]
    /// Articles that are left out.
    private var settled: [Int] = []
    /// Terms added since these were put down again.
    private var sinceSettled = 0
    /// Terms that together lift no article from the least value above the floor: by what all come to at most, and by what is
    /// rounded up for each of their lists, of which a term has three.
    private static let termsUntilSettled = 256
    /// Articles that terms added together go over at a time.
    private let window: Int

    /// - Parameters:
    ///   - greatest: what all that will be added comes to at most, for any article.
    ///   - window: articles that terms added together go over at a time; what is kept of as many as by default, and of their
    ///     paragraphs, takes some 500 KB.
    init(model: BM25, spans: ArticleSpans, greatest: Float, window: Int = 3 << 14) {
        self.window = window
        self.model = model
        self.spans = spans
        units = BoundUnits(greatest: greatest)
        values = [BoundUnits.Value](repeating: 0, count: spans.articleCount)
    }

    /// The bound of an article that is not settled.
    func bound(_ article: Int) -> Float { units.score(values[article]) }

    /// Leaves an article out from here on.
    mutating func settle(_ article: Int) {
        settled.append(article)
        values[article] = .min
    }

    /// Adds what a term adds.
    ///
    /// - Parameters:
    ///   - floor: articles whose bound is below it cannot be among the best any more, and may be left as they are.
    ///   - memory: keeps its postings, as far as there is room.
    mutating func add(
        _ reader: TermReader, weight: Float, from floor: Float, keepingIn memory: PostingsMemory
    ) throws(FormatError) {
        try addParagraphs(reader, .body, weight, from: floor, memory)
        try addParagraphs(reader, .healed, weight, from: floor, memory)
        try addTitles(reader, weight, memory)
        sinceSettled += 1
        if sinceSettled == Self.termsUntilSettled {
            for article in settled { values[article] = .min }
            sinceSettled = 0
        }
    }

    /// Adds what some terms add, where nothing is left out.
    ///
    /// - Parameter memory: keeps their postings. Those for which there is room go together over ``window`` articles
    ///   after the other: what is kept of so many, and of their paragraphs, stays near the processor meanwhile.
    mutating func add(
        _ terms: [(reader: TermReader, weight: Float)], keepingIn memory: PostingsMemory
    ) throws(FormatError) {
        var lists: [(postings: PostingsMemory.List, weight: Float)] = []
        for (reader, weight) in terms {
            if spans.isFlat {
                try add(reader, weight: weight, from: -.infinity, keepingIn: memory)
                continue
            }
            for field in [.body, .healed] as [Field] {
                if let list = try reader.reader(field)?.keepAll(in: memory) {
                    lists.append((list, weight * units.scale))
                } else {
                    try addParagraphs(reader, field, weight, from: -.infinity, memory)
                }
            }
            try addTitles(reader, weight, memory)
        }
        if lists.isEmpty { return }
        let (spans, tables, window) = (spans, model.tables, window)
        unsafe values.withUnsafeMutableBufferPointer { values in
            unsafe spans.lengths.withUnsafeBufferPointer { lengths in
                guard let values = values.baseAddress, let lengths = lengths.baseAddress else { return }
                unsafe spans.owners.withPointers { owners in
                    var sums = unsafe BoundSums(
                        values: values, lengths: lengths, owners: owners, tables: tables, weight: 0)
                    for first in stride(from: 0, to: spans.articleCount, by: window) {
                        let end = min(first + window, spans.articleCount)
                        let limit = UInt32(spans.paragraphs(end - 1).upperBound)
                        for index in lists.indices {
                            unsafe sums.weight = lists[index].weight
                            unsafe lists[index].postings.forEachBlock(before: limit) { unsafe sums.add($0, $1) }
                            unsafe sums.finish()
                        }
                    }
                }
            }
        }
    }

    /// Adds a score that a paragraph has apart from terms, to an article that has not been given one.
    mutating func add(_ score: Float, to article: Int) {
        values[article] = BoundUnits.adding(score * units.scale, to: values[article])
    }

    private mutating func addTitles(_ reader: TermReader, _ weight: Float, _ memory: PostingsMemory)
        throws(FormatError)
    {
        guard let reader = reader.reader(.title) else { return }
        let (spans, fixed, norms) = (spans, model.fixed, model.articleNorms)
        let weight = weight * units.scale
        try unsafe values.withUnsafeMutableBufferPointer { (values) throws(FormatError) in
            guard let values = values.baseAddress else { return }
            try unsafe reader.forEachBlock(keepingIn: memory) { articles, frequencies in
                for index in articles.indices {
                    // SAFETY: there is a value an article, and the reader keeps documents below their number.
                    let article = unsafe Int(articles[index])
                    let frequency = unsafe Float(frequencies[index])
                    let inParagraph = RankingWeights.title * frequency
                    let inArticle = RankingWeights.articleTitle * frequency
                    let share = inParagraph / (inParagraph + fixed)
                    let behind = inArticle / (inArticle + norms[Int(spans.lengths[article])])
                    unsafe values[article] = BoundUnits.adding(
                        weight * (share + RankingWeights.article * behind), to: values[article])
                }
            }
        }
    }

    private mutating func addParagraphs(
        _ reader: TermReader, _ field: Field, _ weight: Float, from floor: Float, _ memory: PostingsMemory
    ) throws(FormatError) {
        guard let reader = reader.reader(field) else { return }
        precondition(values.count == spans.articleCount)
        let (spans, tables) = (spans, model.tables)
        // Below the least floor are articles of which nothing has been seen.
        let leavesOut = floor > 0
        let (weight, floor) = (weight * units.scale, units.floor(floor))
        try unsafe values.withUnsafeMutableBufferPointer { (values) throws(FormatError) in
            try unsafe spans.lengths.withUnsafeBufferPointer { (lengths) throws(FormatError) in
                guard let values = values.baseAddress, let lengths = lengths.baseAddress else { return }
                // SAFETY: values and lengths are as many as the segment has articles, and owners as it has paragraphs;
                // the reader keeps documents below that.
                if spans.isFlat {
                    return try unsafe reader.forEachBlock(keepingIn: memory) {
                        unsafe tables.sums.add($0, $1, weight: weight, lengths: lengths, to: values)
                    }
                }
                try unsafe spans.owners.withPointers { (owners) throws(FormatError) in
                    var sums = unsafe BoundSums(
                        values: values, lengths: lengths, owners: owners, tables: tables, weight: weight)
                    try unsafe reader.forEachBlock(keepingIn: memory) {
                        if leavesOut { unsafe sums.add($0, $1, from: floor) } else { unsafe sums.add($0, $1) }
                    }
                    unsafe sums.finish()
                }
            }
        }
    }

    // MARK: Candidates

    /// Calls `body` with the articles whose bound is not below the floor, ascending; what it returns is the floor from there
    /// on.
    @inline(__always)
    private func forEach(from floor: BoundUnits.Value, _ body: (Int, BoundUnits.Value) -> BoundUnits.Value) {
        unsafe values.withUnsafeBufferPointer { values in
            guard let first = values.baseAddress else { return }
            var floor = floor
            // Most are below, and are passed over by the dozen.
            for start in stride(from: 0, to: values.count, by: Self.stretch) {
                let end = min(start &+ Self.stretch, values.count)
                // SAFETY: below the count.
                if end &- start == Self.stretch, unsafe !Self.reaches(floor, first + start) { continue }
                for article in start..<end where unsafe values[article] >= floor {
                    floor = max(floor, body(article, unsafe values[article]))
                }
            }
        }
    }

    private typealias Row = SIMD8<BoundUnits.Value>

    /// Articles that are compared with a floor at once.
    private static let stretch = 8 * Row.scalarCount

    /// Whether any of a stretch of values is not below `floor`.
    @inline(__always)
    private static func reaches(_ floor: BoundUnits.Value, _ values: UnsafePointer<BoundUnits.Value>) -> Bool {
        var greatest = unsafe row(values)
        for number in 1..<stretch / Row.scalarCount {
            greatest = unsafe pointwiseMax(greatest, row(values + number &* Row.scalarCount))
        }
        return any(greatest .>= Row(repeating: floor))
    }

    @inline(__always)
    private static func row(_ values: UnsafePointer<BoundUnits.Value>) -> Row {
        // SAFETY: callers have so many.
        unsafe UnsafeRawPointer(values).loadUnaligned(as: Row.self)
    }

    /// How many articles may have a score of `least` or more. One comparison an article, several at a time.
    func count(reaching least: Float) -> Int {
        let floor = Row(repeating: units.floor(least))
        let whole = values.count / Row.scalarCount
        // What a column counts to in one go.
        let most = Int(Row.Scalar.max)
        var count = 0
        unsafe values.withUnsafeBufferPointer { values in
            guard let first = values.baseAddress else { return }
            for start in stride(from: 0, to: whole, by: most) {
                var below = Row.zero
                let end = min(start &+ most, whole)
                var row = start
                while row < end {
                    // SAFETY: a whole row is left.
                    let values = unsafe Self.row(first + row &* Row.scalarCount)
                    // A true comparison has all bits, and is -1.
                    below &-= unsafe unsafeBitCast(values .< floor, to: Row.self)
                    row &+= 1
                }
                count += (end - start) * Row.scalarCount
                for column in below.indices { count -= Int(below[column]) }
            }
        }
        return count + values[(whole * Row.scalarCount)...].count { $0 >= floor[0] }
    }

    /// Those, ascending.
    func articles(reaching least: Float) -> [Int] {
        let floor = units.floor(least)
        var found: [Int] = []
        forEach(from: floor) { article, _ in
            found.append(article)
            return floor
        }
        return found
    }

    /// The articles with the greatest bounds, so many and twice as many at most where some are equal, ascending.
    func greatest(_ count: Int) -> [Int] {
        var heap = BestScores<BoundUnits.Value>(limit: count)
        let least = units.floor(0)
        // Those that were among the greatest so far.
        var found: [(article: Int, value: BoundUnits.Value)] = []
        forEach(from: least) { article, value in
            heap.add(value)
            found.append((article, value))
            return heap.least ?? least
        }
        return found.filter { $0.value >= heap.least ?? least }.prefix(2 * count).map(\.article)
    }
}
