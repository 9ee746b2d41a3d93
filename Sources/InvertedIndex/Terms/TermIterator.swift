internal import Bytes

/// Walks the terms of a dictionary, ascending, a block at a time. Starts before the first. One iterator serves one
/// thread.
final class TermIterator {
    private let dictionary: TermDictionary
    private var nextBlock = 0
    private var block: TermDictionaryBlock?
    /// The current term's place in the block.
    private var place: TermDictionaryBlock.Place?
    /// The current term's key; empty before the first and after the last.
    private(set) var key: [UInt8] = []
    /// The key before it.
    private var previous: [UInt8] = []
    /// The beginning of the key as an integer, which decides most comparisons.
    private(set) var fence: UInt64 = 0
    /// Whether there are no more terms.
    private(set) var hasEnded = false

    init(_ dictionary: TermDictionary) { self.dictionary = dictionary }

    /// Moves to the first term that is not before `key`; false when there is none. For an iterator that has not begun.
    func seek(_ key: [UInt8]) throws(FormatError) -> Bool {
        nextBlock = key.isEmpty ? 0 : try dictionary.findBlock(key) ?? 0
        repeat { guard try next() else { return false } } while self.key.lexicographicallyPrecedes(key)
        return true
    }

    /// Moves to the next term; false when there are no more, as often as it is asked.
    func next() throws(FormatError) -> Bool {
        guard !hasEnded else { return false }
        if block == nil || place!.index + 1 == block!.count {
            guard nextBlock < dictionary.blockCount else {
                hasEnded = true
                key = []
                return false
            }
            block = try dictionary.block(nextBlock)
            place = block!.start
            nextBlock += 1
        }
        place = try block!.next(place!)
        swap(&key, &previous)
        try block!.read(place!, into: &key)
        fence = TermDictionaryFormat.fence(key)
        // The empty key is in no dictionary, and would not be after the one before it.
        guard previous.lexicographicallyPrecedes(key) else { throw error(.keysOutOfOrder) }
        return true
    }

    /// What the dictionary knows of the current term.
    ///
    /// - Precondition: the iterator is on a term.
    func entry() throws(FormatError) -> TermEntry { try dictionary.entry(place!, of: block!, key: key) }

    /// Documents that hold the current term, deleted ones included; what the dictionary says, unchecked.
    ///
    /// - Precondition: the iterator is on a term.
    func documentCount() throws(FormatError) -> Int { try block!.documentCount(place!) }

    /// The error for a term that breaks a rule: it points at the term's block.
    func error(_ rule: FormatError.Rule) -> FormatError { dictionary.error(inBlock: nextBlock - 1, rule) }
}
