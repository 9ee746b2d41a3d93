internal import Model

/// A part of a query that stands for itself.
struct Keyword: Equatable {
    var text: String
    /// Written in quotation marks: literal in every mode.
    var isQuoted: Bool
}

/// One thing to find, as written.
struct QueryText: Equatable {
    /// One, or two that are to stand near each other.
    var keywords: [Keyword]
    /// Units between the two, at most.
    var distance: Int?
    /// Where a pair or pinyin begins, in characters from 1.
    var place = 0
    /// The pinyin of what to find; the keyword is then only what was written.
    var pinyin: String?

    init(_ keyword: Keyword) { keywords = [keyword] }

    init(keywords: [Keyword], distance: Int, place: Int) {
        self.keywords = keywords
        self.distance = distance
        self.place = place
    }

    init(pinyin: String, keyword: Keyword, place: Int) {
        keywords = [keyword]
        self.pinyin = pinyin
        self.place = place
    }
}

/// A query as its text says it.
struct ParsedQuery {
    /// Nil when there is nothing but white space.
    var expression: QueryExpression<QueryText>?
    /// Whether it has AND, OR or NOT.
    var isBoolean = false
    /// Whether it has AND or OR.
    var isNested = false

    /// All keywords, in the order of the query but for those after NOT.
    var keywords: [Keyword] { expression?.allLeaves.flatMap(\.keywords) ?? [] }

    /// Whether anything in it is written in pinyin.
    var hasPinyin: Bool { expression?.allLeaves.contains { $0.pinyin != nil } ?? false }
}

/// Gives a query's text its meaning: keywords, and how they belong together.
///
/// ```
/// some  = every (OR every)*
/// every = part ([AND] part)*
/// part  = NOT unit | unit
/// unit  = keyword | py:pinyin | "quotation" | "two keywords"~N | ( some )
/// ```
/// A query without any of the three words has no operators, and its parentheses are text, so that what is pasted means
/// what it says.
struct QueryParser {
    private let tokens: [QueryToken]
    private var next = 0
    private var keywords = 0

    /// - Parameter isPlain: whether all of it is text.
    /// - Throws: where it is plain, only when it is too long.
    /// - Complexity: O(query.count).
    static func parse(_ query: String, isPlain: Bool) throws(QueryError) -> ParsedQuery {
        // Each character takes memory many times over.
        if query.utf8.count > QueryLimits.length, query.unicodeScalars.count > QueryLimits.length { throw .tooLong }
        let scalars = Array(query.unicodeScalars)
        if !isPlain {
            var lexer = QueryLexer(scalars, .operators)
            var problem: QueryError?
            do { try lexer.run() } catch { problem = error }
            let tokens = lexer.tokens
            // A word alone is what is looked for.
            if tokens.contains(where: \.isOperator), tokens.count > 1 || problem != nil {
                if let problem { throw problem }
                var parser = QueryParser(tokens)
                let expression = try parser.all()
                let isNested = tokens.contains { $0.kind == .word(.and) || $0.kind == .word(.or) }
                return ParsedQuery(expression: expression, isBoolean: true, isNested: isNested)
            }
        }
        var lexer = QueryLexer(scalars, isPlain ? .plain : .quotes)
        try lexer.run()
        let parts: [QueryExpression<QueryText>] = lexer.tokens.compactMap { token in
            if case .text(let text) = token.kind { .leaf(text) } else { nil }
        }
        return ParsedQuery(expression: parts.isEmpty ? nil : .every(parts, except: []))
    }

    private init(_ tokens: [QueryToken]) { self.tokens = tokens }

    /// What has been read of an expression: what to find, and what not.
    private struct Parts {
        var found: [QueryExpression<QueryText>] = []
        var excluded: [QueryExpression<QueryText>] = []
        /// The place of a NOT.
        var place = 0

        var isEmpty: Bool { found.isEmpty && excluded.isEmpty }

        /// - Throws: when there is nothing to find.
        func expression() throws(QueryError) -> QueryExpression<QueryText> {
            if found.isEmpty { throw .nothingToSubtractFrom(at: place) }
            return found.count == 1 && excluded.isEmpty ? found[0] : .every(found, except: excluded)
        }
    }

    private var token: QueryToken? { next < tokens.count ? tokens[next] : nil }

    private mutating func all() throws(QueryError) -> QueryExpression<QueryText> {
        let parts = try some(depth: 0)
        // A parenthesis that closes nothing is text, so this is the end.
        return try parts.expression()
    }

    private mutating func some(depth: Int) throws(QueryError) -> Parts {
        let first = try every(depth)
        guard token?.kind == .word(.or) else { return first }
        var branches = [try first.expression()]
        while let or = token, or.kind == .word(.or) {
            next += 1
            let branch = try every(depth)
            if branch.isEmpty { throw .missingOperand(.or, at: or.place) }
            branches.append(try branch.expression())
        }
        return Parts(found: [.some(branches)])
    }

    /// Parts side by side; none only after an operator or parenthesis, which complains, or at the end.
    private mutating func every(_ depth: Int) throws(QueryError) -> Parts {
        var parts = Parts()
        while let token {
            switch token.kind {
            case .close: return parts
            case .word(.or):
                if parts.isEmpty { throw .missingOperand(.or, at: token.place) }
                return parts
            case .word(.and):
                next += 1
                guard !parts.isEmpty, startsPart else { throw .missingOperand(.and, at: token.place) }
            case .word(.not):
                next += 1
                if self.token?.kind == .word(.not) { throw .nothingToSubtractFrom(at: token.place) }
                guard startsPart else { throw .missingOperand(.not, at: token.place) }
                parts.excluded.append(try unit(depth).expression())
                parts.place = token.place
            case .open, .text:
                let unit = try unit(depth)
                if unit.found.isEmpty {
                    parts.excluded += unit.excluded
                    parts.place = unit.place
                } else {
                    parts.found.append(try unit.expression())
                }
            }
        }
        return parts
    }

    private var startsPart: Bool {
        switch token?.kind {
        case .open, .text, .word(.not): true
        default: false
        }
    }

    /// A keyword, or what stands in parentheses.
    private mutating func unit(_ depth: Int) throws(QueryError) -> Parts {
        let start = tokens[next]
        next += 1
        if case .text(let text) = start.kind {
            keywords += text.keywords.count
            if keywords > QueryLimits.keywords { throw .tooManyKeywords(at: start.place) }
            return Parts(found: [.leaf(text)])
        }
        if depth == QueryLimits.depth { throw .nestedTooDeep(at: start.place) }
        if token?.kind == .close { throw .emptyParentheses(at: start.place) }
        guard token != nil else { throw .unclosedParenthesis(at: start.place) }
        let parts = try some(depth: depth + 1)
        guard token?.kind == .close else { throw .unclosedParenthesis(at: start.place) }
        next += 1
        return parts
    }
}
