internal import Bytes

/// Walks the terms of a dictionary, ascending, a block at a time. Starts before the first.
struct TermIterator {
    private let dictionary: TermDictionary
    private var nextBlock = 0
    private var block: TermDictionaryBlock?
    /// The current term's place in the block.
    private var place = 0
    /// The current term's key; empty before the first and after the last.
    private(set) var key: [UInt8] = []
    /// The beginning of the key as an integer, which decides most comparisons.
    private var fence: UInt64 = 0
    /// Whether there are no more terms.
    private(set) var hasEnded = false

    init(_ dictionary: TermDictionary) { self.dictionary = dictionary }

    /// Moves to the next term; false when there are no more, as often as it is asked.
    mutating func next() throws(FormatError) -> Bool {
        while !hasEnded {
            place += 1
            if let block, place < block.count {
                let next = try block.key(place)
                let isAscending = key.lexicographicallyPrecedes(next)
                key = next
                fence = TermDictionaryFormat.fence(key)
                // The empty key is in no dictionary, and would not be after the one before it.
                guard isAscending else { throw error(.keysOutOfOrder) }
                return true
            }
            if nextBlock == dictionary.blockCount {
                hasEnded = true
                key = []
            } else {
                block = try dictionary.block(nextBlock)
                place = -1
                nextBlock += 1
            }
        }
        return false
    }

    /// What the dictionary knows of the current term.
    ///
    /// - Precondition: the iterator is on a term.
    func entry() throws(FormatError) -> TermEntry { try dictionary.entry(place, of: block!) }

    /// Whether the current key is before that of `other`.
    func precedes(_ other: TermIterator) -> Bool {
        fence == other.fence ? key.lexicographicallyPrecedes(other.key) : fence < other.fence
    }

    /// The error for a term that breaks a rule: it points at the term's block.
    func error(_ rule: FormatError.Rule) -> FormatError { dictionary.error(inBlock: nextBlock - 1, rule) }
}
