internal import Model
internal import Tokenizer

extension KeywordComparison {
    /// Compares a keyword with a paragraph.
    ///
    /// - Complexity: O(units of the paragraph) where the keyword stands, times the keyword's units where not.
    init(_ keyword: UnitSequence, _ paragraph: AnalysedParagraph) {
        let readings = [(Reading.plain, paragraph.plain)] + (paragraph.healed.map { [(.healed, $0)] } ?? [])
        for (reading, analysis) in readings {
            let occurrences = keyword.occurrences(in: analysis)
            guard occurrences.isEmpty else {
                self.init(reading: reading, occurrences: occurrences)
                return
            }
        }
        self.init(reading: .plain, occurrences: [])
        for (reading, analysis) in readings {
            let text = UnitSequence.units(of: analysis, analysis.units.indices)
            guard let found = Self.nearest(keyword.units, text, reading) else { continue }
            if nearest.map({ $0.keyword.count < found.keyword.count }) ?? true { nearest = found }
        }
    }

    /// The longest run of the keyword's units in a text; of equals, the earliest in the keyword, then in the text.
    private static func nearest(_ units: [UnitSequence.Unit], _ text: [UnitSequence.Unit], _ reading: Reading)
        -> Nearest?
    {
        var best = (length: 0, keyword: 0, text: 0)
        // lengths[k + 1]: of the run that ends with the keyword's unit k and the text's unit at hand.
        var lengths = [Int](repeating: 0, count: units.count + 1)
        for (place, unit) in text.enumerated() {
            for index in units.indices.reversed() {
                lengths[index + 1] = units[index].matches(unit) ? lengths[index] + 1 : 0
                let length = lengths[index + 1]
                let start = index + 1 - length
                guard length > 0, unit != .barrier || length > 1 else { continue }
                if length > best.length || (length == best.length && start < best.keyword) {
                    best = (length, start, place + 1 - length)
                }
            }
        }
        guard best.length > 0 else { return similarWord(units, text, reading) }
        let end = best.keyword + best.length
        let isAtEnd = end == units.count
        let instead = isAtEnd ? best.text - 1 : best.text + best.length
        return Nearest(
            reading: reading, keyword: best.keyword..<end, paragraph: best.text..<best.text + best.length,
            missing: isAtEnd ? best.keyword - 1 : end, instead: text.indices.contains(instead) ? instead : nil)
    }

    /// The text's word that has the most letters, two at least, at its beginning in common with one of the keyword.
    private static func similarWord(_ units: [UnitSequence.Unit], _ text: [UnitSequence.Unit], _ reading: Reading)
        -> Nearest?
    {
        var best: (letters: Int, nearest: Nearest)?
        for (index, unit) in units.enumerated() {
            guard let wanted = unit.letters else { continue }
            for (place, other) in text.enumerated() {
                guard case .word(let found) = other else { continue }
                let letters = zip(wanted, found).prefix { $0 == $1 }.count
                guard letters > (best?.letters ?? 1) else { continue }
                let nearest = Nearest(
                    reading: reading, keyword: index..<index, paragraph: place..<place, missing: index,
                    instead: place)
                best = (letters, nearest)
            }
        }
        return best?.nearest
    }
}
