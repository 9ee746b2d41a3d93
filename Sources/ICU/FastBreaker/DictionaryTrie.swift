/// Reads all words out of a trie.
struct DictionaryTrie: TrieReader {
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
    mutating func forEach(_ body: ([UInt16], Int) -> Void) throws(MalformedTrie) {
        var word: [UInt16] = []
        try node(at: 0, &word, body)
    }

    /// Tails may be shared, and damage could make the ways to them more than there are words in all languages.
    private mutating func count() throws(MalformedTrie) {
        visited += 1
        guard visited < 1 << 23 else { throw MalformedTrie() }
    }

    func unit(_ index: Int) throws(MalformedTrie) -> Int {
        guard index >= 0, index < units.count else { throw MalformedTrie() }
        return Int(units[index])
    }

    private mutating func node(at start: Int, _ word: inout [UInt16], _ body: ([UInt16], Int) -> Void)
        throws(MalformedTrie)
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
    ) throws(MalformedTrie) {
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
}
