internal import Model

/// The terms of one field in runs, which lie in memory until a segment is written: those of one builder, or of several whose
/// documents follow each other.
struct FieldRuns {
    /// The kinds of term that share an array of keys, in the order of the dictionary; words of both kinds share the last.
    enum Lane: Int, CaseIterable {
        case characters, bigrams, pairs, words
    }

    /// A run of one builder, seen from a segment of several.
    struct Run {
        let run: PostingsRun
        /// The number of the builder's first document in the segment.
        var base = 0
        /// In a lane of words, for each word of the builder its number in the segment; nil where that is the same.
        var words: [UInt32]?
    }

    let field: Field
    /// A list a lane, in the order of documents.
    private var runs: [[Run]] = Array(repeating: [], count: Lane.allCases.count)
    var words = WordInterner()
    private var runMemory = 0

    init(_ field: Field) { self.field = field }

    /// Memory in use, in bytes.
    var memory: Int { runMemory + words.memory }

    /// Adds the run of later documents.
    mutating func add(_ run: PostingsRun, to lane: Lane) {
        runMemory += run.memory
        runs[lane.rawValue].append(Run(run: run))
    }

    /// Takes over the terms of another builder.
    ///
    /// - Parameters:
    ///   - other: that has taken over nothing itself. Nothing is left in it.
    ///   - base: documents that come before its.
    mutating func append(_ other: inout FieldRuns, base: Int) {
        let numbers = (0..<other.words.count).map {
            UInt32(words.intern(other.words.kind($0), other.words.word($0)))
        }
        for lane in Lane.allCases {
            for var run in other.take(lane) {
                precondition(run.base == 0 && run.words == nil, "a builder is joined once")
                run.base = base
                if lane == .words { run.words = numbers }
                runs[lane.rawValue].append(run)
            }
        }
        runMemory += other.runMemory
        other = FieldRuns(field)
    }

    /// Writes every term, and lets go of the runs.
    mutating func write(to sink: inout TermSink) throws(IndexError) {
        try RunMerge.write(characters: take(.characters), field: field, to: &sink)
        try RunMerge.write(bigrams: take(.bigrams), pairs: take(.pairs), field: field, to: &sink)
        try RunMerge.write(take(.words), field: field, words: words, to: &sink)
        self = FieldRuns(field)
    }

    /// The runs of a lane, which are let go of as soon as they have been written.
    private mutating func take(_ lane: Lane) -> [Run] {
        defer { runs[lane.rawValue] = [] }
        return runs[lane.rawValue]
    }
}
