/// A symbol to write, and the bits that follow it.
struct TextOperation {
    var symbol: UInt16
    var extraBits: UInt8 = 0
    var extra: UInt32 = 0
}

/// Finds what a frame has said before: the first step of the Lempel-Ziv methods, over symbols instead of bytes.
///
/// Looks at the last place only where the next two symbols occurred, and takes a copy when it is shorter than what
/// it stands for.
struct CopyFinder {
    private static let hashBits = 12
    /// By hash of two symbols, one more than the place where they were last.
    private var places = [UInt32](repeating: 0, count: 1 << hashBits)

    /// Appends the operations that give `symbols`.
    ///
    /// - Parameter lengths: bits of each symbol's code.
    mutating func find(in symbols: [UInt16], lengths: [UInt8], into operations: inout [TextOperation]) {
        unsafe places.withUnsafeMutableBufferPointer { places in
            unsafe places.update(repeating: 0)
            unsafe symbols.withUnsafeBufferPointer { symbols in
                unsafe lengths.withUnsafeBufferPointer { lengths in
                    unsafe Self.find(in: symbols, places, lengths, &operations)
                }
            }
        }
    }

    private static func find(
        in symbols: UnsafeBufferPointer<UInt16>, _ places: UnsafeMutableBufferPointer<UInt32>,
        _ lengths: UnsafeBufferPointer<UInt8>, _ operations: inout [TextOperation]
    ) {
        // SAFETY: indices stay below `symbols.count`, hashes below the number of places, and symbols have lengths.
        let hash = { (index: Int) in
            let pair = unsafe UInt32(symbols[index]) << 16 | UInt32(symbols[index &+ 1])
            return Int((pair &* 0x9E37_79B1) &>> UInt32(32 &- hashBits))
        }
        var index = 0
        while index < symbols.count {
            var copied = 0
            if index &+ 1 < symbols.count {
                let slot = hash(index)
                let candidate = unsafe Int(places[slot]) &- 1
                unsafe places[slot] = UInt32(truncatingIfNeeded: index &+ 1)
                if candidate >= 0, index &- candidate <= TextSymbol.longestDistance {
                    let limit = min(TextSymbol.longestCopy, symbols.count &- index)
                    var bits = 0
                    var length = 0
                    while length < limit, unsafe symbols[index &+ length] == symbols[candidate &+ length] {
                        bits &+= unsafe Int(lengths[Int(symbols[index &+ length])])
                        length &+= 1
                    }
                    if length >= TextSymbol.shortestCopy {
                        let copy = copy(length: length, distance: index &- candidate)
                        if unsafe Int(lengths[Int(copy.symbol)]) &+ Int(copy.extraBits) < bits {
                            operations.append(copy)
                            copied = length
                        }
                    }
                }
            }
            if copied == 0 {
                operations.append(TextOperation(symbol: unsafe symbols[index]))
                index &+= 1
                continue
            }
            let end = index &+ copied
            index &+= 1
            while index < end {
                if index &+ 1 < symbols.count {
                    unsafe places[hash(index)] = UInt32(truncatingIfNeeded: index &+ 1)
                }
                index &+= 1
            }
        }
    }

    private static func copy(length: Int, distance: Int) -> TextOperation {
        let lengthClass = TextSymbol.copyClass(length)
        let distanceBits = Int.bitWidth - 1 - distance.leadingZeroBitCount
        let lengthBits = TextSymbol.copyBits[lengthClass]
        let extra = (distance - 1 << distanceBits) << lengthBits | (length - TextSymbol.copyLengths[lengthClass])
        return TextOperation(
            symbol: UInt16(TextSymbol.firstCopy + 16 * lengthClass + distanceBits),
            extraBits: UInt8(distanceBits + lengthBits), extra: UInt32(extra))
    }
}
