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
    static let budget = 400_000
    /// Strings that go on from each place, at most: with syllables, and with initials, which leave more open.
    private static let width = (syllables: 64, initials: 1024)
    /// Characters that are tried for a syllable, the commonest first.
    private static let charactersTried = 64
    /// Strings that are looked for in the text before giving up.
    private static let searches = 160

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
    /// - Complexity: bounded by ``budget``, some tens of milliseconds.
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
            for part in parts { open[part.end] += try extended(chains, by: part) }
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

    private func extended(_ chains: [Chain], by part: PinyinInput.Part) throws(SearchError) -> [Chain] {
        let table = PinyinTable.shared
        let wanted = Set(part.syllables.flatMap { table.characters(of: $0) })
        let tried = try characters.common(wanted, limit: part.isInitial ? .max : Self.charactersTried)
        let counts = try characters.counts()
        var extended: [Chain] = []
        for chain in chains {
            guard let last = chain.string.last else {
                extended += tried.map { Chain(string: [$0], count: counts[$0] ?? 0) }
                continue
            }
            // Going through what follows a character costs as much as some hundred questions.
            let next: [(character: UInt32, count: Int)]
            if part.isInitial {
                next = try characters.followers(of: last).filter { wanted.contains($0.character) }
            } else {
                var counted: [(character: UInt32, count: Int)] = []
                for character in tried { counted.append((character, try characters.count(last, character))) }
                next = counted
            }
            for (character, count) in next where count > 0 {
                // One character is as common as it will; only pairs tell what belongs together.
                let least = chain.string.count == 1 ? count : min(chain.count, count)
                extended.append(Chain(string: chain.string + [character], count: least))
            }
        }
        return extended
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
