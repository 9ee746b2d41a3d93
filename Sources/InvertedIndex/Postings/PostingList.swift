/// The postings of one term while it is being written.
struct PostingList {
    /// Ascending.
    var documents: [UInt32] = []
    /// One a document, from 1.
    var frequencies: [UInt32] = []
    /// For each document in turn, as many as its frequency: the first position, then the differences to the one before
    /// less one. Empty for kinds without.
    var steps: [UInt32] = []

    mutating func removeAll() {
        documents.removeAll(keepingCapacity: true)
        frequencies.removeAll(keepingCapacity: true)
        steps.removeAll(keepingCapacity: true)
    }
}
