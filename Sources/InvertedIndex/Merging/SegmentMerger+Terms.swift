internal import Bytes
internal import Model

extension SegmentMerger {
    /// Writes dictionary, postings and positions, term by term in the dictionary's order; gives their sizes.
    ///
    /// - Parameter shape: the lengths of the merged segment's texts.
    func writeTerms(_ shape: SegmentShape) throws(IndexError) -> [UInt64] {
        var sink = TermSink(try TermDictionaryWriter(segment: id, shape: shape, in: storage))
        var source = try IndexError.format { () throws(FormatError) in try MergeSource(inputs) }
        while try sink.fill({ (batch) throws(IndexError) in
            try IndexError.format { () throws(FormatError) in try source.next(into: &batch) }
        }) { try checkCancelled() }
        return try sink.finish()
    }
}

/// Gathers the terms of the segments being merged, each pair behind its bigram.
private struct MergeSource: ~Copyable {
    private let inputs: [MergeInput]
    private var heads: MergeHeads
    /// The pairs of the field whose bigrams are being read, and the first byte of their keys.
    private var pairs: (heads: MergeHeads, first: UInt8)?
    private var decoder = PostingsDecoder()

    init(_ inputs: [MergeInput]) throws(FormatError) {
        self.inputs = inputs
        heads = try MergeHeads(inputs)
    }

    /// Adds the next term, and its pair where there is one; false when there are no more.
    ///
    /// No term is left of documents that are all deleted.
    mutating func next(into batch: inout TermBatch) throws(FormatError) -> Bool {
        guard let key = heads.key else { return false }
        switch TermKey.kind(first: key[0]) {
        case .bigram:
            try batch.add(key) { (list) throws(FormatError) in try heads.read(into: &list, with: &decoder) }
            try addPair(of: key, to: &batch)
        case .pair:
            // They have been added with their bigrams.
            guard let pairs, pairs.first == key[0], pairs.heads.key?.first != key[0] else {
                throw heads.error(.unknownKey)
            }
            try heads.skip()
        default:
            try batch.add(key) { (list) throws(FormatError) in try heads.read(into: &list, with: &decoder) }
        }
        return true
    }

    private mutating func addPair(of bigram: [UInt8], to batch: inout TermBatch) throws(FormatError) {
        let key = TermDictionaryFormat.pairKey(of: bigram)
        if pairs?.first != key[0] { pairs = (try MergeHeads(inputs, from: [key[0]]), key[0]) }
        guard let next = pairs!.heads.key else { return }
        if next == key {
            try batch.add(key) { (list) throws(FormatError) in
                try pairs!.heads.read(into: &list, with: &decoder)
            }
        } else if next.lexicographicallyPrecedes(key) {
            throw pairs!.heads.error(.unknownKey)
        }
    }
}
