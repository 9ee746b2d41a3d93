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
    private var ranges = ArticleRanges()
    /// Of one term.
    private var postings = TermPostings()

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
        for candidate in candidates { ranges.append(candidate.article, spans.paragraphs(candidate.article)) }
    }

    /// Reads a term, and gives those up that cannot reach a threshold. The reader finds no others any more.
    ///
    /// - Parameter most: what the term adds at most, which is part of each bound.
    mutating func read(_ reader: TermReader, most: Float, threshold: Float) throws(FormatError) {
        reader.restart()
        try reader.find(in: ranges, into: &postings)
        reader.keep(postings, in: memory)
        var (plain, healed, titles) = (0, 0, 0)
        var left = 0
        for number in candidates.indices {
            var candidate = candidates[number]
            candidate.bound -= most
            var title: Float = 0
            if titles < postings.titles.count, postings.titles[titles].range == UInt32(number) {
                title = Float(postings.titles[titles].frequency)
                titles += 1
            }
            let inParagraph = RankingWeights.title * title
            // The greatest share of any paragraph, and the sum of frequencies: of both readings, which is as much at least as the
            // one counts that holds more.
            var best = title > 0 ? inParagraph / (inParagraph + model.fixed) : 0
            var sum: UInt32 = 0
            func add(_ postings: [RangedPosting], _ index: inout Int) {
                while index < postings.count, postings[index].range == UInt32(number) {
                    let code = codes[Int(postings[index].document)]
                    let frequency = Float(postings[index].frequency) + inParagraph
                    best = max(best, frequency / (frequency + model.norms[Int(code)]))
                    sum &+= postings[index].frequency
                    index += 1
                }
            }
            add(postings.plain, &plain)
            add(postings.healed, &healed)
            if best > 0 {
                let frequency = Float(sum) + RankingWeights.articleTitle * title
                let behind = frequency / (frequency + model.articleNorms[Int(spans.lengths[candidate.article])])
                candidate.bound += reader.weight * (best + RankingWeights.article * behind)
            }
            guard !rounding.isHopeless(candidate.bound, threshold) else { continue }
            candidates[left] = candidate
            ranges.move(number, to: left)
            left += 1
        }
        candidates.removeLast(candidates.count - left)
        ranges.truncate(to: left)
    }
}
