/// Sorts keys by their high bits, keeping the order of equal ones: least significant digit first.
///
/// Keys are made in the order of their low bits (places in the text), so sorting the high bits (the term) sorts
/// whole keys. One counting pass finds the sizes for all digits; a digit in which all keys agree is passed over.
enum RadixSort {
    private static let digitBits = 9

    /// Sorts `keys` by the bits from `lowestBit` up, using `scratch` as the other half.
    ///
    /// - Complexity: O(keys.count) for each nine bits up to the highest bit set.
    static func sort(_ keys: inout [UInt64], scratch: inout [UInt64], lowestBit: Int) {
        let count = keys.count
        guard count > 1 else { return }
        if scratch.count < count { scratch = [UInt64](repeating: 0, count: count) }
        var all: UInt64 = 0
        for key in keys { all |= key }
        let highestBit = UInt64.bitWidth - all.leadingZeroBitCount
        var isSwapped = false
        unsafe keys.withUnsafeMutableBufferPointer { first in
            unsafe scratch.withUnsafeMutableBufferPointer { second in
                // SAFETY: both buffers hold `count` keys; every index is a prefix sum below it.
                var source = first.baseAddress!
                var target = second.baseAddress!
                var bit = lowestBit
                while bit < highestBit {
                    if unsafe distribute(source, into: target, count, shift: UInt64(bit)) {
                        unsafe swap(&source, &target)
                        isSwapped.toggle()
                    }
                    bit += digitBits
                }
                if isSwapped { unsafe first.baseAddress!.update(from: second.baseAddress!, count: count) }
            }
        }
    }

    /// One pass; false when all keys have the same digit and nothing was moved.
    private static func distribute(
        _ source: UnsafeMutablePointer<UInt64>, into target: UnsafeMutablePointer<UInt64>, _ count: Int,
        shift: UInt64
    ) -> Bool {
        let buckets = 1 << digitBits
        let mask = UInt64(buckets - 1)
        return unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: buckets) { next in
            unsafe next.initialize(repeating: 0)
            for index in 0..<count { unsafe next[Int(source[index] >> shift & mask)] &+= 1 }
            if unsafe next[Int(source[0] >> shift & mask)] == count { return false }
            var sum = 0
            for bucket in 0..<buckets {
                let size = unsafe next[bucket]
                unsafe next[bucket] = sum
                sum &+= size
            }
            for index in 0..<count {
                let key = unsafe source[index]
                let bucket = Int(key >> shift & mask)
                unsafe target[next[bucket]] = key
                unsafe next[bucket] &+= 1
            }
            return true
        }
    }
}
