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
    private let codes: LengthTable.Codes
    private let memory: PostingsMemory
    private let rounding: Rounding
    /// Ascending by article.
    private(set) var candidates: [Candidate]
    /// The ordinals of each one's paragraphs.
    private var ranges: [Range<UInt32>]

    /// - Parameters:
    ///   - candidates: of a segment, ascending by article.
    ///   - codes: of the lengths of the segment's paragraphs.
    ///   - memory: keeps what is read.
    init(
        _ candidates: [Candidate], model: BM25, spans: ArticleSpans, codes: LengthTable.Codes,
        memory: PostingsMemory, rounding: Rounding
    ) {
        self.model = model
        self.spans = spans
        self.codes = codes
        self.memory = memory
        self.rounding = rounding
        self.candidates = candidates
        ranges = candidates.map { candidate in
            let paragraphs = spans.paragraphs(candidate.article)
            return UInt32(paragraphs.lowerBound)..<UInt32(paragraphs.upperBound)
        }
    }

    /// Reads a term, and gives those up that cannot reach a threshold.
    ///
    /// - Parameter most: what the term adds at most, which is part of each bound.
    /// - Returns: its postings in the candidates, as far as memory has room.
    mutating func read(_ reader: TermReader, most: Float, threshold: Float) throws(FormatError)
        -> TermReader.Kept
    {
        let articles = candidates.map { UInt32($0.article) }
        let titles = try reader.titleFrequencies(articles)
        // The greatest share of any paragraph, and the sum of frequencies: of both readings, which is as much at least as the
        // one counts that holds more.
        let paragraphCount = ranges.reduce(0) { $0 + $1.count }
        var best = [Float](repeating: 0, count: candidates.count)
        var sums = [UInt32](repeating: 0, count: candidates.count)
        let (codes, shares, norms) = (codes, model.tables.paragraphs, model.norms)
        var kept = try reader.forEachPosting(in: ranges, keepingIn: memory, most: paragraphCount) {
            place, ordinal, frequency in
            let code = codes[Int(ordinal)]
            var share = shares.share(frequency, code)
            if let title = titles?[place], title > 0 {
                let frequency = Float(frequency) + RankingWeights.title * Float(title)
                share = frequency / (frequency + norms[Int(code)])
            }
            best[place] = max(best[place], share)
            sums[place] &+= frequency
        }
        kept.title = titles.flatMap { memory.begin($0.count) }
        for (article, title) in zip(articles, titles ?? []) where title > 0 { kept.title?.append(article, title) }
        var left = 0
        for place in candidates.indices {
            var candidate = candidates[place]
            var frequency = Float(sums[place])
            if let title = titles?[place], title > 0 {
                let inParagraph = RankingWeights.title * Float(title)
                best[place] = max(best[place], inParagraph / (inParagraph + model.fixed))
                frequency += RankingWeights.articleTitle * Float(title)
            }
            let norm = model.articleNorms[Int(spans.lengths[candidate.article])]
            let behind = frequency / (frequency + norm)
            candidate.bound -= most - reader.weight * (best[place] + RankingWeights.article * behind)
            guard !rounding.isHopeless(candidate.bound, threshold) else { continue }
            candidates[left] = candidate
            ranges[left] = ranges[place]
            left += 1
        }
        candidates.removeLast(candidates.count - left)
        ranges.removeLast(ranges.count - left)
        return kept
    }
}
