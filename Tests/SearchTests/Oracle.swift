import Model
import Tokenizer

@testable import Search

/// What search must find, found by scanning: every paragraph is folded and looked through, unit by unit.
///
/// Shares analysis with the index, and nothing else.
struct Oracle {
    let analyzer: Analyzer

    /// A text as a row of words: a Han character, a run of letters, or a bar for marks.
    func row(_ text: some Collection<UInt8>) throws -> [String] {
        Self.row(try analyzer.analyze(text, words: false))
    }

    /// The plain reading of a text as a row, and the healed one where it is another.
    func readings(_ text: String, heals: Bool = true) throws -> [Analysis] {
        let plain = try analyzer.analyze(text.utf8, words: false)
        let healed = heals ? try analyzer.heal(text.utf8, plain: plain, words: false) : nil
        return [plain] + [healed].compactMap { $0 }
    }

    static func row(_ analysis: Analysis) -> [String] {
        analysis.units.map { $0.kind == .barrier ? "|" : analysis.text($0.start, $0.end) }
    }

    /// A row without bars at its ends.
    static func trimmed(_ row: some Collection<String>) -> [String] {
        Array(Array(row.drop { $0 == "|" }.reversed()).drop { $0 == "|" }.reversed())
    }

    /// The places at which `wanted` stands in `row`.
    static func places(of wanted: [String], in row: [String]) -> [Int] {
        guard !wanted.isEmpty, wanted.count <= row.count else { return [] }
        return (0...row.count - wanted.count).filter { start in
            // By scalars: strings that differ in normal form only are equal to Swift.
            zip(row[start...], wanted).allSatisfy { $0.unicodeScalars.elementsEqual($1.unicodeScalars) }
        }
    }

    /// The keywords of a query without quotation marks, as rows; those of marks alone are left out.
    func keywords(_ query: String) throws -> [[String]] {
        try Self.split(query).map { Self.trimmed(try row($0.utf8)) }.filter { !$0.isEmpty }
    }

    static func split(_ query: String) -> [String] {
        query.unicodeScalars.split { WhiteSpace.contains($0.value) }.map { String($0) }
    }

    /// ICU's words of a query without quotation marks, and what is in none of them, as rows.
    func words(_ query: String) throws -> [[String]] {
        try Self.split(query).flatMap { keyword in
            let analysis = try analyzer.analyze(keyword.utf8)
            let row = Self.row(analysis)
            var words = analysis.words.map { Array(row[Int($0.unit)..<Int($0.unit + $0.count)]) }
            for index in row.indices where row[index] != "|" {
                let isInWord = analysis.words.contains { (Int($0.unit)..<Int($0.unit + $0.count)).contains(index) }
                if !isInWord { words.append([row[index]]) }
            }
            return words
        }
    }

    /// The paragraphs, as "id#number", in which all of `rows` stand, each in one of the readings.
    func matches(_ rows: [[String]], in articles: [TextArticle], heals: Bool = true) throws -> Set<String> {
        var found: Set<String> = []
        for article in articles {
            for (index, text) in article.paragraphs.enumerated() {
                let readings = try readings(text, heals: heals).map(Self.row)
                if rows.allSatisfy({ row in readings.contains { !Self.places(of: row, in: $0).isEmpty } }) {
                    found.insert("\(article.id)#\(index + 1)")
                }
            }
        }
        return found
    }

    /// What is to be highlighted for rows that stand in a text: scalars of every place, joined where they touch.
    func highlights(_ rows: [[String]], in text: String) throws -> [Range<Int>] {
        let readings = try readings(text)
        var isCovered = [Bool](repeating: false, count: text.utf8.count)
        for wanted in rows {
            for analysis in readings {
                for place in Self.places(of: wanted, in: Self.row(analysis)) {
                    for byte in analysis.sourceRange(of: place..<place + wanted.count) { isCovered[byte] = true }
                }
            }
        }
        var ranges: [Range<Int>] = []
        var byte = 0
        for (number, scalar) in text.unicodeScalars.enumerated() {
            if isCovered[byte] {
                if let last = ranges.last, last.upperBound == number {
                    ranges[ranges.count - 1] = last.lowerBound..<number + 1
                } else {
                    ranges.append(number..<number + 1)
                }
            }
            byte += UTF8.width(scalar)
        }
        return ranges
    }
}
