/// The words of ICU's dictionary that consist of covered Han characters, ascending.
struct DictionaryWords {
    /// All words, one after the other.
    private(set) var units: [UInt16] = []
    /// Where each word begins, and the last one ends.
    private(set) var starts: [Int] = [0]
    private(set) var costs: [UInt32] = []
    /// Which characters are covered (see ``ChineseDictionary/covers(_:)``), from the first of them on.
    let isCovered: [Bool]

    var count: Int { costs.count }

    /// - Returns: nil when the trie is malformed or a cost has no room.
    init?(_ data: DictionaryData) {
        let range = ChineseDictionary.characters
        let isCovered = range.map { ChineseDictionary.covers($0) }
        self.isCovered = isCovered
        var trie = DictionaryTrie(data.trie, lengthLimit: ChineseDictionary.wordLimit) {
            range.contains($0) && isCovered[Int($0 - range.lowerBound)]
        }
        var fits = true
        units.reserveCapacity(1 << 20)
        do {
            try trie.forEach { word, cost in
                guard !word.isEmpty else { return }
                fits = fits && cost >= 0 && cost < ChineseDictionary.Entry.noCost
                units.append(contentsOf: word)
                starts.append(units.count)
                costs.append(UInt32(truncatingIfNeeded: cost))
            }
        } catch {
            return nil
        }
        guard fits, count > 0 else { return nil }
    }

    subscript(word: Int) -> ArraySlice<UInt16> { units[starts[word]..<starts[word + 1]] }

    func length(of word: Int) -> Int { starts[word + 1] - starts[word] }

    /// The unit of `word` at `depth`, which it has.
    func unit(of word: Int, at depth: Int) -> UInt16 { units[starts[word] + depth] }
}
