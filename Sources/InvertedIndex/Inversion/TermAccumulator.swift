internal import Bytes
internal import Model

/// Collects the terms of one field of a segment, and makes runs of them.
///
/// Occurrences gather as 64-bit keys, in a lane for each kind of term; when a lane is full all are sorted and encoded
/// into runs, and the lanes start anew. Sorting integers beats a hash table of postings lists several times over: it
/// streams through memory, where the table misses the cache at almost every occurrence.
struct TermAccumulator {
    private typealias Lane = FieldRuns.Lane

    /// What has been sealed.
    var runs: FieldRuns
    /// Keys that each lane has room for.
    private let capacities: [Int]
    private var keys: [[UInt64]] = Array(repeating: [], count: Lane.allCases.count)
    private let workspace: InversionWorkspace
    private var places = PlaceMap()

    /// - Parameters:
    ///   - runCapacity: occurrences that one run holds.
    ///   - workspace: shared by the accumulators of a thread.
    init(field: Field, runCapacity: Int, workspace: InversionWorkspace) {
        runs = FieldRuns(field)
        self.workspace = workspace
        capacities = Lane.allCases.map { max(16, runCapacity * $0.roomShare / 100) }
    }

    /// Memory in use, in bytes; that of the workspace is not counted.
    var memory: Int {
        runs.memory + places.memory + keys.reduce(0) { $0 + 8 * $1.capacity }
    }

    /// Adds a document.
    ///
    /// - Parameter document: after all documents added before.
    mutating func add(_ block: TermBlock, document: Int) {
        let hasRoom =
            hasRoom(.characters, block.characters.count) && hasRoom(.bigrams, block.bigrams.count)
            && hasRoom(.pairs, block.pairs.count) && hasRoom(.words, block.words.count)
        if !hasRoom || places.count + block.length >= TermBlock.positionLimit { sealRun() }
        let base = UInt64(places.add(UInt32(document), length: block.length))
        append(block.characters, base, to: .characters)
        append(block.bigrams, base, to: .bigrams)
        append(block.pairs, base, to: .pairs)
        guard !block.words.isEmpty else { return }
        reserve(.words)
        for word in block.words {
            let bytes = block.wordBytes[Int(word.start)..<Int(word.end)]
            let id = UInt64(runs.words.intern(word.kind, bytes))
            keys[Lane.words.rawValue].append(id << TermBlock.positionBits | (base + UInt64(word.position)))
        }
    }

    private func hasRoom(_ lane: Lane, _ count: Int) -> Bool {
        keys[lane.rawValue].count + count <= capacities[lane.rawValue]
    }

    private static let placeMask = UInt64(TermBlock.positionLimit - 1)

    /// Whether a lane's keys end in places, for terms with positions; if not, in the documents' numbers in the run, which
    /// spares finding them out again.
    private func keepsPlaces(_ lane: Lane) -> Bool { lane == .words || lane == .bigrams && runs.field != .title }

    /// - Parameter base: the document's first place.
    private mutating func append(_ occurrences: [UInt64], _ base: UInt64, to lane: Lane) {
        guard !occurrences.isEmpty else { return }
        reserve(lane)
        let document = UInt64(places.documentCount - 1)
        // What is kept of an occurrence, and what is added.
        let (mask, number) = keepsPlaces(lane) ? (UInt64.max, base) : (~Self.placeMask, document)
        let occurrences = occurrences.span
        keys[lane.rawValue].append(addingCapacity: occurrences.count) { keys in
            for index in occurrences.indices { keys.append(occurrences[index] & mask &+ number) }
        }
    }

    /// Gives a lane all of its room at once: an array that grows holds its content twice, and up to half of it for
    /// nothing. The first few thousand keys of fields that have no more are spared that.
    private mutating func reserve(_ lane: Lane) {
        let number = lane.rawValue
        if keys[number].count > 2048, keys[number].capacity < capacities[number] {
            keys[number].reserveCapacity(capacities[number])
        }
    }

    private mutating func sealRun() {
        guard places.documentCount > 0 else { return }
        for lane in Lane.allCases where !keys[lane.rawValue].isEmpty {
            let number = lane.rawValue
            RadixSort.sort(&keys[number], scratch: &workspace.scratch, lowestBit: Int(TermBlock.positionBits))
            let run: PostingsRun
            if keepsPlaces(lane) {
                let (words, field) = (runs.words, runs.field)
                run = PostingsRun(keys[number], places: places, buffer: &workspace.buffer) {
                    lane == .bigrams || field != .title && words.kind(Int($0)).hasPositions
                }
            } else {
                run = PostingsRun(keys[number], documents: places.documents, buffer: &workspace.buffer)
            }
            runs.add(run, to: lane)
            keys[number].removeAll(keepingCapacity: true)
        }
        places.removeAll()
    }

    /// Seals what has not been; nothing is added any more.
    mutating func seal() {
        sealRun()
        keys = Array(repeating: [], count: Lane.allCases.count)
        places = PlaceMap()
    }
}

extension FieldRuns.Lane {
    /// How much of all occurrences a lane has room for, in hundredths: what Chinese prose has, and some more for words.
    fileprivate var roomShare: Int {
        switch self {
        case .characters: 45
        case .bigrams: 36
        case .pairs: 12
        case .words: 7
        }
    }
}

/// What accumulators need while they seal a run, and share: only one of a thread seals at a time.
final class InversionWorkspace {
    /// The other half of a sort.
    var scratch: [UInt64] = []
    var buffer = RunBuffer()

    /// Memory in use, in bytes.
    var memory: Int { 8 * scratch.capacity + buffer.capacity }

    /// Lets go of it all.
    func removeAll() {
        scratch = []
        buffer = RunBuffer()
    }
}
