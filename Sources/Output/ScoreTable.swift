public import Model

/// An explanation of a score as a table for people: a line a part, the sums below.
///
/// ```
///   term  kind       weight   idf  paragraphs  here  title  article  adds  by article
///   清华  bigram       0.50  1.25           9     1      0        2  0.71        0.55
///   sum                                                              0.71        0.55
/// ```
public struct ScoreTable {
    private let rows: [[String]]
    /// Columns of text, which begin alike; numbers end alike.
    private let textColumns: Int

    public init(_ explanation: ScoreExplanation) {
        if explanation.terms.isEmpty {
            (rows, textColumns) = (Self.literal(explanation), 1)
        } else {
            (rows, textColumns) = (Self.bestMatch(explanation), 2)
        }
    }

    /// Its lines, indented, without white space at their ends.
    public var lines: [String] {
        let widths = rows[0].indices.map { column in rows.map { Self.width($0[column]) }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let space = String(repeating: " ", count: widths[column] - Self.width(cell))
                line += "  " + (column < textColumns ? cell + space : space + cell)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    private static func bestMatch(_ explanation: ScoreExplanation) -> [[String]] {
        var rows = [
            ["term", "kind", "weight", "idf", "paragraphs", "here", "title", "article", "adds", "by article"]
        ]
        for term in explanation.terms {
            rows.append([
                PrintableText.printable(term.text), term.kind.rawValue, decimal(term.weight),
                decimal(term.inverseFrequency), "\(term.documentCount)", "\(term.inParagraph)", "\(term.inTitle)",
                "\(term.inArticle)", decimal(term.paragraphScore), decimal(term.articleScore),
            ])
        }
        for keyword in explanation.keywords {
            rows.append([
                PrintableText.printable(keyword.text), "keyword", "", decimal(keyword.inverseFrequency),
                "\(keyword.documentCount)", "\(keyword.inParagraph)", "", "", decimal(keyword.score), "",
            ])
        }
        let byArticle = explanation.terms.reduce(0) { $0 + $1.articleScore }
        let blanks = [String](repeating: "", count: 7)
        rows.append(["sum"] + blanks + [decimal(explanation.score - byArticle), decimal(byArticle)])
        return rows
    }

    private static func literal(_ explanation: ScoreExplanation) -> [[String]] {
        var rows = [["keyword", "idf", "paragraphs", "here", "adds"]]
        for keyword in explanation.keywords {
            rows.append([
                PrintableText.printable(keyword.text), decimal(keyword.inverseFrequency),
                "\(keyword.documentCount)",
                "\(keyword.inParagraph)", decimal(keyword.score),
            ])
        }
        if explanation.wordScore > 0 { rows.append(["words", "", "", "", decimal(explanation.wordScore)]) }
        if explanation.titleScore > 0 { rows.append(["title", "", "", "", decimal(explanation.titleScore)]) }
        rows.append(["sum", "", "", "", decimal(explanation.score)])
        return rows
    }

    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + DisplayWidth.columns(of: $1.value) }
    }

    private static func decimal(_ number: Float) -> String { TextFormat.score(number) }
}
