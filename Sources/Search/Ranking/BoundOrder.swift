internal import Bytes
internal import InvertedIndex
internal import Model

/// In which order the terms of a query are added to the bounds of a segment's articles, and what is left to be earned by those
/// that have not been: terms with the fewest postings come first.
///
/// A pair, which is an ICU word of two characters, rides with the bigram of the two: what holds the pair holds the bigram as
/// often at least, so that the bigram's postings bound both, and most hold both.
struct BoundOrder {
    private let readers: [TermReader]
    /// What each term adds to a score at most, in the order of the query.
    private let bounds: [Float]
    private let postingCounts: [Int]
    /// For a bigram, the pair that rides with it.
    private let riders: [Int?]
    /// Terms but those that ride.
    private let order: [Int]
    /// How many of them have been added.
    private var added = 0
    /// What terms from each one of the order on add at most: summed up from the last one, so that nothing is left by rounding of
    /// those before.
    private let rests: [Float]
    /// What all terms add at most.
    let total: Float
    /// What they add to the bounds of an article at most, each field by itself.
    let greatest: Float

    /// - Parameters:
    ///   - readers: of a segment, in the order of the query.
    ///   - bigrams: for a pair, the bigram of its characters, by its place in the query.
    init(_ readers: [TermReader], bigrams: [Int?], isFlat: Bool, model: BM25) throws(FormatError) {
        self.readers = readers
        var bounds: [Float] = []
        bounds.reserveCapacity(readers.count)
        for reader in readers { bounds.append(try reader.bound(isFlat: isFlat, model: model)) }
        self.bounds = bounds
        let postingCounts = readers.map(\.postingCount)
        self.postingCounts = postingCounts
        var riders = [Int?](repeating: nil, count: readers.count)
        for (pair, bigram) in bigrams.enumerated() {
            if let bigram { riders[bigram] = pair }
        }
        self.riders = riders
        order = readers.indices.filter { bigrams[$0] == nil }.sorted {
            (postingCounts[$0], $0) < (postingCounts[$1], $1)
        }
        total = bounds.reduce(0, +)
        greatest = readers.indices.reduce(0) { sum, term in
            // Where a pair rides, its bigram's postings count for it.
            let fields = readers[bigrams[term] ?? term].fieldCount
            return sum + Float(fields) * readers[term].weight * (1 + RankingWeights.article)
        }
        var rests: [Float] = [0]
        for term in order.reversed() {
            rests.append(rests.last! + bounds[term] + (riders[term].map { bounds[$0] } ?? 0))
        }
        self.rests = rests.reversed()
    }

    var hasMoreTerms: Bool { added < order.count }

    /// The term that comes next.
    var next: Int { order[added] }

    /// Its postings.
    var nextPostingCount: Int { postingCounts[next] }

    /// What it weighs, with the one that rides with it.
    var nextWeight: Float { readers[next].weight + (riders[next].map { readers[$0].weight } ?? 0) }

    /// What terms add at most that have not been added.
    var remaining: Float { rests[added] }

    /// The next term has been added.
    mutating func advance() { added += 1 }

    /// The terms that have not been added, those that add most first, and what each adds at most.
    var rest: [(term: Int, most: Float)] {
        let left = order[added...]
        return (left + left.compactMap { riders[$0] }).sorted { (bounds[$1], $0) < (bounds[$0], $1) }
            .map { ($0, bounds[$0]) }
    }
}
