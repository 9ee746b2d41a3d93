/// Learns a vocabulary from a sample of texts.
///
/// Begins with the characters of the sample and, a few times over, parses it and makes tokens of the neighbours that
/// save most: a pair that occurs n times, where chance would have it m times, saves n·log₂(n / m) bits. This is the
/// way of byte pair encoding (Gage, "A new algorithm for data compression", 1994), many pairs at a time as in
/// "FSST: fast random access string compression" (Boncz, Neumann and Leis, 2020).
struct VocabularyTrainer {
    /// Bytes of text that a vocabulary is learnt from.
    static let sampleSize = 2 << 20
    static let tokenLimit = 1 << 14
    private static let passes = 3
    /// Something seen less often is chance.
    private static let leastCount = 3

    private let sample: [TextFrame]
    private var tokens: [[UInt8]] = []
    /// Tokens that stay whatever they save: characters.
    private var characters = 0
    private var trie = TokenTrie()

    private init(_ sample: [TextFrame]) { self.sample = sample }

    /// The body of a vocabulary file.
    ///
    /// - Complexity: O(bytes in the sample), and a sort of its pairs, for each pass.
    static func train(_ sample: [TextFrame]) -> [UInt8] {
        var trainer = VocabularyTrainer(sample)
        trainer.addCharacters()
        for _ in 0..<passes { trainer.merge() }
        return trainer.finish()
    }

    /// Begins with every character that is no single byte.
    private mutating func addCharacters() {
        var counts: [UInt32: Int] = [:]
        for frame in sample {
            unsafe frame.texts.withUnsafeBufferPointer { text in
                var index = 0
                while index < text.count {
                    let (unit, length) = unsafe TokenTrie.unit(in: text, at: index)
                    if length > 1 { counts[unit, default: 0] += 1 }
                    index += length
                }
            }
        }
        let found = counts.filter { $0.value >= Self.leastCount }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        for (unit, _) in found.prefix(Self.tokenLimit / 2) {
            add((0..<4).map { UInt8(truncatingIfNeeded: unit >> (24 - 8 * $0)) }.drop { $0 == 0 })
        }
        characters = tokens.count
    }

    private mutating func add(_ token: some Collection<UInt8>) {
        let token = Array(token)
        if trie.add(token.span, symbol: UInt16(TextSymbol.firstToken + tokens.count)) { tokens.append(token) }
    }

    private func bytes(of symbol: UInt16) -> [UInt8] {
        Int(symbol) < TextSymbol.firstToken ? [UInt8(symbol)] : tokens[Int(symbol) - TextSymbol.firstToken]
    }

    /// Something that may become a token: a pair, or a token as it is.
    private struct Candidate {
        var saving: Float
        var first: UInt16
        /// ``TextSymbol/end`` for a token as it is.
        var second: UInt16
    }

    private mutating func merge() {
        var counts = [Int](repeating: 0, count: TextSymbol.firstToken + tokens.count)
        var pairs = PairCounter(room: sample.reduce(0) { $0 + $1.texts.count })
        var total = 0
        var symbols: [UInt16] = []
        for frame in sample {
            symbols.removeAll(keepingCapacity: true)
            trie.parse(frame, into: &symbols)
            var previous = TextSymbol.end
            for symbol in symbols {
                counts[Int(symbol)] += 1
                if previous != TextSymbol.end, symbol != TextSymbol.end { pairs.count(previous, symbol) }
                previous = symbol
            }
            total += symbols.count
        }
        var candidates: [Candidate] = []
        for index in characters..<tokens.count {
            let symbol = TextSymbol.firstToken + index
            guard counts[symbol] >= Self.leastCount else { continue }
            // Four and a half bits a character: what tokens save on average, as far as they reach.
            let saving = 1.5 * Float(counts[symbol] * min(tokens[index].count, 12))
            candidates.append(Candidate(saving: saving, first: UInt16(symbol), second: TextSymbol.end))
        }
        pairs.forEach(atLeast: Self.leastCount) { first, second, count in
            let chance = Float(counts[Int(first)]) * Float(counts[Int(second)]) / Float(total)
            let saving = Float(count) * Self.log2(Float(count) / chance)
            guard saving > 20 else { return }
            candidates.append(Candidate(saving: saving, first: first, second: second))
        }
        candidates.sort { ($1.saving, $0.first, $0.second) < ($0.saving, $1.first, $1.second) }
        let old = self
        trie = TokenTrie()
        tokens.removeAll()
        for token in old.tokens[..<characters] { add(token) }
        for candidate in candidates where tokens.count < Self.tokenLimit {
            var token = old.bytes(of: candidate.first)
            if candidate.second != TextSymbol.end { token += old.bytes(of: candidate.second) }
            if token.count <= TextSymbol.longestToken { add(token) }
        }
    }

    /// The binary logarithm to a few hundredths, which is more than it is needed to.
    private static func log2(_ value: Float) -> Float {
        // Between powers of two a quadratic that is right at both.
        let fraction = value.significand - 1
        return Float(value.exponent) + fraction * (1.345 - 0.345 * fraction)
    }

    /// Drops what came of no use, finds the code, and lays the vocabulary out.
    private mutating func finish() -> [UInt8] {
        var counts = [Int](repeating: 0, count: TextSymbol.firstToken + tokens.count)
        var symbols: [UInt16] = []
        for frame in sample { trie.parse(frame, into: &symbols) }
        for symbol in symbols { counts[Int(symbol)] += 1 }
        let kept = tokens.indices.filter { $0 < characters || counts[TextSymbol.firstToken + $0] > 1 }
        let order = kept.sorted { tokens[$0].lexicographicallyPrecedes(tokens[$1]) }
        counts = counts[..<TextSymbol.firstToken] + order.map { counts[TextSymbol.firstToken + $0] }
        tokens = order.map { tokens[$0] }
        trie = TokenTrie()
        let sorted = tokens
        tokens.removeAll()
        for token in sorted { add(token) }
        return TextVocabulary.encode(tokens: tokens, lengths: codeWithCopies(counts))
    }

    /// The lengths of the code for what copies leave of the sample. Which copies pay depends on the code, so it is
    /// found in two steps, from a guess: one operation in ten is a copy, of any kind.
    private func codeWithCopies(_ counts: [Int]) -> [UInt8] {
        let frames = sample.map { frame in
            var symbols: [UInt16] = []
            trie.parse(frame, into: &symbols)
            return symbols
        }
        var counts = counts
        let copies = TextSymbol.firstCopy..<TextSymbol.firstToken
        let guess = frames.reduce(0) { $0 + $1.count } / (10 * copies.count)
        for copy in copies { counts[copy] = guess }
        var lengths = Self.code(counts)
        var finder = CopyFinder()
        var operations: [TextOperation] = []
        for _ in 0..<2 {
            counts = [Int](repeating: 0, count: counts.count)
            for symbols in frames {
                operations.removeAll(keepingCapacity: true)
                finder.find(in: symbols, lengths: lengths, into: &operations)
                for operation in operations { counts[Int(operation.symbol)] += 1 }
            }
            lengths = Self.code(counts)
        }
        return lengths
    }

    /// What has not occurred counts for a quarter of an occurrence.
    private static func code(_ counts: [Int]) -> [UInt8] {
        PrefixCode.lengths(forCounts: counts.map { 4 * $0 + 1 })
    }
}

/// Counts pairs of symbols, as far as there is room: what comes late and rarely is not missed.
private struct PairCounter {
    /// `pair << 32 | count`; 0 where there is none. At most three quarters are taken.
    private var slots: [UInt64]
    private let shift: UInt64
    private var room: Int

    /// - Parameter room: pairs that are counted at most, give or take; 2^19 slots serve for any number.
    init(room: Int) {
        let bits = min(19, max(4, Int.bitWidth - room.leadingZeroBitCount))
        slots = [UInt64](repeating: 0, count: 1 << bits)
        shift = UInt64(64 - bits)
        self.room = 3 << (bits - 2)
    }

    mutating func count(_ first: UInt16, _ second: UInt16) {
        let pair = UInt64(first) << 16 | UInt64(second)
        var index = Int(truncatingIfNeeded: (pair &* 0x9E37_79B9_7F4A_7C15) &>> shift)
        while true {
            let slot = slots[index]
            if slot == 0 {
                guard room > 0 else { return }
                room -= 1
                slots[index] = pair << 32 | 1
                return
            }
            if slot >> 32 == pair {
                slots[index] = slot &+ 1
                return
            }
            index = (index + 1) & (slots.count - 1)
        }
    }

    func forEach(atLeast count: Int, _ body: (UInt16, UInt16, Int) -> Void) {
        for slot in slots where slot & 0xFFFF_FFFF >= UInt64(count) {
            let pair = slot >> 32
            body(
                UInt16(truncatingIfNeeded: pair >> 16), UInt16(truncatingIfNeeded: pair), Int(slot & 0xFFFF_FFFF))
        }
    }
}
