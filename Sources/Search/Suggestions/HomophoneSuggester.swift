internal import Model
internal import Tokenizer

/// Han strings that sound like one an index lacks, tones aside: 字节跳动 for 字结跳动.
///
/// Each character may stay or become one of the commonest that share a reading with it, and each pair of the string must be
/// one that the index has.
struct HomophoneSuggester {
    /// Dictionary look-ups for all strings of a query, at most.
    static let budget = 60_000
    /// Characters that are tried for one, the commonest first.
    private static let charactersTried = 40
    /// Strings that go on from each place, those whose rarest pair is commonest.
    private static let width = 48
    /// Characters of a string, at most.
    static let lengths = 2...12

    let characters: IndexedCharacters

    /// Strings that the index may have, those whose rarest pair is commonest first, `limit` at most. `string` itself is none
    /// of them.
    func soundingLike(_ string: [UInt32], limit: Int) throws(SearchError) -> [[UInt32]] {
        guard Self.lengths.contains(string.count) else { return [] }
        let table = PinyinTable.shared
        var chains: [(string: [UInt32], count: Int)] = [([], .max)]
        for character in string {
            let others = Set(table.readings(of: character).flatMap { table.characters(of: $0) })
            let tried = try characters.common(others.subtracting([character]), limit: Self.charactersTried)
            var extended: [(string: [UInt32], count: Int)] = []
            for chain in chains {
                for next in [character] + tried {
                    let count = try chain.string.last.map { last throws(SearchError) in
                        try characters.count(last, next)
                    }
                    guard count != 0 else { continue }
                    extended.append((chain.string + [next], min(chain.count, count ?? .max)))
                }
            }
            extended.sort { left, right in
                left.count != right.count
                    ? left.count > right.count : left.string.lexicographicallyPrecedes(right.string)
            }
            // All first characters are as good until a second tells.
            chains = chains[0].string.isEmpty ? extended : Array(extended.prefix(Self.width))
            guard !chains.isEmpty else { return [] }
        }
        return chains.map(\.string).filter { $0 != string }.prefix(limit).map { $0 }
    }
}
