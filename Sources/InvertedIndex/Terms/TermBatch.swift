/// Some terms, ascending, and their postings, one after the other.
struct TermBatch: Sendable {
    /// Postings and positions that a batch holds about, unless a single term has more.
    private static let size = 1 << 16

    private var keys: [UInt8] = []
    private var list = PostingList()
    /// Where each term's part ends.
    private var ends: [(key: Int, document: Int, step: Int)] = []

    /// Terms in it.
    var count: Int { ends.count }

    /// Whether it holds one term with many postings, and should not wait beside others like it.
    var isLarge: Bool { list.documents.count + list.steps.count >= 4 * Self.size }

    var isFull: Bool { list.documents.count + list.steps.count >= Self.size }

    mutating func removeAll() {
        keys.removeAll(keepingCapacity: true)
        list.removeAll()
        ends.removeAll(keepingCapacity: true)
    }

    /// Adds a term, after all added before.
    ///
    /// - Parameter body: appends the postings to what is in the list already; where it adds none, the term is left out.
    mutating func add<E>(_ key: [UInt8], postings body: (inout PostingList) throws(E) -> Void) throws(E) {
        let before = list.documents.count
        try body(&list)
        guard list.documents.count > before else { return }
        keys += key
        ends.append((keys.count, list.documents.count, list.steps.count))
    }

    /// Calls `body` with each term.
    func forEach<E>(_ body: (ArraySlice<UInt8>, PostingSlice) throws(E) -> Void) throws(E) {
        var start = (key: 0, document: 0, step: 0)
        for end in ends {
            try body(
                keys[start.key..<end.key],
                PostingSlice(list, documents: start.document..<end.document, steps: start.step..<end.step))
            start = end
        }
    }
}
