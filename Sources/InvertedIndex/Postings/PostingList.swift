/// The postings of one term while it is being written, or of several, one after the other.
struct PostingList {
    /// Ascending.
    var documents: [UInt32] = []
    /// One a document, from 1.
    var frequencies: [UInt32] = []
    /// For each document in turn, as many as its frequency: the first position, then the differences to the one before
    /// less one. Empty for kinds without.
    var steps: [UInt32] = []

    /// Makes room for so many documents more, and no more than that.
    mutating func reserve(_ documents: Int) {
        self.documents.reserveCapacity(self.documents.count + documents)
        frequencies.reserveCapacity(frequencies.count + documents)
    }

    mutating func removeAll() {
        documents.removeAll(keepingCapacity: true)
        frequencies.removeAll(keepingCapacity: true)
        steps.removeAll(keepingCapacity: true)
    }
}

/// The postings of one term in a list, which may hold those of others too.
struct PostingSlice {
    let list: PostingList
    let documents: Range<Int>
    let steps: Range<Int>

    init(_ list: PostingList, documents: Range<Int>, steps: Range<Int>) {
        self.list = list
        self.documents = documents
        self.steps = steps
    }

    /// All of a list.
    init(_ list: PostingList) { self.init(list, documents: list.documents.indices, steps: list.steps.indices) }
}
