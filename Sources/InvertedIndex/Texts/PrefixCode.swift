internal import Bytes

/// A complete prefix code over the symbols `0 ..< lengths.count`, of codes no longer than 20 bits.
///
/// Codes are canonical (Schwartz and Kallick, "Generating a canonical prefix encoding", 1964): shorter ones come
/// before longer ones and equally long ones in the order of their symbols, so that the lengths say everything. As
/// every symbol has a code and no bits are left over, any bits decode to symbols.
@safe struct PrefixCode: Sendable {
    static let longest = 20
    /// Bits that are looked up at once.
    private static let tableBits = 12

    /// Bits of each symbol's code.
    let lengths: [UInt8]
    /// Symbols in the order of their codes.
    private let order: [UInt16]
    /// For each value of the first bits, `symbol << 8 | length`; 0 where the code is longer.
    private let table: [UInt32]
    /// For each length, what lies behind its last code, of ``longest`` bits.
    private let limits: [UInt32]
    /// For each length, the place in `order` of a code is its value plus this.
    private let shifts: [Int]

    /// nil unless the lengths make a complete code.
    init?(lengths: [UInt8]) {
        guard !lengths.isEmpty, lengths.count <= 1 << 16 else { return nil }
        var counts = [Int](repeating: 0, count: Self.longest + 1)
        for length in lengths {
            guard length >= 1, length <= Self.longest else { return nil }
            counts[Int(length)] += 1
        }
        var places = [Int](repeating: 0, count: Self.longest + 1)
        var limits = [UInt32](repeating: 0, count: Self.longest + 1)
        var shifts = places
        var code = 0
        var place = 0
        for length in 1...Self.longest {
            code <<= 1
            places[length] = place
            shifts[length] = place - code
            code += counts[length]
            place += counts[length]
            guard code <= 1 << length else { return nil }
            limits[length] = UInt32(code << (Self.longest - length))
        }
        guard code == 1 << Self.longest else { return nil }
        var order = [UInt16](repeating: 0, count: lengths.count)
        var table = [UInt32](repeating: 0, count: 1 << Self.tableBits)
        for symbol in lengths.indices {
            let length = Int(lengths[symbol])
            let place = places[length]
            order[place] = UInt16(symbol)
            places[length] += 1
            guard length <= Self.tableBits else { continue }
            let first = (place - shifts[length]) << (Self.tableBits - length)
            for index in first..<first + 1 << (Self.tableBits - length) {
                table[index] = UInt32(symbol) << 8 | UInt32(length)
            }
        }
        self.lengths = lengths
        self.order = order
        self.table = table
        self.limits = limits
        self.shifts = shifts
    }

    /// The code of each symbol, in its low bits.
    var codes: [UInt32] {
        var codes = [UInt32](repeating: 0, count: lengths.count)
        for place in order.indices {
            let symbol = Int(order[place])
            codes[symbol] = UInt32(place - shifts[Int(lengths[symbol])])
        }
        return codes
    }

    /// Reads one symbol.
    @inline(__always)
    func next(_ reader: inout BitReader) -> Int {
        let window = reader.peek(Self.longest)
        let entry = table[Int(window >> UInt32(Self.longest - Self.tableBits))]
        if entry != 0 {
            reader.skip(Int(entry & 0xFF))
            return Int(entry >> 8)
        }
        var length = Self.tableBits + 1
        // Ends by the longest length, whose limit lies beyond every window.
        while window >= limits[length] { length += 1 }
        reader.skip(length)
        return Int(order[Int(window >> UInt32(Self.longest - length)) + shifts[length]])
    }
}

extension PrefixCode {
    /// The lengths of the best code for symbols that occur `counts` times (Huffman, "A method for the construction
    /// of minimum-redundancy codes", 1952); to keep within ``longest``, the rarest count for more than they do.
    ///
    /// - Parameter counts: of two symbols or more, at most 2^16. Each gets a code, even if it never occurs.
    /// - Complexity: O(n log n) for n symbols.
    static func lengths(forCounts counts: [Int]) -> [UInt8] {
        let order = counts.indices.sorted { (counts[$0], $0) < (counts[$1], $1) }
        var floor = 1
        while true {
            let depths = depths(of: order.map { max(floor, counts[$0]) })
            if depths.max()! <= longest {
                var lengths = [UInt8](repeating: 0, count: counts.count)
                for (place, symbol) in order.enumerated() { lengths[symbol] = UInt8(depths[place]) }
                return lengths
            }
            floor *= 2
        }
    }

    /// The depths of the leaves of a Huffman tree over ascending weights.
    private static func depths(of leaves: [Int]) -> [Int] {
        let count = leaves.count
        var weights = leaves
        weights.reserveCapacity(2 * count)
        var parents = [Int](repeating: 0, count: 2 * count)
        // Leaves and inner nodes each ascend, so the lightest node is at the head of one of two queues.
        var leaf = 0
        var inner = count
        while weights.count < 2 * count - 1 {
            var sum = 0
            for _ in 0..<2 {
                let takesLeaf = leaf < count && (inner == weights.count || weights[leaf] <= weights[inner])
                let node = takesLeaf ? leaf : inner
                if takesLeaf { leaf += 1 } else { inner += 1 }
                sum += weights[node]
                parents[node] = weights.count
            }
            weights.append(sum)
        }
        var depths = [Int](repeating: 0, count: weights.count)
        for node in (0..<weights.count - 1).reversed() { depths[node] = depths[parents[node]] + 1 }
        return Array(depths[..<count])
    }
}
