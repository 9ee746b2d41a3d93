/// Reads what a trie is made of as ICU serializes it ("UCharsTrie data structure" in `ucharstrie.h`).
///
/// A node is a lead unit and what follows it. Bit 15 set: a value, and nothing goes on from here. Otherwise the lower
/// six bits say how matching goes on, by a choice among units or by a row of units, and the bits above hold the value
/// of what was matched so far, if it has one. All jumps go forward, so that reading ends whatever the bytes are.
protocol TrieReader {
    /// The unit at an index.
    func unit(_ index: Int) throws(MalformedTrie) -> Int
}

/// Why reading stopped: the units are no trie, or one beyond all measure.
struct MalformedTrie: Error {}

/// Numbers begin at the unit before an index, its lead, and move the index past the units that follow it.
extension TrieReader {
    /// A value, or a jump in a row of units, in one to three units.
    func value(_ lead: Int, _ index: inout Int) throws(MalformedTrie) -> Int {
        if lead < 0x4000 { return lead }
        return try long(lead == 0x7FFF ? nil : lead - 0x4000, &index)
    }

    /// A value in the upper bits of a lead unit.
    func innerValue(_ lead: Int, _ index: inout Int) throws(MalformedTrie) -> Int {
        if lead < 0x4040 { return lead >> 6 - 1 }
        return try long(lead >= 0x7FC0 ? nil : (lead & 0x7FC0 - 0x4040) >> 6, &index)
    }

    /// How far the lower half of a choice is away. The lead is the unit at the index.
    func delta(_ index: inout Int) throws(MalformedTrie) -> Int {
        let lead = try unit(index)
        index += 1
        if lead < 0xFC00 { return lead }
        return try long(lead == 0xFFFF ? nil : lead - 0xFC00, &index)
    }

    /// A number whose upper half is in the lead unit or, being nil, in a unit of its own.
    private func long(_ upper: Int?, _ index: inout Int) throws(MalformedTrie) -> Int {
        var high = upper ?? 0
        if upper == nil {
            high = try unit(index)
            index += 1
        }
        let low = try unit(index)
        index += 1
        return high << 16 | low
    }
}
