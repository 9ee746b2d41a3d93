internal import Bytes
internal import InvertedIndex

/// The articles of a segment as ranking sees them: which one each paragraph belongs to, and how long they are.
///
/// Made when a query first asks for it, in one pass over the table of articles, O(paragraphs), and kept with the open index.
final class ArticleSpans {
    /// The first paragraph of each article, and behind the last one the number of paragraphs.
    private let starts: [UInt32]
    /// The code of each article's length: the sum of its paragraphs', in units.
    let lengths: [UInt8]
    /// Whether every article has one paragraph, so that the numbers and the lengths of both are the same.
    let isFlat: Bool
    /// What each paragraph belongs to, where that is not flat.
    let owners: ParagraphOwners

    init(_ articles: ArticleTable) throws(FormatError) {
        var starts: [UInt32] = []
        var lengths: [UInt8] = []
        var isFlat = true
        starts.reserveCapacity(articles.articleCount + 1)
        lengths.reserveCapacity(articles.articleCount)
        let decoded = LengthCode.lengths
        owners = try unsafe articles.paragraphLengths.withUnsafeBytes { (codes) throws(FormatError) in
            var end = 0
            for article in 0..<articles.articleCount {
                let paragraphs = try articles.paragraphs(ofArticle: article)
                // Each begins where the one before ends, or some paragraphs would have no article, or two.
                guard paragraphs.lowerBound == end else { throw articles.disorder }
                end = paragraphs.upperBound
                isFlat = isFlat && paragraphs.count == 1
                starts.append(UInt32(paragraphs.lowerBound))
                var length = 0
                // SAFETY: there is a code for each paragraph of the segment, and the table gives no other.
                for ordinal in paragraphs { length += unsafe decoded[Int(codes[ordinal])] }
                lengths.append(LengthCode.encode(length))
            }
            guard end == articles.paragraphCount else { throw articles.disorder }
            starts.append(UInt32(end))
            return isFlat ? ParagraphOwners() : unsafe ParagraphOwners(starts, codes)
        }
        self.starts = starts
        self.isFlat = isFlat
        self.lengths = lengths
    }

    /// Whether every article has a paragraph.
    var haveParagraphs: Bool { isFlat || paragraphCount > 0 && owners.articles.isEmpty }

    var articleCount: Int { lengths.count }
    var paragraphCount: Int { Int(starts[articleCount]) }

    /// The ordinals of an article's paragraphs.
    func paragraphs(_ article: Int) -> Range<Int> { Int(starts[article])..<Int(starts[article + 1]) }

    /// The article of a paragraph.
    func article(of ordinal: Int) -> Int { isFlat ? ordinal : owners.article(of: ordinal) }
}
