/// Finds the longest token at a place in a text.
///
/// Steps are units of UTF-8, one for a well-formed sequence and one for each byte that belongs to none, so that a
/// Chinese character is one step. The first step is a look into a table by code point, which leaves tokens out that
/// begin with anything but a character of the basic plane; the others are looks into a hash table of 64-bit slots,
/// `unit << 32 | parent << 16 | child`, in linear probing.
struct TokenTrie: Sendable {
    private static let nodeLimit = 1 << 16
    /// What ``codePoint(of:length:)`` gives for anything else.
    private static let noCodePoint = 0xFFFF
    /// The node of each code point; 0 where no token begins with it.
    private var roots = [UInt16](repeating: 0, count: 1 << 16)
    private var slots: [UInt64]
    private var shift: UInt64
    /// For each node the symbol of the token that ends in it, ``TextSymbol/end`` where none does; above it a bit for each
    /// of 16 kinds of unit that one of the nodes below begins with (see ``kind(of:)``). Most searches end with a unit
    /// that no node below has: they are spared a look into the slots, most of which would have to be fetched.
    private var nodes: [UInt32] = [UInt32(TextSymbol.end)]

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
            let next = index == 0 ? root(unit, length) : child(of: node, unit) ?? insert(unit, below: node)
            guard let next else { return false }
            node = next
            index += length
        }
        guard nodes[node] & 0xFFFF == UInt32(TextSymbol.end) else { return false }
        nodes[node] = nodes[node] & 0xFFFF_0000 | UInt32(symbol)
        return true
    }

    private mutating func root(_ unit: UInt32, _ length: Int) -> Int? {
        let codePoint = Self.codePoint(of: unit, length: length)
        guard codePoint != Self.noCodePoint else { return nil }
        if roots[codePoint] != 0 { return Int(roots[codePoint]) }
        guard let node = makeNode() else { return nil }
        roots[codePoint] = UInt16(node)
        return node
    }

    private mutating func makeNode() -> Int? {
        guard nodes.count < Self.nodeLimit else { return nil }
        nodes.append(UInt32(TextSymbol.end))
        return nodes.count - 1
    }

    private func child(of node: Int, _ unit: UInt32) -> Int? {
        let child = unsafe slots.withUnsafeBufferPointer { unsafe Self.child(of: node, unit, $0, shift) }
        return child == 0 ? nil : child
    }

    private mutating func insert(_ unit: UInt32, below node: Int) -> Int? {
        guard let child = makeNode() else { return nil }
        if nodes.count * 2 > slots.count {
            let old = slots
            slots = [UInt64](repeating: 0, count: old.count * 2)
            shift -= 1
            for slot in old where slot != 0 { place(slot) }
        }
        place(UInt64(unit) << 32 | UInt64(node) << 16 | UInt64(child))
        nodes[node] |= Self.kind(of: unit)
        return child
    }

    private mutating func place(_ slot: UInt64) {
        var index = Self.hash(slot >> 16, shift)
        while slots[index] != 0 { index = (index + 1) & (slots.count - 1) }
        slots[index] = slot
    }

    /// One of the 16 highest bits.
    @inline(__always)
    private static func kind(of unit: UInt32) -> UInt32 { (1 << 16) &<< ((unit &* 0x9E37_79B1) &>> 28) }

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
        if text.count &- index >= 4 {
            // SAFETY: four bytes are left. The two most frequent shapes, each told by one comparison.
            let word = unsafe UnsafeRawPointer(text.baseAddress! + index)
                .loadUnaligned(as: UInt32.self).bigEndian
            if word & 0xF0C0_C000 == 0xE080_8000 { return (word >> 8, 3) }
            if word < 0x8000_0000 { return (word >> 24, 1) }
        }
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

    /// The code point of a unit, if it is a character of the basic plane, in its shortest form.
    @inline(__always)
    private static func codePoint(of unit: UInt32, length: Int) -> Int {
        switch length {
        case 1: return unit < 0x80 ? Int(unit) : noCodePoint
        case 2: return Int((unit >> 8 & 0x1F) << 6 | unit & 0x3F)
        case 3:
            let codePoint = (unit >> 16 & 0xF) << 12 | (unit >> 8 & 0x3F) << 6 | unit & 0x3F
            return codePoint < 0x800 ? noCodePoint : Int(codePoint)
        default: return noCodePoint
        }
    }

    /// Appends the symbols of `text`, the longest token at each place; a unit that is in no token gives its bytes.
    ///
    /// - Complexity: O(bytes × units of the longest token), in practice little more than O(bytes).
    func parse(_ text: UnsafeBufferPointer<UInt8>, into parsed: inout [UInt16]) {
        unsafe slots.withUnsafeBufferPointer { slots in
            unsafe nodes.withUnsafeBufferPointer { nodes in
                unsafe roots.withUnsafeBufferPointer { roots in
                    var start = 0
                    while start < text.count {
                        let (unit, length) = unsafe Self.unit(in: text, at: start)
                        // SAFETY: code points are below 2^16, and roots and children are nodes.
                        var node = unsafe Int(roots[Self.codePoint(of: unit, length: length)])
                        var entry = unsafe nodes[node]
                        var index = start &+ length
                        var end = start
                        var found = TextSymbol.end
                        while node != 0 {
                            if UInt16(truncatingIfNeeded: entry) != TextSymbol.end {
                                found = UInt16(truncatingIfNeeded: entry)
                                end = index
                            }
                            guard index < text.count else { break }
                            let (unit, length) = unsafe Self.unit(in: text, at: index)
                            guard entry & Self.kind(of: unit) != 0 else { break }
                            node = unsafe Self.child(of: node, unit, slots, shift)
                            entry = unsafe nodes[node]
                            index &+= length
                        }
                        if end > start {
                            parsed.append(found)
                            start = end
                        } else {
                            for _ in 0..<length {
                                parsed.append(unsafe UInt16(text[start]))
                                start &+= 1
                            }
                        }
                    }
                }
            }
        }
    }
}
