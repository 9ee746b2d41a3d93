internal import Bytes
internal import Model

extension SegmentMerger {
    /// Writes dictionary, postings and positions, term by term in the dictionary's order; gives their sizes.
    ///
    /// - Parameter shape: the lengths of the merged segment's texts.
    func writeTerms(_ shape: SegmentShape) throws(IndexError) -> [UInt64] {
        var writer = try TermDictionaryWriter(segment: id, shape: shape, in: storage)
        var heads: [(terms: TermIterator, input: MergeInput)] = []
        for input in inputs {
            let terms = TermIterator(input.reader.dictionary)
            if try IndexError.format({ () throws(FormatError) in try terms.next() }) {
                heads.append((terms, input))
            }
        }
        var list = PostingList()
        var positions: [UInt32] = []
        while let least = heads.indices.min(by: { heads[$0].terms.precedes(heads[$1].terms) }) {
            try checkCancelled()
            let key = heads[least].terms.key
            list.removeAll()
            // In the order of the inputs, and so of the documents.
            try IndexError.format { () throws(FormatError) in
                var hasEnded = false
                for index in heads.indices where index >= least && heads[index].terms.key == key {
                    try Self.append(heads[index].terms, of: heads[index].input, to: &list, &positions)
                    if try !heads[index].terms.next() { hasEnded = true }
                }
                if hasEnded { heads.removeAll { $0.terms.hasEnded } }
            }
            // No term is left of articles that are all deleted.
            if !list.documents.isEmpty { try writer.add(key, list) }
        }
        return try writer.finish()
    }

    /// Appends the live postings of the term that `terms` is on, under their new numbers.
    ///
    /// - Parameter positions: room to decode into.
    private static func append(
        _ terms: TermIterator, of input: MergeInput, to list: inout PostingList, _ positions: inout [UInt32]
    ) throws(FormatError) {
        guard let field = TermKey.field(of: terms.key) else { throw terms.error(.valueOutOfRange) }
        let entry = try terms.entry()
        let map = field.isOfArticles ? input.articles : input.paragraphs
        let cursor = try input.reader.cursor(entry, field: field)
        while try cursor.next() != PostingsCursor.noMoreDocuments {
            guard let number = map[Int(cursor.document)] else { continue }
            guard cursor.frequency > 0 else { throw terms.error(.valueOutOfRange) }
            list.documents.append(UInt32(number))
            list.frequencies.append(cursor.frequency)
            guard entry.hasPositions else { continue }
            try cursor.positions(into: &positions)
            var next: UInt32 = 0
            for position in positions {
                list.steps.append(position - next)
                next = position + 1
            }
        }
    }
}
