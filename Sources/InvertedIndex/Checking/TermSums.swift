internal import Bytes
internal import Model

/// A number for each document of a segment that tells whether two sides have the same occurrences of terms in it,
/// whatever the order in which they come.
///
/// Every occurrence is hashed to 64 bits, and a document's hashes are added up, modulo 2^64: those of its text on one
/// side, taken away again those of the postings on the other. What is left is zero when they agree; when they do not,
/// with a probability of 2^-64. So the whole index is compared with its text in eight bytes a document.
struct TermSums {
    /// By field's raw value, then document.
    private var sums: [[UInt64]]

    /// - Parameters:
    ///   - articles: documents of titles.
    ///   - paragraphs: documents of the other fields.
    init(articles: Int, paragraphs: Int) {
        sums = Field.allCases.map { [UInt64](repeating: 0, count: $0.isOfArticles ? articles : paragraphs) }
    }

    /// The documents of a field in which the sides differ.
    func differing(_ field: Field) -> [Int] {
        sums[Int(field.rawValue)].indices.filter { sums[Int(field.rawValue)][$0] != 0 }
    }

    /// Adds the terms of a document's text.
    mutating func add(_ block: TermBlock, field: Field, document: Int) {
        var sum: UInt64 = 0
        for (kind, occurrences) in [
            (TermKind.character, block.characters), (.bigram, block.bigrams), (.pair, block.pairs),
        ] {
            let keeps = Self.keepsPositions(field, kind)
            for occurrence in occurrences {
                let term = Self.hash(kind, integer: occurrence >> TermBlock.positionBits)
                let position = UInt32(truncatingIfNeeded: occurrence & UInt64(TermBlock.positionLimit - 1))
                sum &+= keeps ? Self.hash(term, at: position) : term
            }
        }
        for word in block.words {
            let term = Self.hash(word.kind, word: block.wordBytes[Int(word.start)..<Int(word.end)])
            sum &+= Self.keepsPositions(field, word.kind) ? Self.hash(term, at: word.position) : term
        }
        sums[Int(field.rawValue)][document] &+= sum
    }

    /// Takes away a posting without positions.
    ///
    /// - Parameter term: the term's hash.
    mutating func subtract(_ term: UInt64, frequency: UInt32, field: Field, document: Int) {
        sums[Int(field.rawValue)][document] &-= term &* UInt64(frequency)
    }

    /// Takes away a posting with its positions.
    mutating func subtract(_ term: UInt64, positions: [UInt32], field: Field, document: Int) {
        var sum: UInt64 = 0
        for position in positions { sum &+= Self.hash(term, at: position) }
        sums[Int(field.rawValue)][document] &-= sum
    }

    static func keepsPositions(_ field: Field, _ kind: TermKind) -> Bool { field != .title && kind.hasPositions }

    // MARK: Hashes

    static func hash(_ kind: TermKind, integer: UInt64) -> UInt64 { mix(integer ^ UInt64(kind.rawValue) << 56) }

    static func hash(_ kind: TermKind, word: ArraySlice<UInt8>) -> UInt64 {
        var hash = ContentHash()
        unsafe hash.update(word.span.bytes)
        return mix(hash.value ^ UInt64(kind.rawValue) << 56)
    }

    private static func hash(_ term: UInt64, at position: UInt32) -> UInt64 {
        mix(term &+ (UInt64(position) &+ 1) &* 0x9E37_79B9_7F4A_7C15)
    }

    /// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
    private static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A key of the dictionary taken apart again.
struct ParsedKey {
    var field: Field
    var kind: TermKind
    /// The hash that ``TermSums`` knows the term by.
    var hash: UInt64

    /// Nil when no term has such a key.
    init?(_ key: [UInt8]) {
        guard let first = key.first, let field = TermKey.field(first: first),
            let kind = TermKey.kind(first: first)
        else {
            return nil
        }
        (self.field, self.kind) = (field, kind)
        let content = key[1...]
        switch kind {
        case .hanWord, .word:
            guard !content.isEmpty else { return nil }
            hash = TermSums.hash(kind, word: content)
        case .character, .bigram, .pair:
            guard content.count == (kind == .character ? 3 : 6) else { return nil }
            var integer: UInt64 = 0
            for start in stride(from: 1, to: key.count, by: 3) {
                let scalar = UInt64(key[start]) << 16 | UInt64(key[start + 1]) << 8 | UInt64(key[start + 2])
                guard scalar < 1 << TermBlock.scalarBits else { return nil }
                integer = integer << TermBlock.scalarBits | scalar
            }
            hash = TermSums.hash(kind, integer: integer)
        }
    }

    /// The key as a query makes it.
    static func termKey(_ key: [UInt8], _ parsed: ParsedKey) -> TermKey {
        TermKey(field: parsed.field, kind: parsed.kind, word: key[1...])
    }
}
