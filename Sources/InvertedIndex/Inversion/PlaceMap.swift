/// Finds the document of a place in a run.
struct PlaceMap {
    private static let grain = 5
    private var starts: [UInt32] = []
    /// The documents, ascending.
    private(set) var documents: [UInt32] = []
    /// For each 32 places, the document that holds the first of them.
    private var coarse: [UInt32] = []
    /// Places given out so far.
    private(set) var count = 0

    var documentCount: Int { starts.count }

    /// Memory in use, in bytes.
    var memory: Int { 4 * (starts.capacity + documents.capacity + coarse.capacity) }

    mutating func removeAll() {
        starts.removeAll(keepingCapacity: true)
        documents.removeAll(keepingCapacity: true)
        coarse.removeAll(keepingCapacity: true)
        count = 0
    }

    /// Adds a document of `length` places; gives its first place. Even an empty document takes one.
    ///
    /// - Parameter document: after all documents added before.
    mutating func add(_ document: UInt32, length: Int) -> Int {
        let start = count
        documents.append(document)
        starts.append(UInt32(start))
        count += max(1, length)
        while coarse.count << Self.grain < count { coarse.append(UInt32(starts.count - 1)) }
        return start
    }

    /// The document of `place`, and the places it begins and ends at.
    ///
    /// - Precondition: `place` is one of those given out.
    @inline(__always)
    func document(at place: Int) -> (document: UInt32, start: Int, end: Int) {
        let starts = starts.span
        var index = Int(coarse.span[place &>> Self.grain])
        while index &+ 1 < starts.count, Int(starts[index &+ 1]) <= place { index &+= 1 }
        let end = index &+ 1 < starts.count ? Int(starts[index &+ 1]) : count
        return (documents.span[index], Int(starts[index]), end)
    }
}
