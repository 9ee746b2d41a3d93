/// Some articles of a segment, ascending, as ranges of documents.
struct ArticleRanges {
    /// Each one alone: documents of the field of titles.
    private(set) var titles: [Range<UInt32>] = []
    /// The paragraphs of each.
    private(set) var paragraphs: [Range<UInt32>] = []

    var count: Int { titles.count }

    mutating func removeAll() {
        titles.removeAll(keepingCapacity: true)
        paragraphs.removeAll(keepingCapacity: true)
    }

    mutating func append(_ article: Int, _ ordinals: Range<Int>) {
        titles.append(UInt32(article)..<UInt32(article + 1))
        paragraphs.append(UInt32(ordinals.lowerBound)..<UInt32(ordinals.upperBound))
    }

    /// Puts the article of one number in the place of another, no later one.
    mutating func move(_ number: Int, to place: Int) {
        titles[place] = titles[number]
        paragraphs[place] = paragraphs[number]
    }

    /// Leaves out all but so many.
    mutating func truncate(to count: Int) {
        titles.removeLast(titles.count - count)
        paragraphs.removeLast(paragraphs.count - count)
    }
}
