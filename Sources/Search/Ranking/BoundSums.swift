internal import InvertedIndex

/// Adds the postings of one term to the bounds of articles: the loop that ranking spends much of its time in.
///
/// Postings come in the order of paragraphs, so that those of an article follow each other, and its greatest share and the
/// sum of its frequencies are at hand when the next article begins.
@unsafe struct BoundSums {
    /// One an article.
    private let values: UnsafeMutablePointer<Float>
    /// The article of each paragraph.
    private let owners: UnsafePointer<UInt32>
    /// The code of the length of each paragraph, and of each article.
    private let lengths: UnsafeRawPointer
    private let articleLengths: UnsafePointer<UInt8>
    private let tables: ShareTables
    private let weight: Float
    private let articleWeight: Float
    /// The article whose postings come; -1 before the first.
    private var article = -1
    private var best: Float = 0
    private var sum: UInt32 = 0

    init(
        values: UnsafeMutablePointer<Float>, owners: UnsafePointer<UInt32>, lengths: UnsafeRawPointer,
        articleLengths: UnsafePointer<UInt8>, tables: ShareTables, weight: Float
    ) {
        unsafe self.values = values
        unsafe self.owners = owners
        unsafe self.lengths = lengths
        unsafe self.articleLengths = articleLengths
        unsafe self.tables = tables
        unsafe self.weight = weight
        unsafe articleWeight = weight * RankingWeights.article
    }

    /// - Parameters:
    ///   - documents: paragraphs of the segment.
    ///   - frequencies: of each.
    mutating func add(_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) {
        var (article, best, sum) = unsafe (article, best, sum)
        let shares = unsafe tables.paragraphs
        for index in documents.indices {
            // SAFETY: paragraphs of the segment have owners and lengths, and there is a share for each code.
            let document = unsafe Int(documents[index])
            let frequency = unsafe frequencies[index]
            let share = shares.share(frequency, unsafe lengths.load(fromByteOffset: document, as: UInt8.self))
            let owner = unsafe Int(owners[document])
            if owner == article {
                best = max(best, share)
                sum &+= frequency
            } else {
                if article >= 0 { unsafe close(article, best, sum) }
                (article, best, sum) = (owner, share, frequency)
            }
        }
        unsafe (self.article, self.best, self.sum) = (article, best, sum)
    }

    /// Adds what the last article gets.
    func finish() { if unsafe article >= 0 { unsafe close(article, best, sum) } }

    @inline(__always)
    private func close(_ article: Int, _ best: Float, _ sum: UInt32) {
        // SAFETY: an article of `owners`.
        let share = unsafe tables.articles.share(sum, articleLengths[article])
        unsafe values[article] += weight * best + articleWeight * share
    }
}
