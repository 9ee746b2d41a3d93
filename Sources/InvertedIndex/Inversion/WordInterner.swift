internal import Model

/// Gives each distinct word of a segment a small number, in the order in which they are met.
///
/// Open addressing over one buffer of bytes: a look-up compares hashes first and touches the bytes once.
struct WordInterner {
    private var slots: [UInt32]
    private var hashes: [UInt32] = []
    /// Where each word ends in `bytes`.
    private var ends: [Int] = []
    private var bytes: [UInt8] = []
    private var kinds: [TermKind] = []

    init() { slots = [UInt32](repeating: .max, count: 1 << 12) }

    var count: Int { ends.count }

    func kind(_ id: Int) -> TermKind { kinds[id] }

    func word(_ id: Int) -> ArraySlice<UInt8> { bytes[(id == 0 ? 0 : ends[id - 1])..<ends[id]] }

    /// Approximate memory in use, in bytes.
    var memory: Int { slots.count * 4 + hashes.count * 13 + bytes.count }

    mutating func intern(_ kind: TermKind, _ word: ArraySlice<UInt8>) -> Int {
        let hash = Self.hash(kind, word)
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot] != .max {
            let id = Int(slots[slot])
            if hashes[id] == hash, kinds[id] == kind, self.word(id).elementsEqual(word) { return id }
            slot = (slot + 1) & mask
        }
        let id = ends.count
        slots[slot] = UInt32(id)
        hashes.append(hash)
        kinds.append(kind)
        bytes.append(contentsOf: word)
        ends.append(bytes.count)
        if ends.count * 2 > slots.count { grow() }
        return id
    }

    /// The ids in the order of kind, then bytes: the dictionary's.
    func sortedIDs() -> [Int] {
        (0..<count).sorted { left, right in
            kinds[left] != kinds[right]
                ? kinds[left].rawValue < kinds[right].rawValue : word(left).lexicographicallyPrecedes(word(right))
        }
    }

    private mutating func grow() {
        slots = [UInt32](repeating: .max, count: slots.count * 2)
        let mask = slots.count - 1
        for id in ends.indices {
            var slot = Int(hashes[id]) & mask
            while slots[slot] != .max { slot = (slot + 1) & mask }
            slots[slot] = UInt32(id)
        }
    }

    private static func hash(_ kind: TermKind, _ word: ArraySlice<UInt8>) -> UInt32 {
        var hash = UInt64(kind.rawValue) &* 0x9E37_79B9_7F4A_7C15
        for byte in word { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }
}
