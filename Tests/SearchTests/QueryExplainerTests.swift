import Model
import TestSupport
import Testing
import Tokenizer

@testable import Search

@Suite("Why a text matches or does not")
struct QueryExplainerTests {
    private static func explain(_ query: String, _ text: String, heals: Bool = true) throws -> [KeywordComparison] {
        let explainer = try QueryExplainer(SearchRequest(query, heals: heals), analyzer: try Analyzer())
        return try explainer.explain(Array(text.utf8)).comparisons
    }

    @Test("where keywords stand, in the reading that has them")
    func occurrences() throws {
        #expect(
            try Self.explain("字节 Kimi", "字節(jié)和字节用Ki mi。") == [
                KeywordComparison(reading: .plain, occurrences: [0..<2, 3..<5]),
                KeywordComparison(reading: .healed, occurrences: [6..<7]),
            ])
    }

    @Test(
        "the first units that differ",
        arguments: [
            // The query, the text, what stands in a row of both, the unit missing, what is there instead.
            ("字节跳动", "他说字节、跳动", 0..<2, 2..<4, 2, 4),
            ("字节跳动", "从字节跳", 0..<3, 1..<4, 3, nil),
            ("字节跳动", "节跳动", 1..<4, 0..<3, 0, nil),
            ("字节跳动", "大节跳动", 1..<4, 1..<4, 0, 0),
            ("，甲—乙丙", "乙丙，甲", 2..<4, 0..<2, 1, nil),
            ("Kimi", "有Kimis和Kimchi", 0..<0, 1..<1, 0, 1),
            ("Kimi K2", "", nil, nil, nil, nil),
            ("甲", "乙", nil, nil, nil, nil),
        ] as [(String, String, Range<Int>?, Range<Int>?, Int?, Int?)])
    func parting(
        query: String, text: String, keyword: Range<Int>?, paragraph: Range<Int>?, missing: Int?, instead: Int?
    ) throws {
        let found = try Self.explain(query, text)[0]
        #expect(found.occurrences.isEmpty)
        #expect(found.nearest?.keyword == keyword)
        #expect(found.nearest?.paragraph == paragraph)
        #expect(found.nearest?.missing == missing)
        #expect(found.nearest?.instead == instead)
    }

    @Test(
        "how near a pair comes, marks not counted",
        arguments: [
            // The text, the units between, whether it matches within two.
            ("甲，，乙", 0, true), ("甲一二乙", 2, true), ("乙一二三甲", 3, false), ("甲一二三乙甲四乙", 0, true),
            ("甲一二三GPT乙", 4, false), ("甲", nil, false), ("一", nil, false),
        ] as [(String, Int?, Bool)])
    func between(text: String, between: Int?, isMatch: Bool) throws {
        let explainer = try QueryExplainer(SearchRequest(#""甲 乙"~2"#), analyzer: try Analyzer())
        let found = try explainer.explain(Array(text.utf8))
        #expect(found.comparisons.map(\.between) == [between, nil])
        #expect(found.isMatch == isMatch)
    }

    @Test("a pair that overlaps wherever it stands is not near")
    func overlapping() throws {
        #expect(try Self.explain(#""甲乙 乙丙"~5"#, "甲乙丙")[0].between == nil)
        // The one stands in the text as it is, the other in what it was before its noise.
        #expect(try Self.explain(#""字节 Kimi"~5"#, "字节Ki mi")[0].between == nil)
    }

    @Test("without healing, the plain reading alone")
    func unhealed() throws {
        #expect(try Self.explain("Kimi", "Ki mi")[0].occurrences == [0..<1])
        let found = try Self.explain("Kimi", "Ki mi", heals: false)[0]
        #expect(found.nearest?.instead == 0)
    }

    @Test("agrees with the oracle, and the parting is real, on random texts")
    func random() throws {
        var generator = Seed(11).generator()
        let analyzer = try Analyzer()
        let pieces = ["甲", "乙", "丙", "，", "ab", " ", "b", "(jiǎ)", "a b", "。"]
        func text(_ count: Int) -> String { (0..<count).map { _ in generator.pick(pieces) }.joined() }
        for _ in 0..<400 {
            let keyword = "甲" + text(4)
            let paragraph = text(12)
            let explainer = try QueryExplainer(SearchRequest(keyword, isPlain: true), analyzer: analyzer)
            let explanation = try explainer.explain(Array(paragraph.utf8))
            for (keyword, comparison) in zip(explainer.keywords, explanation.comparisons) {
                let wanted = UnitSequence.units(of: keyword.analysis, keyword.units)
                let readings = [explanation.plain] + [explanation.healed].compactMap { $0 }
                let stands = readings.contains { analysis in
                    let units = UnitSequence.units(of: analysis, analysis.units.indices)
                    return units.indices.contains { units[$0...].starts(with: wanted) }
                }
                #expect(comparison.occurrences.isEmpty != stands)
                guard let nearest = comparison.nearest else { continue }
                let analysis = nearest.reading == .plain ? explanation.plain : explanation.healed!
                let units = UnitSequence.units(of: analysis, analysis.units.indices)
                #expect(Array(wanted[nearest.keyword]) == Array(units[nearest.paragraph]))
                if let instead = nearest.instead { #expect(units[instead] != wanted[nearest.missing]) }
            }
        }
    }
}
