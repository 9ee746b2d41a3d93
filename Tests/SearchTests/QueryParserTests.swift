import Model
import Testing

@testable import Search

@Suite("Query parser")
struct QueryParserTests {
    /// The keywords of a query without operators.
    private func keywords(_ query: String, isPlain: Bool = false) throws -> [Keyword] {
        let parsed = try QueryParser.parse(query, isPlain: isPlain)
        #expect(!parsed.isBoolean)
        return parsed.keywords
    }

    private func keyword(_ text: String, quoted: Bool = false) -> Keyword { Keyword(text: text, isQuoted: quoted) }

    @Test("white space of any kind separates keywords")
    func whiteSpace() throws {
        for query in ["清华 大学", "清华\u{3000}大学", " 清华\t\n大学\u{A0}", "\u{2003}清华\u{85}\u{1F}大学 "] {
            #expect(try keywords(query) == [keyword("清华"), keyword("大学")])
        }
        for query in ["", " ", "\u{3000}\n"] { #expect(try keywords(query).isEmpty) }
        // Joiners that cannot be seen are no white space.
        #expect(try keywords("a\u{200B}b") == [keyword("a\u{200B}b")])
    }

    @Test("a quotation mark at the start of a keyword opens a literal one")
    func quotes() throws {
        #expect(
            try keywords("\"清 华\" 大学") == [keyword("清 华", quoted: true), keyword("大学")])
        #expect(try keywords("\"a\"b") == [keyword("a", quoted: true), keyword("b")])
        #expect(
            try keywords("\"a\"\"b\"") == [
                keyword("a", quoted: true), keyword("b", quoted: true),
            ])
        #expect(try keywords("\"\" x") == [keyword("", quoted: true), keyword("x")])
        // Elsewhere it is text.
        #expect(try keywords("5\" a\"b") == [keyword("5\""), keyword("a\"b")])
        // As are the marks of other languages.
        #expect(try keywords("“清 华”") == [keyword("“清"), keyword("华”")])
    }

    @Test(
        "other marks are text, not operators",
        arguments: ["-a", "title:x", "a+b", "(a)", "a*", "NOT", "OR", "~", "\\"])
    func operators(text: String) throws {
        #expect(try keywords(text) == [keyword(text)])
    }

    @Test("a mark that never closes is an error that tells its place")
    func unclosed() {
        for (query, place) in [
            ("\"", 1), ("\"abc", 1), ("清华 \"大学", 4), ("\"a\" \"b", 5), ("😀 \"b", 3), ("\"a\"\"", 4),
        ] {
            #expect(throws: QueryError.unclosedQuote(at: place), "\(query)") {
                try keywords(query)
            }
        }
    }

    @Test("a plain query has no quotation marks")
    func plain() throws {
        #expect(
            try keywords("\"a b\" \"", isPlain: true) == [keyword("\"a"), keyword("b\""), keyword("\"")])
    }

    @Test("a query with nothing to look for is an error, in every mode", arguments: SearchMode.allCases)
    func nothing(mode: SearchMode) throws {
        let index = try TestIndex([TextArticle(id: "a", paragraphs: ["中国。"])])
        for query in ["", " ", "。", "， 。", "\"\"", "\"，\" !", "·", "\u{3000}"] {
            #expect(throws: SearchError.query(.nothingToFind), "\(query)") { try index.search(query, mode) }
        }
        #expect(throws: SearchError.query(.unclosedQuote(at: 3))) { try index.search("中 \"国", mode) }
        #expect(try index.search("中 \"国", mode, isPlain: true).hits.count == 1)
        // A keyword of marks alone beside another asks for nothing.
        #expect(try index.search("中 。", mode).hits.count == 1)
    }
}
