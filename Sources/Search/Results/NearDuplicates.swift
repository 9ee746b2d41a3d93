internal import Model
internal import Tokenizer

/// Finds, among texts taken one after the other, the first that says nearly the same as the next.
///
/// Two texts are near-duplicates when the Jaccard coefficient of their bigrams of folded characters, without marks, is at
/// least ``threshold``; a bigram that stands in a text twice counts as two. Which texts to compare is found by MinHash
/// (Broder, "On the resemblance and containment of documents", 1997): 16 bands of 4 least hashes each, of which one must be
/// the same. That misses one in 5,000 of those just at the threshold, and hardly any above; what is compared is compared
/// bigram by bigram. Hashes of 64 bits stand for bigrams.
struct NearDuplicates {
    /// The share of bigrams that near-duplicates have in common: as much as a reprint with another heading, another
    /// source line or a few words edited keeps.
    static let threshold = (numerator: 4, denominator: 5)
    private static let bands = 16
    private static let rows = 4

    /// The bigrams of the texts kept, ascending.
    private var kept: [[UInt64]] = []
    /// The texts that have a band.
    private var holders: [UInt64: [Int]] = [:]

    /// The number of the first text kept that is nearly a text; nil when there is none.
    ///
    /// - Parameter bigrams: see ``bigrams(of:)``.
    func find(_ bigrams: Sketch) -> Int? {
        var candidates: Set<Int> = []
        for band in bigrams.bands { candidates.formUnion(holders[band] ?? []) }
        return candidates.sorted().first { Self.isNear(kept[$0], bigrams.bigrams) }
    }

    /// Keeps a text, under the next number.
    mutating func keep(_ bigrams: Sketch) {
        for band in bigrams.bands { holders[band, default: []].append(kept.count) }
        kept.append(bigrams.bigrams)
    }

    /// What is compared of a text.
    struct Sketch {
        /// Hashed, ascending.
        let bigrams: [UInt64]
        let bands: [UInt64]

        init(_ analysis: Analysis) {
            bigrams = NearDuplicates.bigrams(of: analysis)
            bands = bigrams.isEmpty ? [] : NearDuplicates.bands(of: bigrams)
        }
    }

    /// A hash of each band of least hashes. O(bigrams), 64 times.
    private static func bands(of bigrams: [UInt64]) -> [UInt64] {
        var seed: UInt64 = 0
        return (0..<bands).map { band in
            var key = UInt64(band)
            for _ in 0..<rows {
                seed = mixed(seed)
                // Bigrams are mixed already: multiplying by an odd number gives another order of them.
                let factor = seed | 1
                var least = UInt64.max
                for bigram in bigrams { least = min(least, bigram &* factor) }
                key = mixed(key ^ least)
            }
            return key
        }
    }

    /// Whether two texts have as much in common as the threshold asks; never when one has no bigrams.
    static func isNear(_ one: [UInt64], _ other: [UInt64]) -> Bool {
        let (least, most) = (min(one.count, other.count), max(one.count, other.count))
        let (numerator, denominator) = threshold
        guard least > 0, denominator * least >= numerator * most else { return false }
        var (left, right, common) = (0, 0, 0)
        while left < one.count, right < other.count {
            if one[left] == other[right] { common += 1 }
            let isBefore = one[left] <= other[right]
            if other[right] <= one[left] { right += 1 }
            if isBefore { left += 1 }
        }
        return denominator * common >= numerator * (one.count + other.count - common)
    }

    /// The bigrams of a text, hashed, ascending. A text of one character has that.
    ///
    /// - Complexity: O(n log n) in the characters of the text.
    static func bigrams(of analysis: Analysis) -> [UInt64] {
        var characters: [UInt64] = []
        for unit in analysis.units {
            switch unit.kind {
            case .han: characters.append(UInt64(unit.scalar))
            case .word: characters += analysis.folded[Int(unit.start)..<Int(unit.end)].map { UInt64($0) }
            case .barrier: break
            }
        }
        guard characters.count > 1 else { return characters.map { mixed($0) } }
        var pairs = zip(characters, characters.dropFirst()).map { $0 << 32 | $1 }
        pairs.sort()
        var occurrence: UInt64 = 0
        var hashes: [UInt64] = []
        hashes.reserveCapacity(pairs.count)
        for (index, pair) in pairs.enumerated() {
            occurrence = index > 0 && pairs[index - 1] == pair ? occurrence + 1 : 0
            hashes.append(mixed(mixed(pair) ^ occurrence))
        }
        return hashes.sorted()
    }

    /// The finalizer of SplitMix64: a bijection that leaves no order.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
