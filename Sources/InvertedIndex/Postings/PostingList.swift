internal import Bytes

/// The postings of one term while it is being written: documents, frequencies, and encoded positions.
struct PostingList {
    var documents: [UInt32] = []
    var frequencies: [UInt32] = []
    /// The positions of each document in turn as varints: the first, then differences. Empty for kinds without.
    var positions: [UInt8] = []

    mutating func removeAll() {
        documents.removeAll(keepingCapacity: true)
        frequencies.removeAll(keepingCapacity: true)
        positions.removeAll(keepingCapacity: true)
    }
}
