/// Gives the boundaries of ``WordBreaker`` for a query, without what that does first.
///
/// When ICU's breaker first meets a Han character, it makes sets of half of Unicode's characters, which it hardly asks
/// then: a fifth of what a search for a keyword takes in a process of its own. So texts of Han characters, of letters and
/// digits of ASCII, and of spaces between them, which most queries are, are cut here: runs of Han by the least-cost path
/// that ICU looks for, through its dictionary as it lies in its data. All other text goes to ICU.
///
/// Nothing is compared with ICU before it is used, which would take longer than it saves. So text is only cut here with
/// versions of ICU for which the tests have compared it.
///
/// One breaker serves one thread.
@safe public final class QueryWordBreaker {
    /// How these versions begin.
    private static let comparedVersions = ["72."]

    /// Opened for the first text that is left to it.
    private var reference: WordBreaker?
    private let dictionary: DictionaryData?
    /// For each place of a run: the cost of the best path to it, above the place of the cut before it.
    private var best: [UInt64] = []
    private var cuts: [Int32] = []

    public convenience init() { self.init(isCompared: Self.isCompared(ICULibrary.version)) }

    /// Whether the tests have compared a version of ICU.
    static func isCompared(_ version: String) -> Bool { comparedVersions.contains { version.hasPrefix($0) } }

    /// - Parameter isCompared: whether text may be cut here; false to leave all to ICU.
    init(isCompared: Bool) { dictionary = isCompared ? DictionaryData(named: ChineseDictionary.name) : nil }

    /// Replaces the content of `boundaries` by the boundaries of `text`, as ``WordBreaker/boundaries(of:into:)`` does.
    public func boundaries(of text: UnsafeBufferPointer<UInt16>, into boundaries: inout [Int32]) throws(ICUError) {
        boundaries.removeAll(keepingCapacity: true)
        if unsafe cut(Array(text), into: &boundaries) { return }
        let breaker = if let reference { reference } else { try WordBreaker() }
        reference = breaker
        try unsafe breaker.boundaries(of: text, into: &boundaries)
    }

    /// What is cut here.
    private enum Class {
        case han, word, space
    }

    /// Whether a text of such units is cut here.
    static func cuts(_ unit: UInt16) -> Bool { kind(of: unit) != nil }

    /// Whether there is a dictionary to cut by.
    var hasDictionary: Bool { dictionary != nil }

    private static func kind(of unit: UInt16) -> Class? {
        switch unit {
        case 0x20: .space
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: .word
        default: ChineseDictionary.covers(unit) ? .han : nil
        }
    }

    /// - Returns: false where the text has to be left to ICU; what was appended is of no use then.
    private func cut(_ text: [UInt16], into boundaries: inout [Int32]) -> Bool {
        guard let dictionary, text.count <= LeastCostPath.lengthLimit else { return false }
        var kinds: [Class] = []
        kinds.reserveCapacity(text.count)
        for unit in text {
            guard let kind = Self.kind(of: unit) else { return false }
            kinds.append(kind)
        }
        var start = 0
        while start < kinds.count {
            var end = start + 1
            while end < kinds.count, kinds[end] == kinds[start] { end += 1 }
            if kinds[start] != .han {
                boundaries.append(Int32(end))
            } else if !cut(text[start..<end], by: dictionary, into: &boundaries) {
                return false
            }
            start = end
        }
        return true
    }

    /// Cuts a run of Han characters as ``LeastCostPath`` does.
    ///
    /// - Returns: false when the dictionary is none.
    private func cut(_ run: ArraySlice<UInt16>, by dictionary: DictionaryData, into boundaries: inout [Int32])
        -> Bool
    {
        // The matcher looks at the dictionary's memory.
        defer { withExtendedLifetime(dictionary) {} }
        let matcher = unsafe DictionaryMatcher(dictionary.units)
        best.removeAll(keepingCapacity: true)
        best.append(contentsOf: repeatElement(.max, count: run.count + 1))
        best[0] = 0
        for start in 0..<run.count {
            let cost = best[start] & 0xFFFF_FFFF_0000_0000 | UInt64(start)
            var isSound = true
            var isWord = false
            func reach(_ end: Int, at value: UInt32) { best[end] = min(best[end], cost + UInt64(value) << 32) }
            do {
                try matcher.forEachWord(run.dropFirst(start).prefix(ChineseDictionary.wordLimit)) {
                    length, value in
                    guard 0..<Int(ChineseDictionary.Entry.noCost) ~= value else { return isSound = false }
                    if length == 1 { isWord = true }
                    reach(start + length, at: UInt32(value))
                }
            } catch {
                return false
            }
            guard isSound else { return false }
            if !isWord { reach(start + 1, at: ChineseDictionary.unknownCost) }
        }
        cuts.removeAll(keepingCapacity: true)
        var place = run.count
        while place > 0 {
            cuts.append(Int32(run.startIndex + place))
            place = Int(best[place] & 0xFFFF_FFFF)
        }
        boundaries.append(contentsOf: cuts.reversed())
        return true
    }
}
