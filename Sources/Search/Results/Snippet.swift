internal import Model

extension Hit.Snippet {
    /// The part to show of a text of which `highlights` matched, of `limit` scalars at most.
    init(_ text: String, highlights: [Range<Int>], limit: Int) {
        let scalars = Array(text.unicodeScalars)
        let range = SnippetFinder.find(in: scalars, highlights: highlights, limit: limit)
        var part = String.UnicodeScalarView()
        part.append(contentsOf: scalars[range])
        self.init(
            text: String(part), start: range.lowerBound,
            highlights: highlights.filter { $0.overlaps(range) }.map {
                let shown = $0.clamped(to: range)
                return shown.lowerBound - range.lowerBound..<shown.upperBound - range.lowerBound
            },
            isCutBefore: range.lowerBound > 0, isCutAfter: range.upperBound < scalars.count)
    }
}

/// Picks the part of a text that shows best why it was found.
///
/// The part holds the most of the distinct things that matched, by their length; among parts that hold as much, the
/// most that matched in all; then the first. It is cut at the end of a sentence where one is near, else after a
/// comma, and never inside a word of letters or before a mark that combines, unless that would leave nothing.
enum SnippetFinder {
    /// The scalars to show: all of them when there are `limit` at most, else `limit` at most.
    ///
    /// - Parameters:
    ///   - highlights: what matched, as ranges of scalars, ascending and apart.
    ///   - limit: of scalars, from 1.
    /// - Complexity: O(scalars).
    static func find(in scalars: [Unicode.Scalar], highlights: [Range<Int>], limit: Int) -> Range<Int> {
        guard scalars.count > limit else { return 0..<scalars.count }
        let core = core(scalars, highlights, limit)
        let room = limit - core.count
        var start = max(0, min(core.lowerBound - room / 2, scalars.count - limit))
        if core.upperBound + room / 4 <= limit {
            // The beginning of the text is better than the middle of a sentence, and so is its end.
            start = 0
        } else if core.lowerBound - room / 4 >= scalars.count - limit {
            start = scalars.count - limit
        }
        start = begin(scalars, from: start, before: core.lowerBound, reach: limit / 3)
        let end = min(scalars.count, start + limit)
        return start..<finish(scalars, at: end, after: max(core.upperBound, start + 1), reach: limit / 3)
    }

    /// From the first to the last of the highlights to show.
    private static func core(_ scalars: [Unicode.Scalar], _ highlights: [Range<Int>], _ limit: Int) -> Range<Int> {
        // What matched is told apart by its text: the same keyword twice is worth little more than once.
        var identities: [[Unicode.Scalar]: Int] = [:]
        let keys = highlights.map { range in
            let text = Array(scalars[range])
            let key = identities[text] ?? identities.count
            identities[text] = key
            return key
        }
        var counts = [Int](repeating: 0, count: identities.count)
        var distinct = 0
        var total = 0
        var best = (distinct: -1, total: 0, range: 0..<0)
        var first = 0
        for last in highlights.indices {
            if counts[keys[last]] == 0 { distinct += highlights[last].count }
            counts[keys[last]] += 1
            total += highlights[last].count
            while first < last, highlights[last].upperBound - highlights[first].lowerBound > limit {
                counts[keys[first]] -= 1
                if counts[keys[first]] == 0 { distinct -= highlights[first].count }
                total -= highlights[first].count
                first += 1
            }
            if (distinct, total) > (best.distinct, best.total) {
                best = (distinct, total, highlights[first].lowerBound..<highlights[last].upperBound)
            }
        }
        // One that is longer than the snippet is shown from its beginning.
        return best.range.lowerBound..<min(best.range.upperBound, best.range.lowerBound + limit)
    }

    /// A better place to begin than `start`, at most `reach` further on and not after `core`.
    private static func begin(_ scalars: [Unicode.Scalar], from start: Int, before core: Int, reach: Int) -> Int {
        guard start > 0, start < core else { return start }
        let places = start...min(core, start + reach)
        func first(_ isEnd: (Unicode.Scalar) -> Bool) -> Int? {
            places.first { place in
                // Marks that close and white space go with the sentence they follow.
                isEnd(scalars[place - 1]) && !isEnd(scalars[place]) && !isClosing(scalars[place])
                    && !isSpace(scalars[place])
                    || (isClosing(scalars[place - 1]) || isSpace(scalars[place - 1])) && place > 1
                        && isEnd(scalars[place - 2]) && !isSpace(scalars[place]) && !isClosing(scalars[place])
            }
        }
        return first(isSentenceEnd) ?? first(isPause) ?? places.first { isBoundary(scalars, $0) } ?? start
    }

    /// A better place to end than `end`, at most `reach` before and not before `core`.
    private static func finish(_ scalars: [Unicode.Scalar], at end: Int, after core: Int, reach: Int) -> Int {
        guard end < scalars.count, core < end else { return end }
        let places = (max(core, end - reach)...end).reversed()
        func last(_ isEnd: (Unicode.Scalar) -> Bool) -> Int? {
            places.first { place in
                !isClosing(scalars[place])
                    && (isEnd(scalars[place - 1])
                        || isClosing(scalars[place - 1]) && place > 1 && isEnd(scalars[place - 2]))
            }
        }
        return last(isSentenceEnd) ?? last(isPause) ?? places.first { isBoundary(scalars, $0) } ?? end
    }

    /// Whether a text may be cut between a scalar and the one before it.
    private static func isBoundary(_ scalars: [Unicode.Scalar], _ place: Int) -> Bool {
        let next = scalars[place].properties
        if next.isGraphemeExtend || scalars[place - 1] == "\u{200D}" { return false }
        return !(isLetter(scalars[place - 1]) && isLetter(scalars[place]))
    }

    /// A letter or digit of a script that writes words apart, near enough.
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x1100 && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

    private static func isSentenceEnd(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "。", "！", "？", "!", "?", "…", "｡", "\n": true
        default: false
        }
    }

    private static func isPause(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "，", "；", "：", "、", ",", ";", "—", "､": true
        default: false
        }
    }

    private static func isClosing(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "”", "’", "」", "』", "）", ")", "》", "】", "\"", "〉", "］", "]": true
        default: false
        }
    }
}
