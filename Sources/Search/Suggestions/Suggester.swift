internal import InvertedIndex
internal import Model
internal import Tokenizer

/// A part of a query and what it might better be.
struct QueryEdit {
    /// In scalars of the query.
    var range: Range<Int>
    var text: String
}

/// Finds what a part of a query might better be.
struct Suggester {
    /// Searches for whole queries, at most.
    static let searches = 16
    /// Edits of one part, at most.
    private static let edits = 8
    /// Characters of a query, at most: what is longer is text, not a few keywords with a mistake.
    static let length = 200
    /// Parts that no paragraph holds, at most: what has more is no query that was mistyped.
    static let mistakes = 4

    let engine: QueryEngine
    let request: SearchRequest
    private let homophones: HomophoneSuggester
    private let words: WordSuggester

    init(engine: QueryEngine, request: SearchRequest) {
        self.engine = engine
        self.request = request
        let segments = engine.snapshot.segments
        words = WordSuggester(segments: segments)
        homophones = HomophoneSuggester(
            characters: IndexedCharacters(segments, budget: HomophoneSuggester.budget))
    }

    /// Edits of one run of a piece that as a whole is in no paragraph; nil when it is in some.
    ///
    /// Of several runs the first that can be mended on its own is: a piece with two mistakes is beyond this.
    func edits(of query: [Unicode.Scalar], _ piece: Range<Int>) throws(SearchError) -> [QueryEdit]? {
        let text = Array(String(String.UnicodeScalarView(query[piece])).utf8)
        let analysis: Analysis
        do { analysis = try engine.analyzer.analyze(text, words: false) } catch { throw .analysis(error) }
        guard analysis.units.contains(where: { $0.kind != .barrier }),
            try hits(text[...]) == 0
        else { return nil }
        for units in Self.runs(of: analysis) {
            let bytes = analysis.sourceRange(of: units)
            let others = try alternatives(to: units, of: analysis, isMissing: try hits(text[bytes]) == 0)
            let start = piece.lowerBound + text[..<bytes.lowerBound].count { $0 & 0xC0 != 0x80 }
            let end = start + text[bytes].count { $0 & 0xC0 != 0x80 }
            var edits: [QueryEdit] = []
            for other in others {
                let edited = text[..<bytes.lowerBound] + Array(other.utf8) + text[bytes.upperBound...]
                if try hits(edited) > 0 { edits.append(QueryEdit(range: start..<end, text: other)) }
                if edits.count == Self.edits { break }
            }
            if !edits.isEmpty { return edits }
        }
        return []
    }

    /// Han characters in a row, and words, by their units.
    private static func runs(of analysis: Analysis) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for (index, unit) in analysis.units.enumerated() where unit.kind != .barrier {
            if unit.kind == .han, let last = runs.last, last.upperBound == index,
                analysis.units[index - 1].kind == .han
            {
                runs[runs.count - 1] = last.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        return runs
    }

    /// - Parameter isMissing: whether no paragraph has the run itself.
    private func alternatives(to units: Range<Int>, of analysis: Analysis, isMissing: Bool)
        throws(SearchError) -> [String]
    {
        let first = analysis.units[units.lowerBound]
        if first.kind == .han {
            let string = analysis.units[units].map(\.scalar)
            return try homophones.soundingLike(string, limit: Self.searches).map { String.han($0) }
        }
        // A word that is there is spelt right.
        guard isMissing else { return [] }
        let word = analysis.text(first.start, first.end)
        var others = try words.near(Array(word.utf8), limit: Self.searches).map {
            String(decoding: $0, as: UTF8.self)
        }
        if let input = PinyinInput(word), !input.hasInitials {
            others += try PinyinExpander(engine).expand(word).filter { $0.count > 1 }.prefix(Self.edits).map {
                String.han($0)
            }
        }
        return others
    }

    private func hits(_ text: ArraySlice<UInt8>) throws(SearchError) -> Int {
        var part = request
        part.query = String(decoding: text, as: UTF8.self)
        part.isPlain = true
        part.mode = .exact
        part.limit = 1
        part.results = ResultOptions()
        do throws(SearchError) {
            return try engine.run(part).summary.hits
        } catch .query {
            return 0
        }
    }
}
