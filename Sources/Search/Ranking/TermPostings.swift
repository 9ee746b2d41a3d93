internal import InvertedIndex

/// The postings of a term in some articles, each of the three ascending. Kept from term to term for its room.
struct TermPostings {
    /// Of paragraphs in their plain reading and in their healed one; each range is one article's.
    var plain: [RangedPosting] = []
    var healed: [RangedPosting] = []
    /// Of articles by their titles; each range is one article.
    var titles: [RangedPosting] = []

    mutating func removeAll() {
        plain.removeAll(keepingCapacity: true)
        healed.removeAll(keepingCapacity: true)
        titles.removeAll(keepingCapacity: true)
    }
}
