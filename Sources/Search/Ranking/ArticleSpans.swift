internal import Bytes
internal import InvertedIndex

/// The articles of a segment as ranking sees them: which one each paragraph belongs to, and how long they are.
///
/// Made when a query first asks for it, in one pass over the table of articles, O(paragraphs), and kept with the open index.
///
/// A class, as all that rank keep it: a copy would count references to its arrays.
final class ArticleSpans {
    /// The first paragraph of each article, and behind the last one the number of paragraphs; none where that is flat.
    private let starts: [UInt32]
    /// The code of each article's length: the sum of its paragraphs', in units.
    let lengths: [UInt8]
    /// Whether every article has one paragraph, so that the numbers and the lengths of both are the same.
    let isFlat: Bool
    /// What each paragraph belongs to, where that is not flat.
    let owners: ParagraphOwners

    init(_ articles: ArticleTable) throws(FormatError) {
        let isFlat = try articles.haveOneParagraphEach()
        let starts = isFlat ? [] : try articles.firstParagraphs()
        self.starts = starts
        self.isFlat = isFlat
        (lengths, owners) = try unsafe articles.paragraphLengths.withUnsafeBytes { codes in
            // What a code stands for has that code.
            if isFlat { return unsafe (Array(codes), ParagraphOwners()) }
            let decoded = LengthCode.lengths
            var lengths: [UInt8] = []
            lengths.reserveCapacity(articles.articleCount)
            for article in 0..<articles.articleCount {
                var length = 0
                // SAFETY: there is a code for each paragraph of the segment, and the articles have no other.
                for ordinal in starts[article]..<starts[article + 1] {
                    length += unsafe decoded[Int(codes[Int(ordinal)])]
                }
                lengths.append(LengthCode.encode(length))
            }
            return unsafe (lengths, ParagraphOwners(starts, codes))
        }
    }

    /// Whether every article has a paragraph.
    var haveParagraphs: Bool { isFlat || paragraphCount > 0 && owners.articles.isEmpty }

    var articleCount: Int { lengths.count }
    var paragraphCount: Int { isFlat ? lengths.count : Int(starts[articleCount]) }

    /// The ordinals of an article's paragraphs.
    func paragraphs(_ article: Int) -> Range<Int> {
        isFlat ? article..<article + 1 : Int(starts[article])..<Int(starts[article + 1])
    }

    /// The article of a paragraph.
    func article(of ordinal: Int) -> Int { isFlat ? ordinal : owners.article(of: ordinal) }
}
