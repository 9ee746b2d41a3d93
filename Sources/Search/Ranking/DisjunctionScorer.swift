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
    }

    private let segments: [SegmentReader]
    private let model: BM25
    private let terms: [Weighted]

    init(_ terms: [QueryPlan.ScoredTerm], model: BM25, segments: [SegmentReader]) throws(FormatError) {
        self.segments = segments
        self.model = model
        var weighted: [Weighted] = []
        for term in terms {
            let bodies = try Self.entries(term.key(.body), segments)
            let titles = try Self.entries(term.key(.title), segments)
            let documents = max(Self.documents(bodies), Self.documents(titles))
            guard documents > 0 else { continue }
            let weight = term.weight * model.weight(documents: documents)
            weighted.append(Weighted(weight: weight, bodies: bodies, titles: titles))
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
            titles.clear()
        }
        return scores
    }
}

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

/// One score a paragraph of a segment.
struct ParagraphScores {
    private(set) var values: [Float]
    /// One bit a paragraph, set where its own text holds any of the terms.
    private var matched: [UInt64]

    init(count: Int) {
        values = [Float](repeating: 0, count: count)
        matched = [UInt64](repeating: 0, count: (count + 63) / 64)
    }

    /// Adds to a paragraph whose own text matches.
    mutating func add(_ score: Float, to ordinal: Int) {
        values[ordinal] += score
        matched[ordinal / 64] |= 1 << UInt64(ordinal % 64)
    }

    func isMatched(_ ordinal: Int) -> Bool { matched[ordinal / 64] >> UInt64(ordinal % 64) & 1 == 1 }

    /// Gives every paragraph under a title that holds the term the title's share.
    mutating func addTitles(_ titles: TitleFrequencies, weight: Float, model: BM25) throws(FormatError) {
        let lengths = titles.articles.paragraphLengths
        for article in titles.holders {
            let frequency = RankingWeights.title * titles.frequency(ofArticle: Int(article))
            for ordinal in try titles.articles.paragraphs(ofArticle: Int(article)) {
                values[ordinal] += weight * model.share(frequency: frequency, length: lengths[ordinal])
            }
        }
    }

    /// Gives every paragraph that holds the term its share, less what its title was given already.
    mutating func addBodies(_ cursor: PostingsCursor, titles: TitleFrequencies, weight: Float, model: BM25)
        throws(FormatError)
    {
        let lengths = titles.articles.paragraphLengths
        precondition(lengths.count == values.count)
        var isTitled = titles.isEmpty ? nil : TitleWalk(titles)
        var failure: FormatError?
        try unsafe values.withUnsafeMutableBufferPointer { (values) throws(FormatError) in
            try unsafe matched.withUnsafeMutableBufferPointer { (matched) throws(FormatError) in
                try unsafe lengths.withUnsafeBytes { (lengths) throws(FormatError) in
                    try unsafe cursor.forEachBlock { documents, frequencies in
                        // SAFETY: the cursor keeps documents below the segment's count, which all arrays have.
                        for index in documents.indices {
                            let document = unsafe Int(documents[index])
                            let length = unsafe Int(
                                lengths.loadUnaligned(fromByteOffset: document &* 2, as: UInt16.self).littleEndian)
                            let frequency = unsafe Float(frequencies[index])
                            var share = model.share(frequency: frequency, length: length)
                            if isTitled != nil {
                                do throws(FormatError) {
                                    let title = try isTitled!.frequency(at: document) * RankingWeights.title
                                    if title > 0 {
                                        share =
                                            model.share(frequency: frequency + title, length: length)
                                            - model.share(frequency: title, length: length)
                                    }
                                } catch {
                                    failure = error
                                }
                            }
                            unsafe values[document] += weight * share
                            unsafe matched[document / 64] |= 1 << UInt64(document % 64)
                        }
                    }
                }
            }
        }
        if let failure { throw failure }
    }
}

/// Tells, for ascending paragraphs, the title frequency of their articles.
private struct TitleWalk {
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
