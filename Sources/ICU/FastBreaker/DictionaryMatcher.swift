/// Finds the words of a trie that a text goes on with, in the trie as it lies in ICU's data: nothing is laid out for it.
@safe struct DictionaryMatcher: TrieReader {
    // SAFETY: whoever makes one keeps the units for as long as it is used.
    private let units: UnsafeBufferPointer<UInt16>

    init(_ units: UnsafeBufferPointer<UInt16>) { unsafe self.units = units }

    func unit(_ index: Int) throws(MalformedTrie) -> Int {
        guard index >= 0, unsafe index < units.count else { throw MalformedTrie() }
        return unsafe Int(units[index])
    }

    /// Calls `body` with the length and the value of each word that a text begins with, the shortest first.
    ///
    /// - Complexity: O(length of the longest · log(characters that words go on with)).
    func forEachWord(_ text: ArraySlice<UInt16>, _ body: (Int, Int) -> Void) throws(MalformedTrie) {
        var rest = text
        var index = 0
        func found(_ value: Int) {
            if rest.count < text.count { body(text.count - rest.count, value) }
        }
        while true {
            let lead = try unit(index)
            index += 1
            if lead & 0x8000 != 0 { return found(try value(lead & 0x7FFF, &index)) }
            if lead >= 0x40 { found(try innerValue(lead, &index)) }
            let kind = lead & 0x3F
            if kind >= 0x30 {
                // A row of 1 to 16 units.
                for _ in 0...kind - 0x30 {
                    guard let next = rest.popFirst(), try unit(index) == Int(next) else { return }
                    index += 1
                }
            } else {
                guard let next = rest.popFirst() else { return }
                let count = kind == 0 ? try unit(index) : kind
                switch try choose(Int(next), among: count + 1, at: kind == 0 ? index + 1 : index) {
                case .none: return
                case .end(let value): return found(value)
                case .node(let behind): index = behind
                }
            }
        }
    }

    /// What a unit of a choice leads to.
    private enum Choice {
        case none
        /// The end of a word, with its value, that no other goes on from.
        case end(Int)
        /// The node at an index.
        case node(Int)
    }

    /// Goes on by a unit, of a choice among `count`: halved until five or fewer are left, which stand in a row.
    private func choose(_ next: Int, among count: Int, at start: Int) throws(MalformedTrie) -> Choice {
        var (count, index) = (count, start)
        while count > 5 {
            let isLower = try next < unit(index)
            index += 1
            let jump = try delta(&index)
            if isLower { index += jump }
            count = isLower ? count / 2 : count - count / 2
        }
        for _ in 1..<count {
            let isNext = try unit(index) == next
            let lead = try unit(index + 1)
            index += 2
            let target = try value(lead & 0x7FFF, &index)
            if isNext { return lead & 0x8000 != 0 ? .end(target) : .node(index + target) }
        }
        return try unit(index) == next ? .node(index + 1) : .none
    }
}
