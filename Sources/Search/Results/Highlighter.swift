internal import Tokenizer

/// Finds what of a query stands in a text, as ranges of the text's Unicode scalars.
struct Highlighter {
    private let plan: QueryPlan

    init(_ plan: QueryPlan) { self.plan = plan }

    struct Result {
        /// Whether all keywords stand in the text.
        var isExact = false
        /// Whether all keywords stand in it as they were typed, byte for byte.
        var isVerbatim = false
        /// Whether something of the query is only there in the healed reading.
        var isHealed = false
        /// What to show, in scalars of the text.
        var ranges: [Range<Int>] = []
    }

    /// Finds the keywords; where not all stand, the query's words too; where none of these does, its pairs of
    /// characters, then single ones.
    func find(in text: AnalysedParagraph) -> Result {
        var places = Places(text)
        var isExact = true
        var isVerbatim = true
        // What stands after NOT is not there to be found.
        let operators = plan.expression?.positive.compactMap { places.add($0) }
        if let operators {
            isExact = operators.holds(\.isFound)
            isVerbatim = operators.holds(\.isVerbatim)
        }
        for (keyword, spelling) in zip(plan.keywords, plan.spellings) where operators == nil {
            let first = places.bytes.count
            isExact = places.add(keyword.wanted) && isExact
            isVerbatim = isVerbatim && places.bytes[first...].contains { text.bytes[$0].elementsEqual(spelling) }
        }
        if !isExact {
            for word in plan.words.map(\.wanted) where word.units.count > 1 || word.isWord { places.add(word) }
        }
        for length in [2, 1] where places.bytes.isEmpty {
            for fragment in plan.keywords.flatMap({ $0.wanted.windows(length) }) { places.add(fragment) }
        }
        let ranges = Self.scalarRanges(Self.merged(places.bytes), in: text.bytes)
        return Result(isExact: isExact, isVerbatim: isVerbatim, isHealed: places.isHealed, ranges: ranges)
    }

    /// Places found so far, in bytes of the text.
    private struct Places {
        let text: AnalysedParagraph
        var bytes: [Range<Int>] = []
        var isHealed = false

        init(_ text: AnalysedParagraph) { self.text = text }

        /// Adds where a sequence stands, in either reading.
        @discardableResult
        mutating func add(_ sequence: UnitSequence) -> Bool {
            let plain = sequence.occurrences(in: text.plain)
            bytes += plain.map { text.plain.sourceRange(of: $0) }
            guard let healed = text.healed else { return !plain.isEmpty }
            let found = sequence.occurrences(in: healed)
            bytes += found.map { healed.sourceRange(of: $0) }
            isHealed = isHealed || plain.isEmpty && !found.isEmpty
            return !plain.isEmpty || !found.isEmpty
        }

        /// Adds where a leaf is found, in either reading.
        mutating func add(_ leaf: QueryLeaf) -> (isFound: Bool, isVerbatim: Bool) {
            let plain = LeafPlaces.find(leaf.wanted, within: leaf.distance, in: text.plain)
            let healed = text.healed.map { LeafPlaces.find(leaf.wanted, within: leaf.distance, in: $0) } ?? []
            guard !plain.isEmpty || !healed.isEmpty else { return (false, false) }
            isHealed = isHealed || plain.isEmpty
            var isVerbatim = true
            for (index, part) in leaf.parts.enumerated() {
                var found = plain.isEmpty ? [] : plain[index].map { text.plain.sourceRange(of: $0) }
                if let reading = text.healed, !healed.isEmpty {
                    found += healed[index].map { reading.sourceRange(of: $0) }
                }
                bytes += found
                let verbatim = found.count { place in
                    let bytes = text.bytes[place]
                    return part.isPrefix ? bytes.starts(with: part.spelling) : bytes.elementsEqual(part.spelling)
                }
                // Of a pair, one that stands there as typed may be near another that does not.
                isVerbatim = isVerbatim && (leaf.distance == nil ? verbatim > 0 : verbatim == found.count)
            }
            return (true, isVerbatim)
        }
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
        units.count == 1 && units[0].letters != nil
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
