internal import Model

/// A part of a query that stands for itself.
struct Keyword: Equatable {
    var text: String
    /// Written in quotation marks: literal in every mode.
    var isQuoted: Bool
}

/// Cuts a query into keywords at white space. A quotation mark at the start of a keyword opens a literal one
/// that ends at the next mark; everywhere else it is text, like every other character.
enum QueryParser {
    static func parse(_ query: String, isPlain: Bool) throws(QueryError) -> [Keyword] {
        let scalars = Array(query.unicodeScalars)
        var keywords: [Keyword] = []
        var index = 0
        while index < scalars.count {
            if WhiteSpace.contains(scalars[index].value) {
                index += 1
            } else if scalars[index] == "\"", !isPlain {
                guard let close = scalars[(index + 1)...].firstIndex(of: "\"") else {
                    throw .unclosedQuote(at: index + 1)
                }
                keywords.append(Keyword(text: text(scalars[(index + 1)..<close]), isQuoted: true))
                index = close + 1
            } else {
                let end = scalars[index...].firstIndex { WhiteSpace.contains($0.value) } ?? scalars.count
                keywords.append(Keyword(text: text(scalars[index..<end]), isQuoted: false))
                index = end
            }
        }
        return keywords
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }
}
