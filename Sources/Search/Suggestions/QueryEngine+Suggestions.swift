internal import InvertedIndex
public import Model
internal import Tokenizer

extension QueryEngine {
    /// Suggestions given, at most.
    public static let suggestionLimit = 3

    /// Queries like one without literal hits that have some: a part of it that no paragraph holds is replaced by a word that
    /// differs by a letter or two, by Han characters that sound alike, or by what its pinyin stands for.
    ///
    /// Quotation marks and what else is no letter stay as they are. Each suggestion was searched for, in the request's mode (in
    /// `exact` where that is `auto` or `any`), and has hits; those with the most come first.
    ///
    /// - Complexity: bounded whatever the index: some 300,000 dictionary terms and a few dozen searches.
    public func suggestions(_ request: SearchRequest) throws(SearchError) -> [String] {
        // Each attempt would look up the same pinyin again, and who writes it has heard the word, not misspelt it.
        if !request.isPlain, let parsed = try? QueryParser.parse(request.query, isPlain: false), parsed.hasPinyin {
            return []
        }
        let query = Array(request.query.unicodeScalars)
        if query.count > Suggester.length { return [] }
        let suggester = Suggester(engine: self, request: request)
        var edits: [[QueryEdit]] = []
        var mistakes = 0
        for piece in Self.pieces(of: query) {
            guard let found = try suggester.edits(of: query, piece) else { continue }
            mistakes += 1
            if mistakes > Suggester.mistakes { return [] }
            if !found.isEmpty { edits.append(found) }
        }
        var found: [(query: String, hits: Int)] = []
        for combination in Self.combinations(edits).prefix(Suggester.searches) {
            var attempt = request
            attempt.query = Self.applying(combination, to: query)
            if attempt.mode == .auto || attempt.mode == .any { attempt.mode = .exact }
            attempt.limit = 1
            attempt.results = ResultOptions()
            guard !found.contains(where: { $0.query == attempt.query }) else { continue }
            do throws(SearchError) {
                let hits = try run(attempt).summary.hits
                if hits > 0 { found.append((attempt.query, hits)) }
            } catch .query {
                // What was typed may mean something else with other letters; then it is no suggestion.
            }
        }
        // Stable: with as many hits, what was found first is nearer.
        let order = found.indices.sorted { (found[$1].hits, $0) < (found[$0].hits, $1) }
        return order.prefix(Self.suggestionLimit).map { found[$0].query }
    }

    /// Runs of scalars that are no white space, quotation mark, bracket or colon, and no operator's name.
    private static func pieces(of query: [Unicode.Scalar]) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var start = 0
        for end in 0...query.count {
            let isEnd =
                end == query.count || WhiteSpace.contains(query[end].value)
                || "\"()[]:".unicodeScalars.contains(query[end])
            guard isEnd else { continue }
            let text = String(String.UnicodeScalarView(query[start..<end]))
            if end > start, !["AND", "OR", "NOT"].contains(text) { pieces.append(start..<end) }
            start = end + 1
        }
        return pieces
    }

    /// One edit of each piece, in every way, those with the best edits first: the sum of their places grows.
    private static func combinations(_ edits: [[QueryEdit]]) -> [[QueryEdit]] {
        guard !edits.isEmpty else { return [] }
        var combinations: [(places: Int, edits: [QueryEdit])] = [(0, [])]
        for choices in edits {
            var next: [(places: Int, edits: [QueryEdit])] = []
            for combination in combinations {
                for (place, edit) in choices.enumerated() {
                    next.append((combination.places + place, combination.edits + [edit]))
                }
            }
            let order = next.indices.sorted { (next[$0].places, $0) < (next[$1].places, $1) }
            combinations = order.prefix(Suggester.searches).map { next[$0] }
        }
        return combinations.map(\.edits)
    }

    private static func applying(_ edits: [QueryEdit], to query: [Unicode.Scalar]) -> String {
        var scalars = query
        for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
            scalars.replaceSubrange(edit.range, with: edit.text.unicodeScalars)
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
