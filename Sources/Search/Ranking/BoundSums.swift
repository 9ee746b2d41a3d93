internal import InvertedIndex

/// Adds the postings of one term to the bounds of articles: the loop that ranking spends much of its time in.
///
/// Postings come in the order of paragraphs, so that those of an article follow each other, and its greatest share and the
/// sum of its frequencies are at hand.
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
    /// Its value without them.
    private var before: Float = 0

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
        var (article, best, sum, before) = unsafe (article, best, sum, before)
        let shares = unsafe tables.paragraphs
        let articleShares = unsafe tables.articles
        for index in documents.indices {
            // SAFETY: paragraphs of the segment have owners and lengths, and there is a share for each code.
            let document = unsafe Int(documents[index])
            let frequency = unsafe frequencies[index]
            let share = shares.share(frequency, unsafe lengths.load(fromByteOffset: document, as: UInt8.self))
            let owner = unsafe Int(owners[document])
            // What the article has got so far is written each time, and masks take the place of branches: to guess whether
            // another posting of it follows would take longer, as every other guess is wrong.
            let same = 0 &- UInt32(truncatingIfNeeded: owner == article ? 1 : 0)
            best = max(share, Float(bitPattern: best.bitPattern & same))
            sum = frequency &+ (sum & same)
            let value = unsafe values[owner]
            before = Float(bitPattern: before.bitPattern & same | value.bitPattern & ~same)
            let articleShare = unsafe articleShares.share(sum, articleLengths[owner])
            unsafe values[owner] = before + (weight * best + articleWeight * articleShare)
            article = owner
        }
        unsafe (self.article, self.best, self.sum, self.before) = (article, best, sum, before)
    }

    /// The same where every article has one paragraph: nothing has to be found or kept.
    func addFlat(_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) {
        let shares = unsafe tables.sums
        for index in documents.indices {
            // SAFETY: as above.
            let document = unsafe Int(documents[index])
            let code = unsafe lengths.load(fromByteOffset: document, as: UInt8.self)
            unsafe values[document] += weight * shares.share(frequencies[index], code)
        }
    }
}
