internal import Bytes
internal import InvertedIndex
internal import Model
internal import Tokenizer

/// Words of an index that are nearly one it lacks.
struct WordSuggester {
    /// Dictionary terms looked at for a word, at most.
    static let budget = 150_000

    let segments: [SegmentReader]

    /// Letters by which a suggestion may differ from a word: one of up to four letters, two of longer ones; nil for words that
    /// are too short, or hold no letter, and so could be anything.
    static func reach(of word: [UInt8]) -> Int? {
        guard word.count >= 3, word.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }),
            word.contains(where: { $0 >= 0x61 })
        else { return nil }
        return word.count <= 4 ? 1 : 2
    }

    /// The nearest words of the index, and among those as near the commonest, `limit` at most. `word` itself is none of them.
    ///
    /// Words that begin with the same letter are looked at first, then those that begin with the second, whose first may be
    /// missing or exchanged, then all others, for as long as the budget lasts.
    ///
    /// - Parameter word: folded, in UTF-8.
    func near(_ word: [UInt8], limit: Int) throws(SearchError) -> [[UInt8]] {
        guard let reach = Self.reach(of: word) else { return [] }
        var counts: [[UInt8]: Int] = [:]
        var left = Self.budget
        let second = word[1] == word[0] ? [] : [[word[1]]]
        for beginning in [[word[0]]] + second + [[]] {
            // A word that is whole only in the healed reading is one, too.
            for field in [Field.body, .healed] {
                let prefix = TermKey(field: field, kind: .word, word: beginning).bytes
                for segment in segments {
                    left -= try SearchError.format { () throws(FormatError) in
                        try segment.scanTerms(prefix: prefix, limit: left) { key, count in
                            let other = key[1...]
                            // What was looked at under its first letter is met again among all.
                            if beginning.isEmpty, other.first == word[0] || other.first == word[1] { return true }
                            guard abs(other.count - word.count) <= reach else { return true }
                            if EditDistance.between(word, Array(other), limit: reach).map({ $0 > 0 }) == true {
                                counts[Array(other), default: 0] += count
                            }
                            return true
                        }
                    }
                }
            }
        }
        let ranked = counts.map { other, count in
            (other, EditDistance.between(word, other, limit: reach) ?? reach, count)
        }
        return ranked.sorted { left, right in
            if left.1 != right.1 { return left.1 < right.1 }
            return left.2 != right.2 ? left.2 > right.2 : left.0.lexicographicallyPrecedes(right.0)
        }.prefix(limit).map(\.0)
    }
}
