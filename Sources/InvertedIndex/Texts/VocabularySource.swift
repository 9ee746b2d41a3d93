internal import Bytes
internal import Storage
internal import Synchronization

/// The vocabulary that the segments under construction share: that of the index, or else one that is learnt from the
/// first texts that come.
///
/// Until enough have come, writers hold their frames back. The one whose frame completes the sample learns the
/// vocabulary and writes its file, in some tenths of a second, while the others go on.
final class VocabularySource: Sendable {
    private struct State {
        var parser: TokenParser?
        var sample: [TextFrame] = []
        var sampleBytes = 0
    }

    private let state: Mutex<State>
    private let storage: any Storage
    private let sampleSize: Int
    /// That of the vocabulary, or of the one that may be learnt.
    private let number: UInt64

    /// - Parameters:
    ///   - vocabulary: that of the index, if it has one.
    ///   - number: of the vocabulary that is learnt here. That of the next commit at the earliest: a writer learns one
    ///     at most, so no other vocabulary has had it.
    ///   - sampleSize: bytes of text to learn from; fewer give no vocabulary.
    init(
        _ vocabulary: TextVocabulary?, number: UInt64, storage: any Storage,
        sampleSize: Int = VocabularyTrainer.sampleSize
    ) {
        state = Mutex(State(parser: vocabulary.map { TokenParser($0) }))
        self.storage = storage
        self.sampleSize = sampleSize
        self.number = vocabulary?.number ?? number
    }

    /// The file of the vocabulary, or of the one that may be learnt here.
    var fileName: String { IndexFile.vocabulary.name(number) }

    /// The vocabulary, if there is one now.
    var parser: TokenParser? { state.withLock { $0.parser } }

    /// Takes a frame into the sample while there is no vocabulary.
    ///
    /// - Parameter waits: whether to wait for another thread that is learning one; else this gives nil meanwhile, and
    ///   leaves the frame out of the sample.
    /// - Returns: the vocabulary, as soon as there is one.
    func offer(_ frame: TextFrame, waits: Bool) throws(IndexError) -> TokenParser? {
        let offered = { (state: inout State) throws(IndexError) -> TokenParser? in
            if state.parser == nil { try self.add(frame, &state) }
            return state.parser
        }
        if waits {
            return try state.withLock { (state) throws(IndexError) in try offered(&state) }
        }
        return try state.withLockIfAvailable { (state) throws(IndexError) in try offered(&state) } ?? nil
    }

    private func add(_ frame: TextFrame, _ state: inout State) throws(IndexError) {
        let room = sampleSize - state.sampleBytes
        state.sample.append(frame.texts.count <= room ? frame : frame.beginning(room))
        state.sampleBytes += min(room, frame.texts.count)
        guard state.sampleBytes >= sampleSize else { return }
        let body = VocabularyTrainer.train(state.sample)
        let name = fileName
        // Without it no text can be read: it is kept twice.
        for copy in [name, IndexFile.copyName(name)] {
            let file = try IndexFileWriter(.vocabulary, name: copy, owner: number, in: storage)
            try file.append(body)
            try file.finish()
        }
        // What was written is what is used, as if it had been read.
        let vocabulary = try IndexError.format { () throws(FormatError) in
            try TextVocabulary(ByteView(body, file: name), number: number)
        }
        state.parser = TokenParser(vocabulary)
        state.sample = []
    }
}

extension TextFrame {
    /// The first `count` bytes of the texts, without places: all that there is to learn from.
    fileprivate func beginning(_ count: Int) -> TextFrame {
        TextFrame(texts: Array(texts[..<count]), ends: ends.filter { $0 < count } + [count])
    }
}
