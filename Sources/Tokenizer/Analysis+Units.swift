extension Analysis {
    /// Takes the units of the same text at the widest level, spelled as they are at this one: what a narrower level finds is
    /// then found at the widest, whatever characters become of each other there (℃ is °c, ½ is 1⁄2, ｶﾞ is ガ).
    ///
    /// Of characters that become more or fewer at the widest level, each unit that has a part of them has the whole.
    mutating func takeUnits(of widest: Analysis) {
        units.reserveCapacity(widest.units.count)
        // Elements before it are of earlier sources.
        var first = 0
        for var unit in widest.units {
            let start = place(Int(unit.start), in: widest, from: first)
            first = start.first
            let end = place(Int(unit.end) - 1, in: widest, from: first).scalar.upperBound
            unit.start = Int32(start.scalar.lowerBound)
            unit.end = Int32(end)
            if unit.kind == .han {
                let spelling = String(decoding: folded[start.scalar.lowerBound..<end], as: UTF16.self)
                    .unicodeScalars
                // One that is written with a mark behind it is compared as a word is.
                if let only = spelling.first, spelling.count == 1 {
                    unit.scalar = only.value
                } else {
                    (unit.kind, unit.scalar) = (.word, 0)
                }
            }
            units.append(unit)
        }
    }

    /// What the element of another analysis stands for here: where a stretch of source, whole in both, has as many scalars in both,
    /// the one of the same number, else all of them.
    ///
    /// - Parameter first: where to begin to look.
    /// - Returns: the elements of the scalar, and the first of the stretch.
    private func place(_ index: Int, in other: Analysis, from first: Int) -> (scalar: Range<Int>, first: Int) {
        var source = other.sourceStarts[index]..<other.sourceEnds[index]
        var own = elements(of: source, from: first)
        // Nearly always one became one.
        if own.count == 1, sourceStarts[own.lowerBound] == source.lowerBound,
            sourceEnds[own.lowerBound] == source.upperBound,
            !other.shares(index)
        {
            return (own, own.lowerBound)
        }
        var others = index..<index + 1
        while true {
            let before = source
            own = elements(of: source, from: first)
            source = joined(source, own)
            others = other.elements(of: source, from: other.start(of: source, before: others.lowerBound))
            source = other.joined(source, others)
            if source == before { break }
        }
        let (scalars, otherScalars) = (scalars(of: own), other.scalars(of: others))
        if scalars.count == otherScalars.count, let number = otherScalars.firstIndex(where: { $0.contains(index) })
        {
            return (scalars[number], own.lowerBound)
        }
        return (own, own.lowerBound)
    }

    /// Whether the element beside one is of the same source.
    private func shares(_ index: Int) -> Bool {
        index > 0 && sourceEnds[index - 1] > sourceStarts[index]
            || index + 1 < folded.count && sourceStarts[index + 1] < sourceEnds[index]
    }

    /// The first element, up to one, of what any of some bytes of the source became.
    private func start(of source: Range<UInt32>, before index: Int) -> Int {
        var start = index
        while start > 0, sourceEnds[start - 1] > source.lowerBound { start -= 1 }
        return start
    }

    /// The elements that any of some bytes of the source became.
    private func elements(of source: Range<UInt32>, from first: Int) -> Range<Int> {
        var start = first
        while start < folded.count, sourceEnds[start] <= source.lowerBound { start += 1 }
        var end = start
        while end < folded.count, sourceStarts[end] < source.upperBound { end += 1 }
        return start..<end
    }

    /// The bytes of the source with all that became some elements.
    private func joined(_ source: Range<UInt32>, _ elements: Range<Int>) -> Range<UInt32> {
        guard let last = elements.last else { return source }
        return min(source.lowerBound, sourceStarts[elements.lowerBound])..<max(source.upperBound, sourceEnds[last])
    }

    /// The elements of each scalar.
    private func scalars(of range: Range<Int>) -> [Range<Int>] {
        var scalars: [Range<Int>] = []
        var index = range.lowerBound
        while index < range.upperBound {
            let isPair =
                folded[index] & 0xFC00 == 0xD800 && index + 1 < range.upperBound
                && folded[index + 1] & 0xFC00 == 0xDC00
            scalars.append(index..<index + (isPair ? 2 : 1))
            index = scalars[scalars.count - 1].upperBound
        }
        return scalars
    }
}
