internal import Tokenizer

/// One thing that an expression asks of a paragraph: that a literal stands in it, or two near each other.
struct QueryLeaf: Equatable {
    struct Part: Equatable {
        var literal: Literal
        /// As typed, without marks at the ends.
        var spelling: [UInt8] = []
        /// Whether any word counts that begins like its last one.
        var isPrefix = false
    }

    /// One, or two that are to stand near each other.
    var parts: [Part]
    /// Units between the two, at most.
    var distance: Int?

    /// The units to look for in a text.
    var wanted: [UnitSequence] { parts.map(\.literal.wanted) }

    /// Whether a pair can be near when its parts stand at these positions at most; both ascend. O(positions).
    func mayBeNear(_ starts: [UInt32], _ others: [UInt32]) -> Bool {
        guard let distance, parts.count == 2 else { return true }
        // So many units have as many runs of marks and one more between and beside them, at most.
        let reach = 2 * distance + 1
        let lengths = parts.map { $0.literal.sequence.units.count }
        func follows(_ starts: [UInt32], _ length: Int, _ others: [UInt32]) -> Bool {
            var next = 0
            return starts.contains { start in
                let end = Int(start) + length
                while next < others.count, Int(others[next]) < end { next += 1 }
                return next < others.count && Int(others[next]) - end <= reach
            }
        }
        return follows(starts, lengths[0], others) || follows(others, lengths[1], starts)
    }

    /// Whether it is found in either reading of a text.
    func isFound(in text: AnalysedParagraph) -> Bool {
        !LeafPlaces.find(wanted, within: distance, in: text.plain).isEmpty
            || text.healed.map { !LeafPlaces.find(wanted, within: distance, in: $0).isEmpty } ?? false
    }
}

/// Where the parts of a leaf stand in a text.
enum LeafPlaces {
    /// The places of each part that count: all, or those near one of the other part. Ascending. Empty when the leaf is
    /// not found.
    static func find(_ wanted: [UnitSequence], within distance: Int?, in analysis: Analysis) -> [[Range<Int>]] {
        let places = wanted.map { $0.occurrences(in: analysis) }
        if places.contains(where: \.isEmpty) { return [] }
        guard let distance, places.count == 2 else { return places }
        let gaps = Gaps(analysis)
        func near(_ places: [Range<Int>], _ others: [Range<Int>]) -> [Range<Int>] {
            zip(places, gaps.least(places, others)).compactMap { place, gap in
                gap.map { $0 <= distance } ?? false ? place : nil
            }
        }
        let first = near(places[0], places[1])
        return first.isEmpty ? [] : [first, near(places[1], places[0])]
    }

    /// How near two sequences come to each other in a text: units between them, without marks. Nil where they do not both stand in
    /// it, apart.
    static func leastGap(_ places: [Range<Int>], _ others: [Range<Int>], in analysis: Analysis) -> Int? {
        Gaps(analysis).least(places, others).compactMap { $0 }.min()
    }
}

/// Counts the units between places in a text; marks are none.
private struct Gaps {
    /// Those that are no marks before each unit, and before the end.
    private var units = [0]

    init(_ analysis: Analysis) {
        units.reserveCapacity(analysis.units.count + 1)
        for unit in analysis.units { units.append(units[units.count - 1] + (unit.kind == .barrier ? 0 : 1)) }
    }

    /// For each place, the units between it and the nearest of `others` that does not overlap it; nil where there is none. Those of
    /// either are of one length, so that starts and ends ascend alike, and the nearest on each side settles it. O(places).
    func least(_ places: [Range<Int>], _ others: [Range<Int>]) -> [Int?] {
        // Others before `ended` end by where the place starts; others from `started` start where it ends, or later.
        var ended = 0
        var started = 0
        return places.map { place in
            while ended < others.count, others[ended].upperBound <= place.lowerBound { ended += 1 }
            while started < others.count, others[started].lowerBound < place.upperBound { started += 1 }
            let before = ended > 0 ? units[place.lowerBound] - units[others[ended - 1].upperBound] : nil
            let after = started < others.count ? units[others[started].lowerBound] - units[place.upperBound] : nil
            return [before, after].compactMap { $0 }.min()
        }
    }
}
