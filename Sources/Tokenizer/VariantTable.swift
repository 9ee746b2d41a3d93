/// The 1:1 table from Traditional and variant Han characters to Simplified ones.
///
/// ICU's `Traditional-Simplified` applied to single characters. Never to whole text: there it rewrites phrases
/// (單幹 becomes 调干), and a query could not find what a longer text became.
public enum VariantTable {
    /// What `scalar` folds to; itself for most. Binary search over the embedded pairs, O(log entries).
    ///
    /// Analysis asks once for each distinct character (see ``CharacterTable``), so the table needs no set-up.
    public static func fold(_ scalar: UInt32) -> UInt32 {
        guard (0x3400...0x9FFF).contains(scalar) else { return scalar }
        var low = 0
        var high = entryCount
        while low < high {
            let middle = (low + high) / 2
            let found = character(at: middle * 6)
            if found == scalar { return character(at: middle * 6 + 3) }
            if found < scalar { low = middle + 1 } else { high = middle }
        }
        return scalar
    }

    public static var entryCount: Int { pairs.utf8CodeUnitCount / 6 }

    /// The character whose three UTF-8 bytes begin at `offset` of the pairs.
    private static func character(at offset: Int) -> UInt32 {
        precondition(offset + 3 <= pairs.utf8CodeUnitCount)
        // SAFETY: the precondition; the string is a constant of the program.
        let byte = { (index: Int) in unsafe UInt32(pairs.utf8Start[offset + index]) }
        return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F)
    }
}
