import Articles
import Model
import TestSupport
import Testing

/// A bad line is reported with its number and what is wrong with it, and the other lines are kept.
@Suite("JSONL problems")
struct JSONLinesProblemTests {
    /// Reads `line` between two good ones; gives what was said of it.
    private func problem(with line: some Sequence<UInt8>) throws -> (
        line: Int, offset: Int, ArticlesError.LineProblem
    )? {
        let before = Array((#"{"id":"before","text":"前"}"# + "\n").utf8)
        let after = Array(("\n" + #"{"id":"after","text":"后"}"# + "\n").utf8)
        let file = try ReadFile(before + line + after, as: "a.jsonl")
        let ids = file.articles.map { String(decoding: $0.id, as: UTF8.self) }
        guard let problem = file.problems.first else { return nil }
        #expect(ids == ["before", "after"])
        #expect(file.problems.count == 1)
        #expect(problem.concernsOnePart)
        guard case .badLine(_, let number, let offset, let what) = problem else {
            Issue.record("\(problem)")
            return nil
        }
        return (number, offset - before.count, what)
    }

    @Test(
        "what is no JSON",
        arguments: [
            "{", "}", "[", "{}x", "{\"id\"", "{\"id\":", "{\"id\":\"a", "{\"id\":\"a\"", "{\"id\":\"a\",}", "{,}",
            "{id:1}",
            "nul", "tru", "+1", "{\"id\":01,\"text\":\"\"}", "{\"id\":1.,\"text\":\"\"}",
            "{\"id\":1e,\"text\":\"\"}", "{\"id\":-}",
            "{\"id\":\"\t\"}", "{\"id\":\"\\x\"}", "{\"id\":\"\\u12\"}", "{\"id\":\"\\u12g4\"}", "{\"id\":\"\\",
            "{\"a\":[1,]}",
            "{\"a\":[1 2]}", "{\"a\":{\"b\"}}", "{\"id\":\"1\" \"text\":\"\"}", "'a'", "团队", "{\"a\":\"\0\"}",
            "{\"id\":\"\\ud842\\u\"}",
            "\u{FEFF}{\"id\":\"a\",\"text\":\"b\"}", "{\"id\":\"１\",\"text\":\"\\u００４１\"}",
        ])
    func notJSON(line: String) throws {
        let found = try #require(try problem(with: line.utf8))
        #expect(found.line == 2)
        #expect(found.2 == .notJSON)
        #expect((0...line.utf8.count).contains(found.offset))
    }

    @Test(
        "what is JSON but no article",
        arguments: [
            ("[]", .notAnObject), ("1", .notAnObject), ("null", .notAnObject), ("\"a\"", .notAnObject),
            ("{}", .missingID), (#"{"text":"a"}"#, .missingID), (#"{"id":"","text":"a"}"#, .emptyID),
            (#"{"id":null,"text":"a"}"#, .missingID), (#"{"ID":"a","text":"a"}"#, .missingID),
            (#"{"id":"a"}"#, .missingText), (#"{"id":"a","text":null}"#, .missingText),
            (#"{"id":true,"text":"a"}"#, .typeOfID), (#"{"id":["a"],"text":"a"}"#, .typeOfID),
            (#"{"id":"a","text":1}"#, .typeOfText), (#"{"id":"a","text":["a"]}"#, .typeOfText),
            (#"{"id":"a","text":"a","title":{}}"#, .typeOfTitle),
            (#"{"id":"a","text":"a","date":true}"#, .typeOfDate),
            (#"{"id":"a","text":"a","title":1}"#, .typeOfTitle),
        ] as [(String, ArticlesError.LineProblem)])
    func noArticle(line: String, expected: ArticlesError.LineProblem) throws {
        let found = try #require(try problem(with: line.utf8))
        #expect(found.line == 2)
        #expect(found.2 == expected)
        #expect((0...line.utf8.count).contains(found.offset))
    }

    @Test("a null title or date is none, and an id may be a number")
    func optionalMembers() throws {
        let file = try ReadFile(#"{"id":-12.5e3,"title":null,"date":null,"text":"甲"}"#, as: "a.jsonl")
        #expect(file.problems == [])
        #expect(file.articles.map { String(decoding: $0.id, as: UTF8.self) } == ["-12.5e3"])
        #expect(file.articles.map(\.titleText) == [""])
        #expect(file.articles.map(\.date) == [[]])
    }

    @Test(
        "a date may be a number: seconds or milliseconds since 1970, or what is read as it is written",
        arguments: [
            ("1714953600", "2024-05-06T00:00:00Z"), ("1714953599.999", "2024-05-05T23:59:59Z"),
            ("1714953600123", "2024-05-06T00:00:00Z"), ("951782400", "2000-02-29T00:00:00Z"),
            ("20240506", "20240506"), ("2024", "2024"), ("202405060800", "202405060800"), ("0", "0"),
            ("-1714953600", "-1714953600"), ("1714953600e0", "1714953600e0"),
        ])
    func dates(number: String, date: String) throws {
        let file = try ReadFile(#"{"id":"a","date":\#(number),"text":"甲"}"#, as: "a.jsonl")
        #expect(file.problems == [])
        #expect(file.articles.map { String(decoding: $0.date, as: UTF8.self) } == [date])
    }

    @Test("the problem's byte is the file's", arguments: ["", "\u{FEFF}"])
    func offsets(mark: String) throws {
        let file = try ReadFile(mark + #"{"id":"甲","text":x}"# + "\n\n" + #"{"id":"a","text":1}"#, as: "a.jsonl")
        let places = file.problems.map { problem -> [Int] in
            if case .badLine(_, let line, let offset, _) = problem { [line, offset] } else { [] }
        }
        try #require(places.count == 2)
        #expect(places[0][0] == 1)
        #expect(String(decoding: file.bytes[places[0][1]...].prefix(2), as: UTF8.self) == "x}")
        #expect(places[1] == [3, file.bytes.count - 2])
    }

    @Test("a line with bytes that are not UTF-8 is kept, and the bytes named", arguments: [false, true])
    func notUTF8(isFirst: Bool) throws {
        let bad = Array(#"{"id":"a","text":"甲"#.utf8) + [0xD6, 0xD0] + Array(#""}"#.utf8)
        let good = Array(#"{"id":"b","text":"乙"}"#.utf8)
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = mark + (isFirst ? bad + [0x0A] + good : good + [0x0A] + bad)
        let file = try ReadFile(bytes, as: "a.jsonl")
        #expect(Set(file.articles.flatMap(\.texts)) == ["甲\u{FFFD}\u{FFFD}", "乙"])
        guard case .replaced(_, let places)? = file.problems.first else {
            Issue.record("\(file.problems)")
            return
        }
        #expect(places.first.map { Array(bytes[$0]) } == [[0xD6, 0xD0]])
    }

    @Test("an id is given once a file")
    func duplicateIDs() throws {
        let lines = [
            #"{"id":"a","text":"1"}"#, #"{"id":"b"}"#, #"{"id":"b","text":"2"}"#, #"{"id":"\u0061","text":"3"}"#,
            "", #"{"id":"a","text":"4"}"#,
        ]
        let file = try ReadFile(lines.joined(separator: "\n"), as: "a.jsonl")
        #expect(file.articles.map(\.texts) == [["1"], ["2"]])
        let repeats = file.problems.filter { if case .duplicateID = $0 { true } else { false } }
        let path = try #require(file.problems.first).path
        #expect(
            repeats == [
                .duplicateID(path, line: 4, id: [0x61], firstLine: 1),
                .duplicateID(path, line: 6, id: [0x61], firstLine: 1),
            ])
        #expect(repeats[0].concernsOnePart)
        #expect(repeats[0].description.contains("id \"a\" was given on line 1"))
    }

    @Test("nesting has a limit, well before the stack's", arguments: ["[", "{\"a\":"])
    func nesting(open: String) throws {
        let close = open == "[" ? "]" : "}"
        func line(_ depth: Int) -> String {
            let value = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
            return #"{"id":"a","x":\#(value),"text":"甲"}"#
        }
        #expect(try problem(with: line(500).utf8) == nil)
        #expect(try problem(with: line(600).utf8)?.2 == .tooDeep)
        #expect(try problem(with: line(100_000).utf8)?.2 == .tooDeep)
        let bare = String(repeating: open, count: 100_000)
        #expect(try problem(with: bare.utf8)?.2 == .tooDeep)
    }

    @Test(
        "every problem says where it is",
        arguments: [
            ArticlesError.LineProblem.notJSON, .notAnObject, .missingID, .emptyID, .missingText, .typeOfText,
            .tooDeep,
        ])
    func descriptions(problem: ArticlesError.LineProblem) {
        let text = ArticlesError.badLine(Path("a.jsonl"), line: 7, offset: 99, problem).description
        #expect(text.hasPrefix("a.jsonl:7: "))
        #expect(text.contains("byte 99"))
    }
}
