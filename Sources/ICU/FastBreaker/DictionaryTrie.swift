/// Reads the words out of a trie as ICU serializes it ("UCharsTrie data structure" in `ucharstrie.h`).
///
/// A node is a lead unit and what follows it. Bit 15 set: a value, and nothing goes on from here. Otherwise the lower
/// six bits say how matching goes on, by a choice among units or by a row of units, and the bits above hold the value
/// of what was matched so far, if it has one. All jumps go forward, so that reading ends whatever the bytes are.
struct DictionaryTrie {
    /// Why reading stopped: the units are no trie, or one beyond all measure.
    struct Malformed: Error {}

    private let units: [UInt16]
    private let accepts: (UInt16) -> Bool
    private let lengthLimit: Int
    private var visited = 0

    /// - Parameters:
    ///   - accepts: whether a word may have this unit; others are passed over.
    ///   - lengthLimit: of words, in units.
    init(_ units: [UInt16], lengthLimit: Int, accepting accepts: @escaping (UInt16) -> Bool) {
        self.units = units
        self.lengthLimit = lengthLimit
        self.accepts = accepts
    }

    /// Calls `body` with every word and its value, ascending. O(units of the trie).
    mutating func forEach(_ body: ([UInt16], Int) -> Void) throws(Malformed) {
        var word: [UInt16] = []
        try node(at: 0, &word, body)
    }

    /// Tails may be shared, and damage could make the ways to them more than there are words in all languages.
    private mutating func count() throws(Malformed) {
        visited += 1
        guard visited < 1 << 23 else { throw Malformed() }
    }

    private func unit(_ index: Int) throws(Malformed) -> Int {
        guard index >= 0, index < units.count else { throw Malformed() }
        return Int(units[index])
    }

    private mutating func node(at start: Int, _ word: inout [UInt16], _ body: ([UInt16], Int) -> Void)
        throws(Malformed)
    {
        try count()
        let depth = word.count
        defer { word.removeSubrange(depth...) }
        var index = start
        while true {
            let lead = try unit(index)
            index += 1
            if lead & 0x8000 != 0 {
                body(word, try value(lead & 0x7FFF, &index))
                return
            }
            if lead >= 0x40 { body(word, try innerValue(lead, &index)) }
            let kind = lead & 0x3F
            if kind < 0x30 {
                let count = kind == 0 ? try unit(index) + 1 : kind + 1
                if kind == 0 { index += 1 }
                return try branch(at: index, count, &word, body)
            }
            // A row of 1 to 16 units.
            for _ in 0...kind - 0x30 {
                guard try append(unit(index), to: &word) else { return }
                index += 1
            }
        }
    }

    private func append(_ unit: Int, to word: inout [UInt16]) -> Bool {
        guard word.count < lengthLimit, accepts(UInt16(unit)) else { return false }
        word.append(UInt16(unit))
        return true
    }

    /// A choice among `count` units: halved until five or fewer are left, which stand in a row.
    private mutating func branch(
        at start: Int, _ count: Int, _ word: inout [UInt16], _ body: ([UInt16], Int) -> Void
    ) throws(Malformed) {
        var index = start
        if count > 5 {
            index += 1
            let jump = try delta(&index)
            try branch(at: index + jump, count / 2, &word, body)
            return try branch(at: index, count - count / 2, &word, body)
        }
        for _ in 1..<max(count, 1) {
            try self.count()
            let unit = try unit(index)
            index += 1
            let lead = try self.unit(index)
            index += 1
            let target = try value(lead & 0x7FFF, &index)
            guard append(unit, to: &word) else { continue }
            if lead & 0x8000 != 0 { body(word, target) } else { try node(at: index + target, &word, body) }
            word.removeLast()
        }
        if append(try unit(index), to: &word) {
            try node(at: index + 1, &word, body)
            word.removeLast()
        }
    }

    /// A value, or a jump in a row of units, in one to three units.
    private func value(_ lead: Int, _ index: inout Int) throws(Malformed) -> Int {
        if lead < 0x4000 { return lead }
        return try long(lead == 0x7FFF ? nil : lead - 0x4000, &index)
    }

    /// A value in the upper bits of a lead unit.
    private func innerValue(_ lead: Int, _ index: inout Int) throws(Malformed) -> Int {
        if lead < 0x4040 { return lead >> 6 - 1 }
        return try long(lead >= 0x7FC0 ? nil : (lead & 0x7FC0 - 0x4040) >> 6, &index)
    }

    /// How far the lower half of a choice is away.
    private func delta(_ index: inout Int) throws(Malformed) -> Int {
        let lead = try unit(index)
        index += 1
        if lead < 0xFC00 { return lead }
        return try long(lead == 0xFFFF ? nil : lead - 0xFC00, &index)
    }

    /// A number whose upper half is in the lead unit or, being nil, in a unit of its own.
    private func long(_ upper: Int?, _ index: inout Int) throws(Malformed) -> Int {
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
