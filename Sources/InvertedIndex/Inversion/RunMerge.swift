internal import Model

/// Merges the runs of a lane, which follow each other in documents, term by term into a dictionary.
enum RunMerge {
    /// Writes characters.
    static func write(characters runs: [FieldRuns.Run], field: Field, to sink: inout TermSink) throws(IndexError) {
        var heads = RunHeads(runs)
        while let least = heads.least {
            let key = TermKey(field: field, kind: .character, integer: least)
            try sink.add(key.bytes) { heads.read(least, hasPositions: false, into: &$0) }
        }
    }

    /// Writes bigrams, each with its pair behind it.
    static func write(
        bigrams: [FieldRuns.Run], pairs: [FieldRuns.Run], field: Field, to sink: inout TermSink
    ) throws(IndexError) {
        var heads = RunHeads(bigrams)
        var pairHeads = RunHeads(pairs)
        while let least = heads.least {
            let bigram = TermKey(field: field, kind: .bigram, integer: least)
            try sink.add(bigram.bytes) {
                heads.read(least, hasPositions: field != .title, into: &$0)
            }
            guard pairHeads.least == least else { continue }
            let pair = TermKey(field: field, kind: .pair, integer: least)
            try sink.add(pair.bytes) { pairHeads.read(least, hasPositions: false, into: &$0) }
        }
        precondition(pairHeads.least == nil, "what holds a pair holds its bigram")
    }

    /// The next terms of some runs.
    private struct RunHeads {
        private var readers: [PostingsRun.Reader]
        private let bases: [Int]
        /// The next term of each run; the greatest number for runs at their end.
        private var terms: [UInt64]
        /// The least of them; nil at the end.
        private(set) var least: UInt64?

        init(_ runs: [FieldRuns.Run]) {
            var readers = runs.map { PostingsRun.Reader($0.run) }
            terms = readers.indices.map { readers[$0].next() ? readers[$0].term : UInt64.max }
            self.readers = readers
            bases = runs.map(\.base)
            findLeast()
        }

        private mutating func findLeast() { least = terms.min().flatMap { $0 == .max ? nil : $0 } }

        /// Appends the postings of the least term to `list`, and moves on.
        mutating func read(_ term: UInt64, hasPositions: Bool, into list: inout PostingList) {
            for run in terms.indices where terms[run] == term {
                readers[run].read(into: &list, base: bases[run], hasPositions: hasPositions)
                terms[run] = readers[run].next() ? readers[run].term : .max
            }
            findLeast()
        }
    }

    /// Writes terms that are words: runs have them in the order in which they were met, the dictionary in that of their
    /// bytes.
    static func write(_ runs: [FieldRuns.Run], field: Field, words: WordInterner, to sink: inout TermSink)
        throws(IndexError)
    {
        let sorted = words.sortedIDs()
        var ranks = [UInt32](repeating: 0, count: sorted.count)
        for (rank, id) in sorted.enumerated() { ranks[id] = UInt32(rank) }
        func hasPositions(_ id: Int) -> Bool { field != .title && words.kind(id).hasPositions }
        // For each run, its terms' ranks and where their postings begin, descending, so that the next is the last.
        var list = PostingList()
        var places = runs.map { run -> [(rank: UInt32, offset: Int)] in
            var reader = PostingsRun.Reader(run.run)
            var places: [(rank: UInt32, offset: Int)] = []
            places.reserveCapacity(run.run.termCount)
            while reader.next() {
                let id = Int(run.words?[Int(reader.term)] ?? UInt32(reader.term))
                places.append((ranks[id], reader.postingsOffset))
                list.removeAll()
                reader.read(into: &list, base: 0, hasPositions: hasPositions(id))
            }
            places.sort { $0.rank > $1.rank }
            return places
        }
        for (rank, id) in sorted.enumerated() {
            let key = TermKey(field: field, kind: words.kind(id), word: words.word(id))
            try sink.add(key.bytes) { list in
                for run in runs.indices where places[run].last?.rank == UInt32(rank) {
                    var reader = PostingsRun.Reader(runs[run].run, at: places[run].removeLast().offset)
                    reader.read(into: &list, base: runs[run].base, hasPositions: hasPositions(id))
                }
            }
        }
    }
}
