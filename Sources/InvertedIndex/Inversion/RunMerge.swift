internal import Model

/// Merges the runs of a lane, which follow each other in documents, term by term into a dictionary.
enum RunMerge {
    /// Writes characters.
    static func write(characters runs: [PostingsRun], field: Field, to writer: inout TermDictionaryWriter)
        throws(IndexError)
    {
        var heads = RunHeads(runs)
        var term = TermRoom()
        while let least = heads.least {
            heads.read(least, hasPositions: false, into: &term.list)
            try term.write(field, .character, least, to: &writer)
        }
    }

    /// Writes bigrams, each with its pair behind it.
    static func write(
        bigrams: [PostingsRun], pairs: [PostingsRun], field: Field, to writer: inout TermDictionaryWriter
    ) throws(IndexError) {
        var heads = RunHeads(bigrams)
        var pairHeads = RunHeads(pairs)
        var term = TermRoom()
        while let least = heads.least {
            heads.read(least, hasPositions: field != .title, into: &term.list)
            try term.write(field, .bigram, least, to: &writer)
            guard pairHeads.least == least else { continue }
            pairHeads.read(least, hasPositions: false, into: &term.list)
            try term.write(field, .pair, least, to: &writer)
        }
        precondition(pairHeads.least == nil, "what holds a pair holds its bigram")
    }

    /// The next terms of some runs.
    private struct RunHeads {
        private var readers: [PostingsRun.Reader]
        /// The next term of each run; the greatest number for runs at their end.
        private var terms: [UInt64]
        /// The least of them; nil at the end.
        private(set) var least: UInt64?

        init(_ runs: [PostingsRun]) {
            var readers = runs.map { PostingsRun.Reader($0) }
            terms = readers.indices.map { readers[$0].next() ? readers[$0].term : UInt64.max }
            self.readers = readers
            findLeast()
        }

        private mutating func findLeast() { least = terms.min().flatMap { $0 == .max ? nil : $0 } }

        /// Replaces the content of `list` by the postings of the least term, and moves on.
        mutating func read(_ term: UInt64, hasPositions: Bool, into list: inout PostingList) {
            list.removeAll()
            for run in terms.indices where terms[run] == term {
                readers[run].read(into: &list, hasPositions: hasPositions)
                terms[run] = readers[run].next() ? readers[run].term : .max
            }
            findLeast()
        }
    }

    /// Room for one term.
    private struct TermRoom {
        var list = PostingList()
        private var key: [UInt8] = []

        mutating func write(
            _ field: Field, _ kind: TermKind, _ integer: UInt64, to writer: inout TermDictionaryWriter
        ) throws(IndexError) {
            key.removeAll(keepingCapacity: true)
            TermKey.append(field, kind, integer: integer, to: &key)
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
