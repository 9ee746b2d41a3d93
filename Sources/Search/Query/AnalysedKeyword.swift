internal import Model
internal import Tokenizer

/// A keyword with the units that are looked for.
struct AnalysedKeyword {
    let keyword: Keyword
    let analysis: Analysis
    /// Its units without marks at the ends.
    let units: Range<Int>
    let literal: Literal

    /// The keywords of a query, in order; those of marks alone are left out.
    ///
    /// - Parameter narrow: the analyzer of the level that the query narrows to, if any.
    static func all(in request: SearchRequest, analyzer: Analyzer, narrow: Analyzer?) throws(SearchError)
        -> [AnalysedKeyword]
    {
        let parsed: [Keyword]
        do { parsed = try QueryParser.parse(request.query, isPlain: request.isPlain) } catch { throw .query(error) }
        var keywords: [AnalysedKeyword] = []
        for keyword in parsed {
            let analysis = try analyzer.analyzed(keyword.text.utf8)
            let units = UnitSequence.trimmed(analysis, analysis.units.indices)
            guard let literal = try literal(units, of: analysis, keyword, narrow: narrow) else { continue }
            keywords.append(AnalysedKeyword(keyword: keyword, analysis: analysis, units: units, literal: literal))
        }
        guard !keywords.isEmpty else { throw .query(.nothingToFind) }
        return keywords
    }

    /// ICU's words, and every unit that is in none of them.
    func words(narrow: Analyzer?) throws(SearchError) -> [Literal] {
        var ranges: [Range<Int>] = []
        var next = 0
        for word in analysis.words {
            let first = Int(word.unit)
            ranges += (next..<first).map { $0..<$0 + 1 }
            next = first + Int(word.count)
            ranges.append(first..<next)
        }
        ranges += (next..<analysis.units.count).map { $0..<$0 + 1 }
        var words: [Literal] = []
        for range in ranges {
            if let word = try Self.literal(range, of: analysis, keyword, narrow: narrow) { words.append(word) }
        }
        return words
    }

    /// Some units of a keyword as what to look for; nil when these are marks alone, at either level.
    private static func literal(_ units: Range<Int>, of analysis: Analysis, _ keyword: Keyword, narrow: Analyzer?)
        throws(SearchError) -> Literal?
    {
        guard let sequence = UnitSequence(analysis, units) else { return nil }
        guard let narrow else { return Literal(sequence: sequence, narrowed: nil) }
        let text = Array(keyword.text.utf8)[analysis.sourceRange(of: units)]
        let narrowed = try narrow.analyzed(text, words: false)
        return UnitSequence(narrowed, narrowed.units.indices).map { Literal(sequence: sequence, narrowed: $0) }
    }
}

extension Analyzer {
    fileprivate func analyzed(_ text: some Collection<UInt8>, words: Bool = true) throws(SearchError) -> Analysis {
        do { return try analyze(text, words: words) } catch { throw .analysis(error) }
    }
}
