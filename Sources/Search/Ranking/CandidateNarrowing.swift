internal import Bytes
internal import InvertedIndex
internal import Model

/// Narrows the articles down that may be among the best, by terms that their bounds lack: each is read where these articles
/// are, and what it adds there takes the place of what it adds at most.
///
/// Term by term, as each article that is given up need not be sought in the terms behind.
struct CandidateNarrowing {
    /// An article that may have a hit.
    struct Candidate {
        let article: Int
        /// What none of its scores exceeds.
        var bound: Float
    }

    private let model: BM25
    private let spans: ArticleSpans
    private let segment: Int
    private let reader: SegmentReader
    /// Ascending by article.
    private(set) var candidates: [Candidate]
    /// The ordinals of each one's paragraphs.
    private var ranges: [Range<UInt32>]

    /// - Parameter candidates: of a segment, ascending by article.
    init(_ candidates: [Candidate], model: BM25, spans: ArticleSpans, segment: Int, reader: SegmentReader) {
        self.model = model
        self.spans = spans
        self.segment = segment
        self.reader = reader
        self.candidates = candidates
        ranges = candidates.map { candidate in
            let paragraphs = spans.paragraphs(candidate.article)
            return UInt32(paragraphs.lowerBound)..<UInt32(paragraphs.upperBound)
        }
    }

    /// Reads a term, and gives those up that cannot reach a threshold.
    ///
    /// - Parameter most: what the term adds at most, which is part of each bound.
    mutating func read(_ term: RankedTerm, most: Float, threshold: Float) throws(FormatError) {
        var titles = [UInt32](repeating: 0, count: candidates.count)
        if let entry = term.titles[segment] {
            let articles = candidates.map { UInt32($0.article) }
            try reader.cursor(entry, field: .title).raise(&titles, toFrequenciesIn: articles)
        }
        // The greatest share of any paragraph, and the sum of frequencies: of both readings, which is as much at least as the
        // one counts that holds more.
        var best = [Float](repeating: 0, count: candidates.count)
        var sums = [UInt32](repeating: 0, count: candidates.count)
        let codes = try reader.articles.paragraphLengths.checked()
        let (shares, norms) = (model.tables.paragraphs, model.norms)
        for (entry, field) in [(term.bodies[segment], Field.body), (term.healed[segment], .healed)] {
            guard let entry else { continue }
            try reader.cursor(entry, field: field).forEachPosting(in: ranges) { place, ordinal, frequency in
                let code = codes[Int(ordinal)]
                var share = shares.share(frequency, code)
                if titles[place] > 0 {
                    let frequency = Float(frequency) + RankingWeights.title * Float(titles[place])
                    share = frequency / (frequency + norms[Int(code)])
                }
                best[place] = max(best[place], share)
                sums[place] &+= frequency
            }
        }
        var left = 0
        for place in candidates.indices {
            var candidate = candidates[place]
            var frequency = Float(sums[place])
            if titles[place] > 0 {
                let title = RankingWeights.title * Float(titles[place])
                best[place] = max(best[place], title / (title + model.fixed))
                frequency += RankingWeights.articleTitle * Float(titles[place])
            }
            let norm = model.articleNorms[Int(spans.lengths[candidate.article])]
            let behind = frequency / (frequency + norm)
            candidate.bound -= most - term.weight * (best[place] + RankingWeights.article * behind)
            guard !PrunedSearch.isHopeless(candidate.bound, threshold) else { continue }
            candidates[left] = candidate
            ranges[left] = ranges[place]
            left += 1
        }
        candidates.removeLast(candidates.count - left)
        ranges.removeLast(ranges.count - left)
    }
}
