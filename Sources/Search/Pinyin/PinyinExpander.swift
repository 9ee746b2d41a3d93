internal import Bytes
internal import InvertedIndex
internal import Model
internal import Tokenizer

/// Given pinyin, gives what of an index is read so.
///
/// `zijietiaodong`, `zi jie tiao dong`, `zì jié tiào dòng` and `zi4jie2tiao4dong4` are all 字节跳动, where the index has it, and so
/// may be `zjtd`; see ``PinyinInput``. Tones do not count. A character counts with all its readings that
/// ``Tokenizer/PinyinTable`` has.
///
/// Strings are built from the left, from pairs of characters that the index has one after the other, and of those that are as
/// long as the input the ones go on whose rarest pair is in the most paragraphs. What comes of it is a search of its own for
/// each string, so only strings are given that stand in a paragraph.
struct PinyinExpander {
    /// Strings given, at most.
    static let limit = 64
    /// Dictionary terms looked at, at most.
    static let budget = 250_000
    /// Strings that go on from each place, at most: with syllables, and with initials, which leave more open.
    private static let width = (syllables: 64, initials: 1024)
    /// Characters that are tried for a syllable, the commonest first.
    private static let charactersTried = 64
    /// Strings that are looked for in the text before giving up.
    private static let searches = 128

    private let engine: QueryEngine
    private let characters: IndexedCharacters

    init(_ engine: QueryEngine) {
        self.engine = engine
        characters = IndexedCharacters(engine.snapshot.segments, budget: Self.budget)
    }

    /// Whether a text can be read as pinyin.
    static func isPinyin(_ text: String) -> Bool { PinyinInput(text) != nil }

    /// The Han strings of the index that `pinyin` may stand for, as Unicode scalars, folded as the index has them; those in
    /// the most paragraphs first, ``limit`` at most. Each is meant as a literal keyword, and all of them as alternatives.
    ///
    /// Empty when the text is no pinyin or nothing is read so, which is no error. Strings of one character are given only where
    /// the index has nothing longer that is read so.
    ///
    /// - Complexity: bounded by ``budget`` and a number of searches: some tens of milliseconds for syllables on a large
    ///   index, some hundred for initials.
    func expand(_ pinyin: String) throws(SearchError) -> [[UInt32]] {
        guard let input = PinyinInput(pinyin) else { return [] }
        let chains = try chains(input)
        var found: [(string: [UInt32], hits: Int)] = []
        for chain in chains.filter({ $0.string.count > 1 }).prefix(Self.searches) where found.count < Self.limit {
            // A pair is a term of its own; what is longer may be made of pairs that never meet.
            let hits = chain.string.count == 2 ? chain.count : try hits(chain.string)
            if hits > 0 { found.append((chain.string, hits)) }
        }
        if found.isEmpty {
            found = chains.filter { $0.string.count == 1 }.prefix(Self.limit).map { ($0.string, $0.count) }
        }
        return found.sorted { left, right in
            left.hits != right.hits
                ? left.hits > right.hits : left.string.lexicographicallyPrecedes(right.string)
        }.map(\.string)
    }

    /// A string that the index may have.
    private struct Chain {
        var string: [UInt32]
        /// Paragraphs that hold its rarest pair, or the one character.
        var count: Int
    }

    /// Strings of which the index has every pair, those with the commonest rarest pair first.
    private func chains(_ input: PinyinInput) throws(SearchError) -> [Chain] {
        var open = [[Chain]](repeating: [], count: input.letterCount + 1)
        open[0] = [Chain(string: [], count: .max)]
        let width = input.hasInitials ? Self.width.initials : Self.width.syllables
        for (place, parts) in input.parts.enumerated() {
            let chains = Self.best(open[place], width)
            open[place] = []
            guard !chains.isEmpty else { continue }
            for part in parts { open[part.end] += try extended(chains, by: part, width) }
        }
        return Self.best(open[input.letterCount], Self.searches * 2)
    }

    private static func best(_ chains: [Chain], _ limit: Int) -> [Chain] {
        // The same string may have come by two ways, as 西安 would by xi an and by x ian.
        var seen: Set<[UInt32]> = []
        let sorted = chains.sorted { left, right in
            left.count != right.count
                ? left.count > right.count : left.string.lexicographicallyPrecedes(right.string)
        }
        var best: [Chain] = []
        for chain in sorted where seen.insert(chain.string).inserted {
            best.append(chain)
            if best.count == limit { break }
        }
        return best
    }

    /// What some chains may go on as, the best of it.
    private func extended(_ chains: [Chain], by part: PinyinInput.Part, _ width: Int) throws(SearchError) -> [Chain]
    {
        let table = PinyinTable.shared
        let wanted = Set(part.syllables.flatMap { table.characters(of: $0) })
        let tried = try characters.common(wanted, limit: part.isInitial ? .max : Self.charactersTried)
        let counts = try characters.counts()
        // By the last character: many chains end alike.
        var known: [UInt32: [(character: UInt32, count: Int)]] = [:]
        var found: [(chain: Int, character: UInt32, count: Int)] = []
        for (number, chain) in chains.enumerated() {
            guard let last = chain.string.last else {
                found += tried.map { (number, $0, counts[$0] ?? 0) }
                continue
            }
            let next: [(character: UInt32, count: Int)]
            if let known = known[last] {
                next = known
            } else if part.isInitial {
                // Going through what follows a character costs as much as some hundred questions.
                next = try characters.followers(of: last).filter { wanted.contains($0.character) }
            } else {
                var counted: [(character: UInt32, count: Int)] = []
                for character in tried {
                    let count = try characters.count(last, character)
                    if count > 0 { counted.append((character, count)) }
                }
                next = counted
            }
            known[last] = next
            for (character, count) in next {
                // One character is as common as it will; only pairs tell what belongs together.
                found.append((number, character, chain.string.count == 1 ? count : min(chain.count, count)))
            }
        }
        found.sort { left, right in
            left.count != right.count
                ? left.count > right.count : (left.chain, left.character) < (right.chain, right.character)
        }
        return found.prefix(width).map { Chain(string: chains[$0.chain].string + [$0.character], count: $0.count) }
    }

    private func hits(_ string: [UInt32]) throws(SearchError) -> Int {
        try engine.literalHits(String.han(string))
    }
}

extension QueryEngine {
    /// Paragraphs in which a text stands literally.
    func literalHits(_ text: String) throws(SearchError) -> Int {
        try run(SearchRequest(text, mode: .exact, limit: 1, isPlain: true)).summary.hits
    }
}

extension String {
    /// Han characters as a string.
    static func han(_ scalars: some Sequence<UInt32>) -> String {
        var view = UnicodeScalarView()
        for value in scalars { if let scalar = Unicode.Scalar(value) { view.append(scalar) } }
        return String(view)
    }
}
