/// The article of each paragraph and the paragraph's length, in two bytes: the loop over postings asks for them here and
/// there, and is as fast as they are near.
///
/// Articles that have paragraphs are numbered among themselves, by rank. Ranks grow by one at most from one paragraph to the
/// next, so that among 256 paragraphs a byte tells them apart.
struct ParagraphOwners {
    /// Paragraphs that have a rank in common from which theirs are told.
    private static let stretch = 256

    /// One a paragraph: above the rank of its stretch, and, in the higher byte, the code of its length.
    let paragraphs: [UInt16]
    /// The rank of the first paragraph of each stretch.
    let ranks: [UInt32]
    /// The articles by their ranks; none where all have paragraphs, and ranks are articles.
    let articles: [UInt32]

    /// Of no paragraphs.
    init() { (paragraphs, ranks, articles) = ([], [], []) }

    /// - Parameters:
    ///   - starts: the first paragraph of each article, and behind the last one the number of paragraphs.
    ///   - lengths: the code of each paragraph's length.
    init(_ starts: [UInt32], _ lengths: UnsafeRawBufferPointer) {
        var paragraphs: [UInt16] = []
        var ranks: [UInt32] = []
        var articles: [UInt32] = []
        paragraphs.reserveCapacity(lengths.count)
        for article in 0..<starts.count - 1 where starts[article] < starts[article + 1] {
            let rank = UInt32(articles.count)
            articles.append(UInt32(article))
            for ordinal in Int(starts[article])..<Int(starts[article + 1]) {
                if ordinal % Self.stretch == 0 { ranks.append(rank) }
                let above = UInt16(rank - ranks[ordinal / Self.stretch])
                paragraphs.append(unsafe UInt16(lengths[ordinal]) << 8 | above)
            }
        }
        self.paragraphs = paragraphs
        self.ranks = ranks
        self.articles = articles.count == starts.count - 1 ? [] : articles
    }

    /// The article of a paragraph.
    func article(of ordinal: Int) -> Int {
        let rank = Int(ranks[ordinal / Self.stretch]) + Int(paragraphs[ordinal] & 0xFF)
        return articles.isEmpty ? rank : Int(articles[rank])
    }

    /// The same for a loop that does not go beyond the paragraphs there are. Valid as long as the arrays are.
    @unsafe struct Pointers {
        fileprivate let paragraphs: UnsafePointer<UInt16>
        fileprivate let ranks: UnsafePointer<UInt32>
        fileprivate let articles: UnsafePointer<UInt32>?

        /// The rank and the code of the length of a paragraph.
        @inline(__always)
        func find(_ ordinal: UInt32) -> (rank: UInt32, length: UInt8) {
            let paragraph = unsafe paragraphs[Int(ordinal)]
            let rank = unsafe ranks[Int(ordinal) / stretch] &+ UInt32(paragraph & 0xFF)
            return (rank, UInt8(truncatingIfNeeded: paragraph &>> 8))
        }

        /// The article of a rank.
        @inline(__always)
        func article(_ rank: UInt32) -> Int {
            if let articles = unsafe articles { return unsafe Int(articles[Int(rank)]) }
            return Int(rank)
        }
    }

    /// Calls `body` with pointers to all of this. Not where there are no paragraphs.
    func withPointers<Failure: Error>(_ body: (Pointers) throws(Failure) -> Void) throws(Failure) {
        try unsafe paragraphs.withUnsafeBufferPointer { (paragraphs) throws(Failure) in
            try unsafe ranks.withUnsafeBufferPointer { (ranks) throws(Failure) in
                try unsafe articles.withUnsafeBufferPointer { (articles) throws(Failure) in
                    guard let first = paragraphs.baseAddress, let ranks = ranks.baseAddress, !paragraphs.isEmpty
                    else { return }
                    let articles = articles.isEmpty ? nil : articles.baseAddress
                    try unsafe body(Pointers(paragraphs: first, ranks: ranks, articles: articles))
                }
            }
        }
    }
}
