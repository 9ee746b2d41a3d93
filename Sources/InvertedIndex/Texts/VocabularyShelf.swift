internal import Bytes
internal import Storage
internal import Synchronization

/// Keeps each vocabulary once, however many segments share it.
final class VocabularyShelf: Sendable {
    private let shelved = Mutex<[UInt64: ShelvedVocabulary]>([:])

    /// The vocabulary of that number; nil for number 0.
    func vocabulary(_ number: UInt64, in storage: any FileSource) throws(IndexError) -> ShelvedVocabulary? {
        guard number > 0 else { return nil }
        if let found = shelved.withLock({ $0[number] }) { return found }
        let body = try IndexFile.vocabulary.open(IndexFile.vocabulary.name(number), owner: number, in: storage)
        let vocabulary = ShelvedVocabulary(body, number: number)
        shelved.withLock { $0[number] = vocabulary }
        return vocabulary
    }
}

/// A vocabulary that is read when a text is: many queries need none, and reading it takes longer than they do.
final class ShelvedVocabulary: Sendable {
    let number: UInt64
    private let body: ByteView
    private let vocabulary = Mutex<TextVocabulary?>(nil)

    init(_ body: ByteView, number: UInt64) {
        self.body = body
        self.number = number
    }

    /// The vocabulary, read the first time.
    func read() throws(FormatError) -> TextVocabulary {
        if let known = vocabulary.withLock({ $0 }) { return known }
        // Two threads may both read it, to the same effect.
        let read = try TextVocabulary(body, number: number)
        vocabulary.withLock { $0 = read }
        return read
    }
}
