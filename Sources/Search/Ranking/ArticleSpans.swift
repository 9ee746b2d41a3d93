internal import Bytes
internal import InvertedIndex

/// The articles of a segment as ranking sees them: which one each paragraph belongs to, and how long they are.
///
/// Made when a query first asks for it, in one pass over the table of articles, O(paragraphs), and kept with the open index.
struct ArticleSpans {
    /// The first paragraph of each article, and behind the last one the number of paragraphs.
    let starts: [UInt32]
    /// The article of each paragraph.
    let owners: [UInt32]
    /// The code of each article's length: the sum of its paragraphs', in units.
    let lengths: [UInt8]
    /// Whether every article has one paragraph, so that the numbers and the lengths of both are the same.
    let isFlat: Bool

    init(_ articles: ArticleTable) throws(FormatError) {
        var starts: [UInt32] = []
        var owners: [UInt32] = []
        var lengthCodes: [UInt8] = []
        starts.reserveCapacity(articles.articleCount + 1)
        owners.reserveCapacity(articles.paragraphCount)
        lengthCodes.reserveCapacity(articles.articleCount)
        let decoded = LengthCode.lengths
        try unsafe articles.paragraphLengths.withUnsafeBytes { (codes) throws(FormatError) in
            for article in 0..<articles.articleCount {
                let paragraphs = try articles.paragraphs(ofArticle: article)
                starts.append(UInt32(paragraphs.lowerBound))
                var length = 0
                for ordinal in paragraphs {
                    length += unsafe decoded[Int(codes[ordinal])]
                    owners.append(UInt32(article))
                }
                lengthCodes.append(LengthCode.encode(length))
            }
        }
        starts.append(UInt32(articles.paragraphCount))
        // Each article begins where the one before ends, or the paragraphs of some have no owner or two.
        guard owners.count == articles.paragraphCount else { throw articles.disorder }
        self.starts = starts
        self.owners = owners
        lengths = lengthCodes
        isFlat = owners.count == lengths.count && zip(starts, starts.dropFirst()).allSatisfy { $1 - $0 == 1 }
    }

    var articleCount: Int { lengths.count }

    /// The ordinals of an article's paragraphs.
    func paragraphs(_ article: Int) -> Range<Int> { Int(starts[article])..<Int(starts[article + 1]) }
}
