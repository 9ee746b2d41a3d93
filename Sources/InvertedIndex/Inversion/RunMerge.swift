internal import Model

/// Merges the runs of a lane, which follow each other in documents, term by term into a dictionary.
enum RunMerge {
    /// Writes terms that are integers.
    static func write(_ runs: [PostingsRun], field: Field, kind: TermKind, to writer: inout TermDictionaryWriter)
        throws(IndexError)
    {
        let hasPositions = field != .title && kind.hasPositions
        var readers = runs.map { PostingsRun.Reader($0) }
        // The next term of each run; spent ones at the far end.
        var heads = readers.indices.map { readers[$0].next() ? readers[$0].term : UInt64.max }
        var list = PostingList()
        var key: [UInt8] = []
        while let term = heads.min(), term != .max {
            list.removeAll()
            for run in heads.indices where heads[run] == term {
                readers[run].read(into: &list, hasPositions: hasPositions)
                heads[run] = readers[run].next() ? readers[run].term : .max
            }
            key.removeAll(keepingCapacity: true)
            TermKey.append(field, kind, integer: term, to: &key)
            try writer.add(key[...], PostingSlice(list))
        }
    }

    /// Writes terms that are words: runs have them in the order in which they were met, the dictionary in that of their
    /// bytes.
    static func write(
        _ runs: [PostingsRun], field: Field, words: WordInterner, to writer: inout TermDictionaryWriter
    )
        throws(IndexError)
    {
        let sorted = words.sortedIDs()
        var ranks = [UInt32](repeating: 0, count: sorted.count)
        for (rank, id) in sorted.enumerated() { ranks[id] = UInt32(rank) }
        func hasPositions(_ id: Int) -> Bool { field != .title && words.kind(id).hasPositions }
        // For each run, its terms' ranks and where their postings begin, descending, so that the next is the last.
        var list = PostingList()
        var places = runs.map { run -> [(rank: UInt32, offset: Int)] in
            var reader = PostingsRun.Reader(run)
            var places: [(rank: UInt32, offset: Int)] = []
            places.reserveCapacity(run.termCount)
            while reader.next() {
                places.append((ranks[Int(reader.term)], reader.postingsOffset))
                list.removeAll()
                reader.read(into: &list, hasPositions: hasPositions(Int(reader.term)))
            }
            places.sort { $0.rank > $1.rank }
            return places
        }
        for (rank, id) in sorted.enumerated() {
            list.removeAll()
            for run in runs.indices where places[run].last?.rank == UInt32(rank) {
                var reader = PostingsRun.Reader(runs[run], at: places[run].removeLast().offset)
                reader.read(into: &list, hasPositions: hasPositions(id))
            }
            guard !list.documents.isEmpty else { continue }
            let key = TermKey(field: field, kind: words.kind(id), word: words.word(id))
            try writer.add(key.bytes[...], PostingSlice(list))
        }
    }
}
