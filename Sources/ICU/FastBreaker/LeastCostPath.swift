/// Cuts runs of Han characters into the words that together cost least, as ICU's own engine does.
///
/// A path's cost is the sum of its words'; a character that is no word by itself may still stand alone, at
/// ``ChineseDictionary/unknownCost``. Of paths that cost the same, the one whose last word is longer wins, and so on
/// towards the front.
@safe struct LeastCostPath: ~Copyable {
    private var capacity = 0
    /// For each character of the run, its head, then an entry that no word goes on with.
    private var heads: UnsafeMutablePointer<ChineseDictionary.Entry>
    /// For each place between characters: the cost of the best path to it, above the place of the cut before it.
    private var best: UnsafeMutablePointer<UInt64>
    /// The cuts of the best path, last first.
    private var cuts: UnsafeMutablePointer<Int32>

    /// Units in a run, at most: more could overflow a cost.
    static let lengthLimit = 1 << 22

    init() {
        unsafe heads = .allocate(capacity: 1)
        unsafe best = .allocate(capacity: 1)
        unsafe cuts = .allocate(capacity: 1)
    }

    deinit { free() }

    private func free() {
        unsafe heads.deallocate()
        unsafe best.deallocate()
        unsafe cuts.deallocate()
    }

    /// Makes room for runs of `length` units.
    mutating func reserve(_ length: Int) {
        guard length > capacity else { return }
        free()
        capacity = length + length / 2
        unsafe heads = .allocate(capacity: capacity + 1)
        unsafe best = .allocate(capacity: capacity + 1)
        unsafe cuts = .allocate(capacity: capacity + 1)
    }

    /// Writes the ends of the words of a run, moved by `offset`, to `output`, and gives their number.
    ///
    /// O(run.count); per character about one word is looked up beyond the first character.
    ///
    /// - Parameters:
    ///   - run: one or more covered characters, no more than there was made room for.
    ///   - dictionary, characters: a ``ChineseDictionary``'s entries and heads.
    ///   - output: has room for `run.count` numbers.
    @inline(__always)
    func cut(
        _ run: UnsafePointer<UInt16>, count: Int, with dictionary: UnsafePointer<ChineseDictionary.Entry>,
        _ characters: UnsafePointer<ChineseDictionary.Entry>, offset: Int32,
        into output: UnsafeMutablePointer<Int32>
    ) -> Int {
        // SAFETY: the caller's promises; places in the array are within its bounds by its construction.
        if count == 1 {
            unsafe output[0] = offset + 1
            return 1
        }
        let origin = Int(ChineseDictionary.characters.lowerBound)
        for index in 0..<count {
            unsafe heads[index] = characters[Int(run[index]) - origin]
            unsafe best[index + 1] = .max
        }
        unsafe heads[count] = .free
        unsafe best[0] = 0
        for start in 0..<count {
            let cost = unsafe best[start] & 0xFFFF_FFFF_0000_0000 | UInt64(start)
            let head = unsafe heads[start]
            var end = start + 1
            // On equal costs the earlier start has the smaller number, and wins.
            unsafe best[end] = min(best[end], cost + UInt64(head.cost) << 32)
            var base = head.base
            while base != 0 {
                let entry = unsafe dictionary[Int(base + heads[end].owner)]
                guard entry.owner == base else { break }
                end += 1
                if entry.cost != ChineseDictionary.Entry.noCost {
                    unsafe best[end] = min(best[end], cost + UInt64(entry.cost) << 32)
                }
                base = entry.base
            }
        }
        var found = 0
        var place = count
        while place > 0 {
            unsafe cuts[found] = Int32(truncatingIfNeeded: place)
            found += 1
            place = unsafe Int(truncatingIfNeeded: best[place] & 0xFFFF_FFFF)
        }
        for index in 0..<found { unsafe output[index] = offset + cuts[found - 1 - index] }
        return found
    }
}
