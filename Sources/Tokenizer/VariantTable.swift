public import Model

/// The 1:1 table from Traditional and variant Han characters to Simplified ones.
///
/// ICU's `Traditional-Simplified` applied to single characters, then the project's own variants. Never ICU's on whole
/// text: there it rewrites phrases (單幹 becomes 调干), and a query could not find what a longer text became.
///
/// Analysis asks once for each distinct character (see ``CharacterTable``), so the tables need no set-up: they are
/// constants of the program, and a look-up is a binary search in each.
public enum VariantTable {
    /// What `scalar` folds to at a level; itself for most, and always at levels narrower than ``FoldLevel/icu``.
    ///
    /// `scalar` is already normalised. Idempotent at ``FoldLevel/full``; see <doc:Variants> for ICU's exception.
    ///
    /// - Complexity: O(log entries).
    public static func fold(_ scalar: UInt32, at level: FoldLevel) -> UInt32 {
        switch level {
        case .none, .width: scalar
        case .icu: icu(scalar)
        case .full: own(icu(scalar))
        }
    }

    /// What ICU's transliterator makes of `scalar` alone.
    public static func icu(_ scalar: UInt32) -> UInt32 {
        guard (0x3400...0x9FFF).contains(scalar) else { return scalar }
        return find(scalar, in: pairs, stride: 6) ?? scalar
    }

    /// What the project's own groups make of a character that ICU's table has gone over.
    public static func own(_ scalar: UInt32) -> UInt32 {
        // Radicals are the first, and the compatibility block holds the last.
        guard (0x2E80...0xFAFF).contains(scalar) else { return scalar }
        for group in groups {
            if let folded = find(scalar, in: group.pairs, stride: Group.stride) { return folded }
        }
        return scalar
    }

    /// The number of ICU's entries.
    static var entryCount: Int { pairs.utf8CodeUnitCount / 6 }

    /// The project's own entries, group by group, in the order of the source.
    static var ownEntries: [(group: String, variant: UInt32, folded: UInt32)] {
        groups.flatMap { group in
            (0..<group.count).map { index in
                let start = index * Group.stride
                return (
                    group.name, character(of: group.pairs, at: start), character(of: group.pairs, at: start + 3)
                )
            }
        }
    }

    /// Variants that fold for one reason.
    struct Group: Sendable {
        /// Two characters of three bytes and a space; the last space is missing.
        static let stride = 7

        let name: String
        let pairs: StaticString

        init(_ name: String, _ pairs: StaticString) {
            self.name = name
            self.pairs = pairs
        }

        var count: Int { (pairs.utf8CodeUnitCount + 1) / Self.stride }
    }

    /// What stands beside `scalar` in a string of ascending pairs, one every `stride` bytes; nil when it has no pair.
    private static func find(_ scalar: UInt32, in pairs: StaticString, stride: Int) -> UInt32? {
        var low = 0
        // A last pair may lack the space after it.
        var high = (pairs.utf8CodeUnitCount + stride - 6) / stride
        while low < high {
            let middle = (low + high) / 2
            let found = character(of: pairs, at: middle * stride)
            if found == scalar { return character(of: pairs, at: middle * stride + 3) }
            if found < scalar { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// The character whose three UTF-8 bytes begin at `offset` of the pairs.
    private static func character(of pairs: StaticString, at offset: Int) -> UInt32 {
        precondition(offset + 3 <= pairs.utf8CodeUnitCount)
        // SAFETY: the precondition; the string is a constant of the program.
        let byte = { (index: Int) in unsafe UInt32(pairs.utf8Start[offset + index]) }
        return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F)
    }
}
