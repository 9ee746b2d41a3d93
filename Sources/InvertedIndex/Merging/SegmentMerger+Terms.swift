internal import Bytes
internal import Model

extension SegmentMerger {
    /// Writes dictionary, postings and positions, term by term in the dictionary's order; gives their sizes.
    ///
    /// - Parameter shape: the lengths of the merged segment's texts.
    func writeTerms(_ shape: SegmentShape) throws(IndexError) -> [UInt64] {
        let pipeline = TermPipeline(try TermDictionaryWriter(segment: id, shape: shape, in: storage))
        // After an error too, the files are nobody's any more.
        defer { pipeline.drain() }
        var heads: [(terms: TermIterator, input: MergeInput)] = []
        for input in inputs {
            let terms = TermIterator(input.reader.dictionary)
            if try IndexError.format({ () throws(FormatError) in try terms.next() }) {
                heads.append((terms, input))
            }
        }
        var decoder = PostingsDecoder()
        var batch = TermBatch()
        while let least = Self.least(heads) {
            try checkCancelled()
            let key = heads[least].terms.key
            try IndexError.format { () throws(FormatError) in
                var hasEnded = false
                // In the order of the inputs, and so of the documents. No term is left of articles that are all deleted.
                try batch.add(key) { (list) throws(FormatError) in
                    for index in heads.indices where index >= least && heads[index].terms.key == key {
                        try Self.append(heads[index].terms, of: heads[index].input, to: &list, with: &decoder)
                        if try !heads[index].terms.next() { hasEnded = true }
                    }
                }
                if hasEnded { heads.removeAll { $0.terms.hasEnded } }
            }
            if batch.isFull { try pipeline.write(&batch) }
        }
        try pipeline.write(&batch)
        return try pipeline.finish()
    }

    /// The first of the inputs whose term comes before, or is, every other's.
    private static func least(_ heads: [(terms: TermIterator, input: MergeInput)]) -> Int? {
        var least = 0
        for index in heads.indices.dropFirst() {
            let (fence, other) = (heads[index].terms.fence, heads[least].terms.fence)
            if fence < other
                || fence == other && heads[index].terms.key.lexicographicallyPrecedes(heads[least].terms.key)
            {
                least = index
            }
        }
        return heads.isEmpty ? nil : least
    }

    /// Appends the live postings of the term that `terms` is on, under their new numbers.
    private static func append(
        _ terms: TermIterator, of input: MergeInput, to list: inout PostingList, with decoder: inout PostingsDecoder
    ) throws(FormatError) {
        guard let first = terms.key.first, let field = TermKey.field(first: first) else {
            throw terms.error(.valueOutOfRange)
        }
        try decoder.append(
            try terms.entry(), documentLimit: input.reader.documentLimit(field),
            renumberedBy: field.isOfArticles ? input.articles : input.paragraphs, to: &list)
    }
}
