internal import Bytes
internal import Model

/// Collects the terms of one field of a segment and gives them back in the dictionary's order.
///
/// Occurrences gather as 64-bit keys, one array a kind; when they reach the run's capacity they are sorted,
/// encoded into runs, and the arrays start anew. Sorting integers beats a hash table of postings lists several
/// times over: it streams through memory, where the table misses the cache at almost every occurrence.
struct TermAccumulator {
    /// The arrays of keys, in the order of the dictionary; words of both kinds share the last.
    private enum Lane: Int, CaseIterable {
        case characters, bigrams, pairs, words
    }

    let field: Field
    private let runCapacity: Int
    private var keys: [[UInt64]] = Array(repeating: [], count: Lane.allCases.count)
    private var runs: [[PostingsRun]] = Array(repeating: [], count: Lane.allCases.count)
    private var scratch: [UInt64] = []
    private var interner = WordInterner()
    private var places = PlaceMap()
    private var keyCount = 0
    private var runMemory = 0

    /// - Parameter runCapacity: occurrences that one run holds.
    init(field: Field, runCapacity: Int) {
        self.field = field
        self.runCapacity = runCapacity
    }

    /// Memory of finished runs and words, in bytes.
    var memory: Int { runMemory + interner.memory }

    /// Adds a document.
    ///
    /// - Parameter document: after all documents added before.
    mutating func add(_ block: TermBlock, document: Int) {
        if keyCount >= runCapacity || places.count + block.length >= TermBlock.positionLimit { sealRun() }
        let base = UInt64(places.add(UInt32(document), length: block.length))
        append(block.characters, base, to: .characters)
        append(block.bigrams, base, to: .bigrams)
        append(block.pairs, base, to: .pairs)
        for word in block.words {
            let bytes = block.wordBytes[Int(word.start)..<Int(word.end)]
            let id = UInt64(interner.intern(word.kind, bytes))
            keys[Lane.words.rawValue].append(id << TermBlock.positionBits | (base + UInt64(word.position)))
        }
        keyCount += block.characters.count + block.bigrams.count + block.pairs.count + block.words.count
    }

    private mutating func append(_ occurrences: [UInt64], _ base: UInt64, to lane: Lane) {
        for occurrence in occurrences { keys[lane.rawValue].append(occurrence + base) }
    }

    private mutating func sealRun() {
        guard places.documentCount > 0 else { return }
        for lane in Lane.allCases where !keys[lane.rawValue].isEmpty {
            let number = lane.rawValue
            RadixSort.sort(&keys[number], scratch: &scratch, lowestBit: Int(TermBlock.positionBits))
            let keepsPositions: (UInt64) -> Bool
            if field == .title {
                keepsPositions = { _ in false }
            } else {
                let interner = interner
                switch lane {
                case .bigrams: keepsPositions = { _ in true }
                case .words: keepsPositions = { interner.kind(Int($0)).hasPositions }
                case .characters, .pairs: keepsPositions = { _ in false }
                }
            }
            let run = PostingsRun(keys[number], places: places, keepsPositions: keepsPositions)
            runMemory += run.memory
            runs[number].append(run)
            keys[number].removeAll(keepingCapacity: true)
        }
        keyCount = 0
        places = PlaceMap()
    }

    /// Writes every term of the field; the accumulator is spent.
    mutating func write(to writer: TermDictionaryWriter) throws(IndexError) {
        sealRun()
        keys = []
        scratch = []
        for (lane, kind) in [(Lane.characters, TermKind.character), (.bigrams, .bigram), (.pairs, .pair)] {
            let field = field
            try Self.merge(runs[lane.rawValue], order: nil, into: writer) { term in
                TermKey(field: field, kind: kind, integer: term)
            }
            runs[lane.rawValue] = []
        }
        let sorted = interner.sortedIDs()
        var ranks = [UInt64](repeating: 0, count: sorted.count)
        for (rank, id) in sorted.enumerated() { ranks[id] = UInt64(rank) }
        let field = field
        let words = interner
        try Self.merge(runs[Lane.words.rawValue], order: ranks, into: writer) { rank in
            let id = sorted[Int(rank)]
            return TermKey(field: field, kind: words.kind(id), word: words.word(id))
        }
    }

    /// Merges runs, which follow each other in documents, term by term.
    ///
    /// - Parameters:
    ///   - order: for each term its place in the order of writing; nil when the terms are in order as they are.
    ///   - key: the dictionary's key of a term, or of a place in the order.
    private static func merge(
        _ runs: [PostingsRun], order: [UInt64]?, into writer: TermDictionaryWriter, key: (UInt64) -> TermKey
    ) throws(IndexError) {
        // For each run, its terms' places and where to find them, ascending.
        let sequences = runs.map { run -> [(place: UInt64, index: Int)] in
            guard let order else { return [] }
            return run.terms.enumerated().map { (order[Int($1)], $0) }.sorted { $0.0 < $1.0 }
        }
        func head(_ run: Int, _ cursor: Int) -> (place: UInt64, index: Int)? {
            guard cursor < runs[run].terms.count else { return nil }
            return order == nil ? (runs[run].terms[cursor], cursor) : sequences[run][cursor]
        }
        var cursors = [Int](repeating: 0, count: runs.count)
        // The next place of each run; spent ones at the far end.
        var heads = runs.indices.map { head($0, 0)?.place ?? .max }
        var list = PostingList()
        while let place = heads.min(), place != .max {
            list.removeAll()
            for run in heads.indices where heads[run] == place {
                runs[run].append(head(run, cursors[run])!.index, to: &list)
                cursors[run] += 1
                heads[run] = head(run, cursors[run])?.place ?? .max
            }
            try writer.add(key(place).bytes, list)
        }
    }
}
