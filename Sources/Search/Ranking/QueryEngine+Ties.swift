internal import Bytes
internal import InvertedIndex

extension QueryEngine {
    /// Articles whose order is made for ties, at most: some 100 MB while it is made, and an eighth of that afterwards.
    private static let rankedArticles = 1_000_000

    /// Puts paragraphs of one score in order: by the bytes of the article's id, then by place.
    ///
    /// Ids are read one by one until that has been done for so many that the order of all is worth making, which takes about as
    /// long as to read all of them so. Where it takes too much memory, or some record is damaged, which may be no hit's, they
    /// go on to be read one by one.
    func orderTies(_ ties: inout ArraySlice<RankedParagraph>) throws(FormatError) {
        if order == nil, snapshot.articleCount <= Self.rankedArticles {
            idLookUps += ties.count
            if idLookUps > snapshot.articleCount {
                idLookUps = 0
                order = try? ArticleOrder(snapshot)
            }
        }
        var keyed: [(key: TieKey, hit: RankedParagraph)] = []
        keyed.reserveCapacity(ties.count)
        for hit in ties {
            let article = try spans.article(ofParagraph: hit.ordinal, segment: hit.segment)
            let first = try spans.paragraphs(ofArticle: article, segment: hit.segment).lowerBound
            var key = TieKey(number: hit.ordinal - first, segment: hit.segment, ordinal: hit.ordinal)
            if let order {
                key.idRank = order.idRank(ofArticle: article, segment: hit.segment)
            } else {
                key.id = try snapshot.articleID(article, ofSegment: hit.segment)
            }
            keyed.append((key, hit))
        }
        keyed.sort { $0.key < $1.key }
        for (index, entry) in zip(ties.indices, keyed) { ties[index] = entry.hit }
    }
}

/// What paragraphs of one score are put in order by.
private struct TieKey {
    /// Of the article's id among all, once that is known.
    var idRank: UInt32 = 0
    /// The id itself before.
    var id: [UInt8] = []
    /// Of the paragraph in its article.
    let number: Int
    // Two articles of one id, from two files, may lie anywhere.
    let segment: Int
    let ordinal: Int

    init(number: Int, segment: Int, ordinal: Int) {
        (self.number, self.segment, self.ordinal) = (number, segment, ordinal)
    }

    static func < (left: TieKey, right: TieKey) -> Bool {
        if left.idRank != right.idRank { return left.idRank < right.idRank }
        if left.id != right.id { return left.id.lexicographicallyPrecedes(right.id) }
        return (left.number, left.segment, left.ordinal) < (right.number, right.segment, right.ordinal)
    }
}
