internal import Model
internal import Output
internal import Suoyin

/// Shows people how paragraphs and keywords compare.
struct ExplanationPage {
    let keywords: [MatchExplainer.Keyword]
    /// Whether whole paragraphs are shown: their folded text and all units.
    let isDetailed: Bool

    /// Units shown before the place where a keyword and a paragraph part, and after it.
    private static let context = 3

    func heading() -> [UInt8] {
        var lines = keywords.map { keyword in
            "\(keyword.isExcluded ? "NOT " : "")keyword \(keyword.text)  folded \(keyword.folded)  units "
                + keyword.units.map(\.text).joined(separator: " | ")
                + (keyword.distance.map { "  within \($0) of the next" } ?? "")
        }
        lines.append("")
        return Self.bytes(lines)
    }

    func bytes(_ paragraph: MatchExplainer.Paragraph) -> [UInt8] {
        let part = paragraph.source.part.map { ", \($0)" } ?? ""
        let verdict = paragraph.isMatch ? "matches" : "does not match"
        var lines = [
            "\(paragraph.path.lossyString):\(paragraph.source.line)\(part)  paragraph \(paragraph.number)  \(verdict)"
        ]
        for (index, (keyword, comparison)) in zip(keywords, paragraph.comparisons).enumerated() {
            lines += explain(keyword, comparison, paragraph)
            // The second of a pair.
            if index > 0, let distance = keywords[index - 1].distance,
                let between = paragraph.comparisons[index - 1].between
            {
                lines.append(
                    "  \(keywords[index - 1].text) and \(keyword.text)  \(Plural.count(between, "unit")) between them, "
                        + "\(distance) at most wanted")
            }
        }
        if isDetailed {
            lines += reading("plain", paragraph.plain, paragraph)
            if let healed = paragraph.healed { lines += reading("healed", healed, paragraph) }
        }
        lines.append("")
        return Self.bytes(lines)
    }

    private func explain(
        _ keyword: MatchExplainer.Keyword, _ comparison: KeywordComparison, _ paragraph: MatchExplainer.Paragraph
    ) -> [String] {
        if !comparison.occurrences.isEmpty {
            let units = paragraph.reading(comparison.reading).units
            let reading = comparison.reading == .healed ? "  in the healed reading" : ""
            return comparison.occurrences.map { occurrence in
                let bytes =
                    units[occurrence.lowerBound].bytes
                    .lowerBound..<units[occurrence.upperBound - 1].bytes.upperBound
                return "  \(keyword.text)  stands at text bytes \(bytes.lowerBound)-\(bytes.upperBound): "
                    + original(bytes, paragraph) + reading
            }
        }
        guard let nearest = comparison.nearest else { return ["  \(keyword.text)  nothing of it is here"] }
        return ["  \(keyword.text)  " + summary(keyword, nearest, paragraph)] + table(keyword, nearest, paragraph)
    }

    /// The first place where they part, in words.
    private func summary(
        _ keyword: MatchExplainer.Keyword, _ nearest: KeywordComparison.Nearest,
        _ paragraph: MatchExplainer.Paragraph
    ) -> String {
        let missing = keyword.units[nearest.missing]
        let side = nearest.missing < nearest.keyword.lowerBound ? "before" : "after"
        let run = keyword.units[nearest.keyword].map(\.text).joined()
        let place = run.isEmpty ? "" : " \(side) \(run)"
        let found =
            nearest.instead.map { instead in
                let unit = paragraph.reading(nearest.reading).units[instead]
                return unit.kind == .barrier ? "the mark \(unit.text)" : unit.text
            } ?? (side == "after" ? "the end of the paragraph" : "its beginning")
        let reading = nearest.reading == .healed ? " (healed reading)" : ""
        return
            "parts\(place): wanted \(missing.kind == .barrier ? "a mark" : missing.text), found \(found)\(reading)"
    }

    /// The units of both sides around that place, in two columns.
    private func table(
        _ keyword: MatchExplainer.Keyword, _ nearest: KeywordComparison.Nearest,
        _ paragraph: MatchExplainer.Paragraph
    ) -> [String] {
        let units = paragraph.reading(nearest.reading).units
        let shift = nearest.paragraph.lowerBound - nearest.keyword.lowerBound
        let first = max(0, min(nearest.missing, nearest.keyword.lowerBound) - Self.context + 1)
        let last = min(
            keyword.units.count - 1, max(nearest.missing, nearest.keyword.upperBound - 1) + Self.context - 1)
        return (first...last).map { index in
            let wanted = keyword.units[index].text
            let place = index + shift
            let gap = String(
                repeating: " ",
                count: max(2, 12 - wanted.unicodeScalars.reduce(0) { $0 + DisplayWidth.columns(of: $1.value) }))
            let found = units.indices.contains(place) ? describe(units[place], paragraph) : "-"
            return "    \(wanted)\(gap)\(found)" + (index == nearest.missing ? "  <- parts here" : "")
        }
    }

    private func describe(_ unit: TextAnalysis.Unit, _ paragraph: MatchExplainer.Paragraph) -> String {
        let origin = original(unit.bytes, paragraph)
        let from = origin.utf8.elementsEqual(unit.text.utf8) ? "" : " from \(origin)"
        return "\(unit.text)\(from)"
    }

    private func reading(_ name: String, _ reading: MatchExplainer.Reading, _ paragraph: MatchExplainer.Paragraph)
        -> [String]
    {
        var lines = AnalysisLines(source: Array(paragraph.text.utf8))
        lines.add(name, reading.folded)
        lines.add(reading.noise)
        lines.add(reading.units)
        return lines.lines.map { "  " + $0 }
    }

    private func original(_ bytes: Range<Int>, _ paragraph: MatchExplainer.Paragraph) -> String {
        // By index: a copy of the text for each unit shown would make long paragraphs quadratic.
        let text = paragraph.text.utf8
        let start = text.index(text.startIndex, offsetBy: bytes.lowerBound)
        return String(decoding: text[start..<text.index(start, offsetBy: bytes.count)], as: UTF8.self)
    }

    private static func bytes(_ lines: [String]) -> [UInt8] {
        Array((lines.map { PrintableText.printable($0) }.joined(separator: "\n") + "\n").utf8)
    }
}
