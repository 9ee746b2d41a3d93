internal import InvertedIndex

/// What quoted keywords add to the paragraphs of a segment in which they stand.
struct QuotedScores {
    typealias Score = ScoredParagraphs.Element

    /// Ascending by ordinal; one for each keyword that stands there, in the order of the query.
    let scores: [Score]

    init(_ scores: [Score]) {
        // The order of keywords is kept where ordinals are the same, so that sums are made in one order.
        self.scores = scores.enumerated().sorted {
            ($0.element.ordinal, $0.offset) < ($1.element.ordinal, $1.offset)
        }.map(\.element)
    }

    /// Those of a range of paragraphs.
    func scores(in paragraphs: Range<Int>) -> ArraySlice<Score> {
        guard !scores.isEmpty else { return [] }
        let first = place(of: paragraphs.lowerBound)
        return scores[first..<place(of: paragraphs.upperBound)]
    }

    /// What none of an article's paragraphs exceeds, for each article that has any, ascending.
    func bounds(_ spans: ArticleSpans) -> [(article: Int, score: Float)] {
        var bounds: [(article: Int, score: Float)] = []
        var index = 0
        while index < scores.count {
            let ordinal = scores[index].ordinal
            var sum: Float = 0
            while index < scores.count, scores[index].ordinal == ordinal {
                sum += scores[index].score
                index += 1
            }
            let article = spans.article(of: ordinal)
            if let last = bounds.last, last.article == article {
                bounds[bounds.count - 1].score = max(last.score, sum)
            } else {
                bounds.append((article, sum))
            }
        }
        return bounds
    }

    /// Where the first score is that is not before an ordinal.
    private func place(of ordinal: Int) -> Int {
        var low = 0
        var high = scores.count
        while low < high {
            let middle = (low + high) / 2
            if scores[middle].ordinal < ordinal { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
