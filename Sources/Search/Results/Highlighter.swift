internal import Tokenizer

/// Finds what of a query stands in a text, as ranges of the text's Unicode scalars.
struct Highlighter {
    private let plan: QueryPlan

    init(_ plan: QueryPlan) { self.plan = plan }

    /// - Returns: whether all keywords stand in the text, and what to show: the keywords; where none stands,
    ///   the query's words; where none of these does, its pairs of characters, then single ones.
    func find(in analysis: Analysis, text: [UInt8]) -> (isExact: Bool, ranges: [Range<Int>]) {
        let keywords = plan.keywords.map { $0.occurrences(in: analysis) }
        let isExact = keywords.allSatisfy { !$0.isEmpty }
        var units = keywords.flatMap { $0 }
        if !isExact {
            units += plan.words.flatMap { $0.units.count > 1 ? $0.occurrences(in: analysis) : [] }
            units += plan.words.flatMap { $0.isWord ? $0.occurrences(in: analysis) : [] }
        }
        if units.isEmpty { units = fragments(of: analysis, length: 2) }
        if units.isEmpty { units = fragments(of: analysis, length: 1) }
        let bytes = units.map { analysis.sourceRange(of: $0) }
        return (isExact, Self.scalarRanges(Self.merged(bytes), in: text))
    }

    /// Places in the text of `length` units in a row that the query has too.
    private func fragments(of analysis: Analysis, length: Int) -> [Range<Int>] {
        plan.keywords.flatMap { keyword in keyword.windows(length).flatMap { $0.occurrences(in: analysis) } }
    }

    /// Ascending, with overlapping and touching ranges joined.
    private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, range in
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
    }

    /// Byte ranges, ascending and apart, as ranges of scalars. O(text.count).
    private static func scalarRanges(_ ranges: [Range<Int>], in text: [UInt8]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var scalar = 0
        var byte = 0
        func advance(to target: Int) -> Int {
            while byte < target {
                byte += 1
                while byte < text.count, text[byte] & 0xC0 == 0x80 { byte += 1 }
                scalar += 1
            }
            return scalar
        }
        for range in ranges {
            let start = advance(to: range.lowerBound)
            result.append(start..<advance(to: range.upperBound))
        }
        return result
    }
}

extension UnitSequence {
    /// Whether this is one word that is not Han.
    fileprivate var isWord: Bool {
        if units.count == 1, case .word = units[0] { true } else { false }
    }

    /// Every `length` units in a row that hold no barrier.
    fileprivate func windows(_ length: Int) -> [UnitSequence] {
        guard units.count >= length else { return [] }
        return (0...units.count - length).compactMap { start in
            let window = Array(units[start..<start + length])
            return window.contains(.barrier) ? nil : UnitSequence(window)
        }
    }
}
