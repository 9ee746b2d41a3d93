import Model
import TestSupport
import Testing

@testable import Search

@Suite("Query language")
struct QuerySyntaxTests {
    /// The expression with all its parentheses; `~` marks what is quoted.
    static func shown(_ query: String) throws -> String {
        guard let expression = try QueryParser.parse(query, isPlain: false).expression else { return "" }
        return shown(expression)
    }

    private static func shown(_ expression: QueryExpression<QueryText>) -> String {
        switch expression {
        case .leaf(let text):
            let keywords = text.keywords.map { $0.isQuoted ? "~\($0.text)~" : $0.text }
            return keywords.joined(separator: "+") + (text.distance.map(String.init) ?? "")
        case .every(let parts, let except):
            let all = parts.map(shown) + except.map { "-" + shown($0) }
            return all.count == 1 ? all[0] : "(" + all.joined(separator: " ") + ")"
        case .some(let parts): return "(" + parts.map(shown).joined(separator: "|") + ")"
        }
    }

    @Test(
        "operators bind NOT, AND, OR, and white space is AND",
        arguments: [
            ("a AND b", "(a b)"), ("a b OR c d", "((a b)|(c d))"), ("a OR b AND c", "(a|(b c))"),
            ("(a OR b) c", "((a|b) c)"), ("a NOT b", "(a -b)"), ("NOT b a", "(a -b)"), ("a AND NOT b", "(a -b)"),
            ("a NOT b OR c NOT d", "((a -b)|(c -d))"), ("a NOT (b OR c)", "(a -(b|c))"),
            ("a AND (NOT b)", "(a -b)"), ("a (NOT b NOT c) d", "(a d -b -c)"), ("((a OR b))", "(a|b)"),
            ("a NOT (b NOT c)", "(a -(b -c))"), ("(a NOT b) c", "((a -b) c)"),
            (#"a OR "b OR c""#, "(a|~b OR c~)"), (#"("a" OR b)"#, "(~a~|b)"), ("NOT(a OR b) c", "(c -(a|b))"),
            ("(a OR b)c", "((a|b) c)"), ("(a OR b)AND c", "((a|b) c)"), ("清华　OR　北大", "(清华|北大)"),
        ])
    func precedence(query: String, shown: String) throws { #expect(try Self.shown(query) == shown) }

    @Test(
        "what looks like an operator, and is text",
        arguments: [
            ("a or b", "(a or b)"), ("ANDROID NOTE ORACLE", "(ANDROID NOTE ORACLE)"), ("x-AND-y", "x-AND-y"),
            ("OR", "OR"), ("NOT", "NOT"), (#""OR""#, "~OR~"), (#"a "NOT" b"#, "(a ~NOT~ b)"), ("ＯＲ a", "(ＯＲ a)"),
            // Without an operator parentheses are text, however they stand.
            ("(a) (b", "((a) (b)"), ("(a b) c)", "((a b) c))"), ("(((", "((("), (#"("a b")"#, #"(("a b"))"#),
            // With one, those inside a keyword and full-width ones are.
            ("f(x) OR g(y)", "(f(x)|g(y))"), ("(f(x) OR y)", "(f(x)|y)"), ("关(guān)于 OR b", "(关(guān)于|b)"),
            ("(2024)15号 OR b", "((2024)15号|b)"), ("（a OR b）", "(（a|b）)"), ("a) OR b", "(a)|b)"),
            ("(a OR :-)", "(a|:-)"), ("(\")a\" OR b)", "(~)a~|b)"),
            ("a*b", "a*b"), ("a~2", "a~2"), (#""a"~x"#, "(~a~ ~x)"), (#""a b" ~2"#, "(~a b~ ~2)"), ("~2", "~2"),
        ])
    func text(query: String, shown: String) throws { #expect(try Self.shown(query) == shown) }

    @Test("a distance after a quotation of two keywords")
    func pairs() throws {
        #expect(try Self.shown(#""甲 乙"~3"#) == "~甲~+~乙~3")
        #expect(try Self.shown("\"甲\u{3000} 乙 \"~0 丙") == "(~甲~+~乙~0 丙)")
        #expect(try Self.shown(#"("a b"~1000 OR c)"#) == "(~a~+~b~1000|c)")
        #expect(try Self.shown(#"(c OR "a b"~1)"#) == "(c|~a~+~b~1)")
    }

    @Test(
        "what does not parse tells its place",
        arguments: [
            ("a OR", .missingOperand(.or, at: 3)), ("OR a", .missingOperand(.or, at: 1)),
            ("a OR OR b", .missingOperand(.or, at: 6)), ("a AND OR b", .missingOperand(.and, at: 3)),
            ("AND a", .missingOperand(.and, at: 1)), ("a AND", .missingOperand(.and, at: 3)),
            ("a AND AND b", .missingOperand(.and, at: 3)), ("a NOT", .missingOperand(.not, at: 3)),
            ("a NOT OR b", .missingOperand(.not, at: 3)), ("(a OR ) b", .missingOperand(.or, at: 4)),
            ("AND OR", .missingOperand(.and, at: 1)),
            ("NOT a", .nothingToSubtractFrom(at: 1)), ("a OR NOT b", .nothingToSubtractFrom(at: 6)),
            ("清华 OR (NOT b)", .nothingToSubtractFrom(at: 8)), ("a NOT NOT b", .nothingToSubtractFrom(at: 3)),
            ("(NOT a) OR b", .nothingToSubtractFrom(at: 2)),
            ("a OR (b", .unclosedParenthesis(at: 6)), ("(a OR (b)", .unclosedParenthesis(at: 1)),
            ("a OR (", .unclosedParenthesis(at: 6)), ("a OR ()", .emptyParentheses(at: 6)),
            ("a OR \"b", .unclosedQuote(at: 6)), ("😀 OR \"b", .unclosedQuote(at: 6)),
            (#""a"~2"#, .notAPair(at: 1)), (#"x "a b c"~2"#, .notAPair(at: 3)), ("\"\"~0", .notAPair(at: 1)),
            (#""a b"~1001"#, .distanceOutOfRange(at: 7)),
            (#""a b"~99999999999999999999"#, .distanceOutOfRange(at: 7)),
        ] as [(String, QueryError)])
    func errors(query: String, error: QueryError) throws {
        #expect(throws: error, "\(query)") { try QueryParser.parse(query, isPlain: false) }
        _ = try QueryParser.parse(query, isPlain: true)
    }

    @Test("depth and number of keywords have limits, with operators only")
    func limits() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "a OR b" + String(repeating: ")", count: depth)
        }
        #expect(try Self.shown(nested(100)) == "(a|b)")
        #expect(throws: QueryError.nestedTooDeep(at: 101)) { try Self.shown(nested(101)) }
        #expect(throws: QueryError.nestedTooDeep(at: 101)) { try Self.shown(nested(100_000)) }
        let thousand = Array(repeating: "a", count: 1000).joined(separator: " ")
        #expect(try QueryParser.parse(thousand + " OR", isPlain: true).keywords.count == 1001)
        #expect(throws: QueryError.tooManyKeywords(at: 2004)) { try Self.shown("b OR " + thousand) }
        #expect(try QueryParser.parse(thousand + " " + thousand, isPlain: false).keywords.count == 2000)
    }

    @Test(
        "any text parses, or has an error with a place in it; as plain text it always parses",
        arguments: Seed.first(20))
    func fuzz(seed: Seed) throws {
        let pieces = [
            "AND", "OR", "NOT", "(", ")", "\"", "~", "~3", "*", " ", " ", "　", "a", "清华", "f(x)", "NOT(", ")OR",
            "py:",
            "😀",
            "\"甲 乙\"~2", "e\u{301}", "\u{0}", "\n",
        ]
        var generator = seed.generator()
        for _ in 0..<500 {
            let query = (0..<generator.below(14)).map { _ in generator.pick(pieces) }.joined()
            #expect(try QueryParser.parse(query, isPlain: true).isBoolean == false)
            let count = query.unicodeScalars.count
            do {
                _ = try QueryParser.parse(query, isPlain: false)
            } catch {
                let place = try #require(error.place, "\(query.debugDescription)")
                #expect((1...count).contains(place), "\(query.debugDescription): \(error)")
                #expect("\(error)".contains(" character \(place) "), "\(error)")
            }
        }
    }
}

extension QueryError {
    /// The place that a mistake of writing has.
    fileprivate var place: Int? {
        switch self {
        case .unclosedQuote(let place), .unclosedParenthesis(let place), .emptyParentheses(let place),
            .missingOperand(_, let place), .nothingToSubtractFrom(let place), .notAPair(let place),
            .distanceOutOfRange(let place), .nestedTooDeep(let place), .tooManyKeywords(let place),
            .noPinyin(let place), .pinyinWithoutIndex(let place), .tooMuchPinyin(let place):
            place
        case .nothingToFind, .tooLong, .tooManyWords, .operatorsInBestMatch, .narrowedBestMatch, .nothingInTitle:
            nil
        }
    }
}
