/// Finds the longest token at a place in a text.
///
/// Steps are units of UTF-8, one for a well-formed sequence and one for each byte that belongs to none, so that a
/// Chinese character is one step. A hash table of 64-bit slots, `unit << 32 | parent << 16 | child`, in linear probing.
struct TokenTrie: Sendable {
    private static let nodeLimit = 1 << 16
    private var slots: [UInt64]
    private var shift: UInt64
    /// For each node the symbol of the token that ends in it, ``TextSymbol/end`` where none does; and ``inner``.
    private var nodes: [UInt32] = [UInt32(TextSymbol.end)]
    /// Marks nodes that have others below: at the rest a search ends without a look into the slots.
    private static let inner: UInt32 = 1 << 16

    init() {
        slots = [UInt64](repeating: 0, count: 1 << 10)
        shift = 64 - 10
    }

    /// Adds a token; false when it is there already, or there is no room for it. Such a token is never found.
    mutating func add(_ token: Span<UInt8>, symbol: UInt16) -> Bool {
        var node = 0
        var index = 0
        while index < token.count {
            let (unit, length) = unsafe token.withUnsafeBufferPointer { unsafe Self.unit(in: $0, at: index) }
            index += length
            guard let child = child(of: node, unit) ?? insert(unit, below: node) else { return false }
            node = child
        }
        guard nodes[node] & 0xFFFF == UInt32(TextSymbol.end) else { return false }
        nodes[node] = nodes[node] & Self.inner | UInt32(symbol)
        return true
    }

    private func child(of node: Int, _ unit: UInt32) -> Int? {
        let child = unsafe slots.withUnsafeBufferPointer { unsafe Self.child(of: node, unit, $0, shift) }
        return child == 0 ? nil : child
    }

    private mutating func insert(_ unit: UInt32, below node: Int) -> Int? {
        guard nodes.count < Self.nodeLimit else { return nil }
        if nodes.count * 2 > slots.count {
            let old = slots
            slots = [UInt64](repeating: 0, count: old.count * 2)
            shift -= 1
            for slot in old where slot != 0 { place(slot) }
        }
        place(UInt64(unit) << 32 | UInt64(node) << 16 | UInt64(nodes.count))
        nodes[node] |= Self.inner
        nodes.append(UInt32(TextSymbol.end))
        return nodes.count - 1
    }

    private mutating func place(_ slot: UInt64) {
        var index = Self.hash(slot >> 16, shift)
        while slots[index] != 0 { index = (index + 1) & (slots.count - 1) }
        slots[index] = slot
    }

    @inline(__always)
    private static func hash(_ key: UInt64, _ shift: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
    }

    /// The node below `node` by `unit`, or 0: the root is below none.
    @inline(__always)
    private static func child(
        of node: Int, _ unit: UInt32, _ slots: UnsafeBufferPointer<UInt64>, _ shift: UInt64
    ) -> Int {
        let key = UInt64(unit) << 16 | UInt64(truncatingIfNeeded: node)
        var index = hash(key, shift)
        while true {
            // SAFETY: a hash is below the number of slots, a power of two, half of which are empty.
            let slot = unsafe slots[index]
            if slot == 0 { return 0 }
            if slot >> 16 == key { return Int(truncatingIfNeeded: slot & 0xFFFF) }
            index = (index &+ 1) & (slots.count &- 1)
        }
    }

    /// The unit of `text` at `index`: its bytes, the first one highest, and how many they are.
    @inline(__always)
    static func unit(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> (unit: UInt32, length: Int) {
        let first = unsafe UInt32(text[index])
        let length = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1
        guard length > 1, length <= text.count &- index else { return (first, 1) }
        var unit = first
        for offset in 1..<length {
            // SAFETY: `length` bytes are left.
            let byte = unsafe UInt32(text[index &+ offset])
            guard byte & 0xC0 == 0x80 else { return (first, 1) }
            unit = unit << 8 | byte
        }
        return (unit, length)
    }

    /// Appends the symbols of `text`, the longest token at each place; a unit that is in no token gives its bytes.
    ///
    /// - Complexity: O(bytes × units of the longest token), in practice little more than O(bytes).
    func parse(_ text: UnsafeBufferPointer<UInt8>, into parsed: inout [UInt16]) {
        unsafe slots.withUnsafeBufferPointer { slots in
            unsafe nodes.withUnsafeBufferPointer { nodes in
                var start = 0
                while start < text.count {
                    var node = 0
                    var index = start
                    var end = start
                    var found = TextSymbol.end
                    var firstLength = 0
                    while index < text.count {
                        let (unit, length) = unsafe Self.unit(in: text, at: index)
                        if firstLength == 0 { firstLength = length }
                        node = unsafe Self.child(of: node, unit, slots, shift)
                        if node == 0 { break }
                        index &+= length
                        // SAFETY: children are nodes.
                        let entry = unsafe nodes[node]
                        let symbol = UInt16(truncatingIfNeeded: entry)
                        if symbol != TextSymbol.end {
                            found = symbol
                            end = index
                        }
                        if entry & Self.inner == 0 { break }
                    }
                    if end > start {
                        parsed.append(found)
                        start = end
                    } else {
                        for _ in 0..<firstLength {
                            parsed.append(unsafe UInt16(text[start]))
                            start &+= 1
                        }
                    }
                }
            }
        }
    }
}
