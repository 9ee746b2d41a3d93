internal import Model

/// Hits for people: a heading with title, place and score, then the paragraph with what matched marked, and how the score
/// came about where that was asked for.
struct TextFormat {
    let style: TextStyle

    func heading(_ query: String) -> [UInt8] {
        Array((colour(.heading, "# " + PrintableText.printable(query)) + "\n\n").utf8)
    }

    func bytes(_ hits: [Hit]) -> [UInt8] {
        var text = ""
        for hit in hits {
            text += heading(hit).map(style.wrapped).joined(separator: "\n") + "\n"
            for neighbour in hit.context?.before ?? [] { text += style.wrapped(line(neighbour)) + "\n" }
            text += style.wrapped(paragraph(hit)) + "\n"
            for neighbour in hit.context?.after ?? [] { text += style.wrapped(line(neighbour)) + "\n" }
            if let explanation = hit.explanation {
                for line in ScoreTable(explanation).lines { text += colour(.context, line) + "\n" }
            }
            text += "\n"
        }
        return Array(text.utf8)
    }

    /// Title, place and score; the title of a group on a line of its own, and once.
    private func heading(_ hit: Hit) -> [String] {
        let title = hit.title.isEmpty ? String(decoding: hit.articleID, as: UTF8.self) : hit.title
        let name = colour(.heading, PrintableText.printable(title))
        let part = hit.source.part.map { ", \($0)" } ?? ""
        var place =
            style.place(hit.path, ":\(hit.source.line)\(part)") + "  " + colour(.score, Self.score(hit.score))
        if let count = hit.duplicates, count > 0 { place += "  " + colour(.score, "and \(count) like it") }
        switch hit.group?.place {
        case nil: return [name + "  " + place]
        case 1: return [name, place]
        default: return [place]
        }
    }

    /// A paragraph near a hit, after the number of its line.
    private func line(_ neighbour: Hit.Neighbour) -> String {
        let scalars = Array(neighbour.text.unicodeScalars)
        let limit = style.neighbourLimit
        let isCut = limit > 0 && scalars.count > limit
        let shown = marked(isCut ? Array(scalars[..<limit]) : scalars, highlights: [])
        return colour(.context, "\(neighbour.line)- \(shown)\(isCut ? "…" : "")")
    }

    /// The snippet, with … where it is cut, or else the whole text.
    private func paragraph(_ hit: Hit) -> String {
        guard let snippet = hit.snippet else {
            return marked(Array(hit.text.unicodeScalars), highlights: hit.highlights)
        }
        let shown = marked(Array(snippet.text.unicodeScalars), highlights: snippet.highlights)
        return (snippet.isCutBefore ? "…" : "") + shown + (snippet.isCutAfter ? "…" : "")
    }

    func marked(_ scalars: [Unicode.Scalar], highlights: [Range<Int>]) -> String {
        var result = ""
        var piece = String.UnicodeScalarView()
        var ranges = highlights[...]
        var hidden = breaksInsideHan(scalars)[...]
        for (index, scalar) in scalars.enumerated() {
            if let range = ranges.first, index == range.lowerBound {
                result += String(piece)
                piece = .init()
            }
            if let run = hidden.first, index == run.upperBound { hidden = hidden.dropFirst() }
            if hidden.first?.contains(index) != true { piece.append(PrintableText.printable(scalar)) }
            if let range = ranges.first, index + 1 == range.upperBound {
                result += colour(.match, String(piece))
                piece = .init()
                ranges.removeFirst()
            }
        }
        return result + String(piece)
    }

    /// The runs of white space that hold a line break and have Han characters on both sides: nothing is shown for
    /// them, as nobody would have written them.
    private func breaksInsideHan(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var breaks: [Range<Int>] = []
        var start = 0
        while let first = scalars[start...].firstIndex(where: { WhiteSpace.contains($0.value) }) {
            let end = scalars[first...].firstIndex { !WhiteSpace.contains($0.value) } ?? scalars.count
            if first > 0, end < scalars.count, DisplayWidth.isWide(scalars[first - 1].value),
                DisplayWidth.isWide(scalars[end].value),
                scalars[first..<end].contains(where: { $0 == "\n" || $0 == "\r" })
            {
                breaks.append(first..<end)
            }
            start = end
        }
        return breaks
    }

    /// Two decimals: enough to see the order.
    static func score(_ score: Float) -> String {
        let hundredths = Int((score * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }

    private func colour(_ colour: TextStyle.Colour, _ text: String) -> String { style.colour(colour, text) }
}
