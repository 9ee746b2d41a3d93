internal import InvertedIndex

/// Adds the postings of one term to the bounds of articles: the loop that ranking spends much of its time in.
///
/// Postings come in the order of paragraphs, so that those of an article follow each other, and its greatest share and the
/// sum of its frequencies are at hand when the next article begins.
@unsafe struct BoundSums {
    private let values: UnsafeMutableBufferPointer<Float>
    private let owners: UnsafeBufferPointer<UInt32>
    private let lengths: UnsafeRawBufferPointer
    private let articleLengths: UnsafeBufferPointer<UInt8>
    private let weight: Float
    private let articleWeight: Float
    private let model: BM25
    /// The article whose postings come; -1 before the first.
    private var article = -1
    private var best: Float = 0
    private var sum: UInt32 = 0

    /// - Parameters:
    ///   - values: one an article.
    ///   - owners: the article of each paragraph.
    ///   - lengths: the code of the length of each paragraph.
    ///   - articleLengths: of each article.
    init(
        values: UnsafeMutableBufferPointer<Float>, owners: UnsafeBufferPointer<UInt32>,
        lengths: UnsafeRawBufferPointer, articleLengths: UnsafeBufferPointer<UInt8>, weight: Float, model: BM25
    ) {
        unsafe self.values = values
        unsafe self.owners = owners
        unsafe self.lengths = lengths
        unsafe self.articleLengths = articleLengths
        unsafe self.weight = weight
        unsafe articleWeight = weight * RankingWeights.article
        unsafe self.model = model
    }

    /// - Parameters:
    ///   - documents: paragraphs, below the count of `owners` and `lengths`.
    ///   - frequencies: of each.
    mutating func add(_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) {
        unsafe model.shares.withUnsafeBufferPointer { shares in
            var (article, best, sum) = unsafe (article, best, sum)
            // SAFETY: as the parameters are; owners are articles, and `shares` has a row of each small frequency.
            for index in documents.indices {
                let document = unsafe Int(documents[index])
                let frequency = unsafe frequencies[index]
                let code = unsafe Int(lengths[document])
                let share =
                    unsafe frequency < SmallShares.limit
                    ? shares[Int(frequency) &* LengthCode.count &+ code]
                    : Float(frequency) / (Float(frequency) + model.norms[code])
                let owner = unsafe Int(owners[document])
                if owner == article {
                    best = max(best, share)
                    sum &+= frequency
                } else {
                    unsafe close(article, best, sum)
                    (article, best, sum) = (owner, share, frequency)
                }
            }
            unsafe (self.article, self.best, self.sum) = (article, best, sum)
        }
    }

    /// Adds what the last article gets.
    func finish() { unsafe close(article, best, sum) }

    @inline(__always)
    private func close(_ article: Int, _ best: Float, _ sum: UInt32) {
        guard article >= 0 else { return }
        // SAFETY: an article of `owners`.
        let code = unsafe Int(articleLengths[article])
        let share =
            unsafe sum < SmallShares.limit
            ? model.articleShares[Int(sum) &* LengthCode.count &+ code]
            : Float(sum) / (Float(sum) + model.articleNorms[code])
        unsafe values[article] += weight * best + articleWeight * share
    }
}
