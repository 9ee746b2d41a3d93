/// Takes terms in the dictionary's order and has them written behind its back (``TermPipeline``).
struct TermSink: ~Copyable {
    private let pipeline: TermPipeline
    private var batch = TermBatch()

    init(_ writer: sending TermDictionaryWriter) { pipeline = TermPipeline(writer) }

    // After an error too, the files are nobody's any more.
    deinit { pipeline.drain() }

    /// Adds a term. A pair comes right after its bigram.
    ///
    /// - Parameter body: appends the postings to what is in the list already; where it adds none, the term is left out.
    /// - Throws: what writing a term before has failed with.
    mutating func add(_ key: [UInt8], postings body: (inout PostingList) -> Void) throws(IndexError) {
        try fill { $0.add(key, postings: body) }
    }

    /// Adds what `body` adds to a batch; gives what it returns.
    mutating func fill<Result>(_ body: (inout TermBatch) throws(IndexError) -> Result) throws(IndexError) -> Result
    {
        let result = try body(&batch)
        if batch.isFull { try pipeline.write(&batch) }
        return result
    }

    /// Writes what is left and ends the files; gives the sizes of terms, postings and positions.
    mutating func finish() throws(IndexError) -> [UInt64] {
        try pipeline.write(&batch)
        return try pipeline.finish()
    }
}
