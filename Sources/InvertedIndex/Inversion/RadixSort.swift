/// Sorts keys by their high bits, keeping the order of equal ones: least significant digit first.
///
/// Keys are made in the order of their low bits (places in the text), so sorting the high bits (the term) sorts
/// whole keys. One counting pass finds the sizes for all digits; a digit in which all keys agree is passed over. Dealing out
/// by the highest digit first, so that the rest stays in a core's cache, was tried and takes as long.
enum RadixSort {
    private static let digitBits = 9
    private static let buckets = 1 << digitBits

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
        let digits = max(0, highestBit - lowestBit + digitBits - 1) / digitBits
        guard digits > 0 else { return }
        var isSwapped = false
        unsafe keys.withUnsafeMutableBufferPointer { first in
            unsafe scratch.withUnsafeMutableBufferPointer { second in
                unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: digits * buckets) { counts in
                    // SAFETY: both buffers hold `count` keys, and there are counts for every digit.
                    var source = first.baseAddress!
                    var target = second.baseAddress!
                    unsafe self.count(source, count, digits, lowestBit, into: counts)
                    for digit in 0..<digits {
                        let shift = UInt64(lowestBit + digit * digitBits)
                        let next = unsafe counts.baseAddress! + digit * buckets
                        // All keys have the same digit.
                        if unsafe next[Int(truncatingIfNeeded: source[0] >> shift) & (buckets - 1)] == count {
                            continue
                        }
                        unsafe distribute(source, into: target, count, shift: shift, next)
                        unsafe swap(&source, &target)
                        isSwapped.toggle()
                    }
                }
                if isSwapped { unsafe first.baseAddress!.update(from: second.baseAddress!, count: count) }
            }
        }
    }

    /// Counts the keys of each value of each digit, in one pass.
    private static func count(
        _ keys: UnsafeMutablePointer<UInt64>, _ count: Int, _ digits: Int, _ lowestBit: Int,
        into counts: UnsafeMutableBufferPointer<Int>
    ) {
        unsafe counts.initialize(repeating: 0)
        for index in 0..<count {
            // SAFETY: each digit has a count for each of its values.
            var rest = unsafe keys[index] &>> UInt64(truncatingIfNeeded: lowestBit)
            var table = counts.baseAddress!
            for _ in 0..<digits {
                unsafe table[Int(truncatingIfNeeded: rest) & (buckets - 1)] &+= 1
                rest &>>= UInt64(truncatingIfNeeded: digitBits)
                unsafe table += buckets
            }
        }
    }

    /// Moves all keys to where their digit belongs.
    ///
    /// - Parameter next: the counts of the digit's values; made the ends of their places.
    private static func distribute(
        _ source: UnsafeMutablePointer<UInt64>, into target: UnsafeMutablePointer<UInt64>, _ count: Int,
        shift: UInt64, _ next: UnsafeMutablePointer<Int>
    ) {
        var sum = 0
        for bucket in 0..<buckets {
            let size = unsafe next[bucket]
            unsafe next[bucket] = sum
            sum &+= size
        }
        for index in 0..<count {
            // SAFETY: each place is a prefix sum below `count`.
            let key = unsafe source[index]
            let bucket = Int(truncatingIfNeeded: key &>> shift) & (buckets - 1)
            unsafe target[next[bucket]] = key
            unsafe next[bucket] &+= 1
        }
    }
}
