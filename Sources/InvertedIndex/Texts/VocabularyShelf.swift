internal import Bytes
internal import Storage
internal import Synchronization

/// Opens each vocabulary once, however many segments share it.
final class VocabularyShelf: Sendable {
    private let open = Mutex<[UInt64: TextVocabulary]>([:])

    /// The vocabulary of that number; nil for number 0.
    func vocabulary(_ number: UInt64, in storage: any FileSource) throws(IndexError) -> TextVocabulary? {
        guard number > 0 else { return nil }
        if let found = open.withLock({ $0[number] }) { return found }
        let body = try IndexFile.vocabulary.open(IndexFile.vocabulary.name(number), owner: number, in: storage)
        let vocabulary = try IndexError.format { () throws(FormatError) in
            try TextVocabulary(body, number: number)
        }
        open.withLock { $0[number] = vocabulary }
        return vocabulary
    }
}
