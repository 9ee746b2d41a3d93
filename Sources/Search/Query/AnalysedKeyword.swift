internal import Model
internal import Tokenizer

/// A keyword with the units that are looked for.
struct AnalysedKeyword {
    let keyword: Keyword
    let analysis: Analysis
    /// Its units without marks at the ends.
    let units: Range<Int>
    let sequence: UnitSequence

    /// The keywords of a query, in order; those of marks alone are left out.
    static func all(in request: SearchRequest, analyzer: Analyzer) throws(SearchError) -> [AnalysedKeyword] {
        let parsed: [Keyword]
        do { parsed = try QueryParser.parse(request.query, isPlain: request.isPlain) } catch { throw .query(error) }
        var keywords: [AnalysedKeyword] = []
        for keyword in parsed {
            let analysis: Analysis
            do { analysis = try analyzer.analyze(keyword.text.utf8) } catch { throw .analysis(error) }
            let units = UnitSequence.trimmed(analysis, analysis.units.indices)
            guard let sequence = UnitSequence(analysis, units) else { continue }
            keywords.append(
                AnalysedKeyword(keyword: keyword, analysis: analysis, units: units, sequence: sequence))
        }
        guard !keywords.isEmpty else { throw .query(.nothingToFind) }
        return keywords
    }
}
