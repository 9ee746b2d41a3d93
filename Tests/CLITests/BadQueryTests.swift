import TestSupport
import Testing

@Suite("queries with something wrong")
struct BadQueryTests {
    private static let playground: Playground = {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles")
        return playground
    }()

    @Test(
        "nothing to look for is an error, not an empty answer",
        arguments: ["", " ", "\u{3000}", "？", "《》——……", "-", ":", "\"\"", "\"，\" 。", "\n\t"])
    func nothingToFind(query: String) {
        for mode in ["exact", "all", "any", "auto"] {
            let run = Self.playground.run("search", "--mode", mode, "--", query)
            #expect(run.failed("no letter, digit or Han character"), "\(mode): \(run)")
        }
    }

    @Test("a quotation mark that is never closed", arguments: [("\"清华", 1), ("大学 \"清华", 4), ("\"清华\" \"", 6)])
    func unclosedQuote(query: String, place: Int) {
        #expect(Self.playground.run("search", query).failed("quotation mark at character \(place) ", "--plain"))
        #expect(Self.playground.run("search", query, "--plain").ending == .status(0))
    }

    @Test("a batch: bad lines are reported with their numbers, the others are answered, status 2")
    func batch() {
        let queries = "q1\t清华大学\nno tab here\nq3\t\"unclosed\nq4\t？！\n\nq6\t字节跳动\nq7\t\n"
        let run = Self.playground.run(
            "search", "--queries", "-", "--format", "trec", "--limit", "1", "--mode", "exact", input: queries)
        #expect(run.ending == .status(2))
        #expect(run.outputLines.map { $0.prefix { $0 != " " } } == ["q1", "q6"])
        let expected = [
            (2, "no tab"), (3, "never closed"), (4, "no letter, digit or Han"), (7, "no letter, digit or Han"),
        ]
        #expect(run.errorLines.count == expected.count)
        for (number, part) in expected {
            #expect(run.errorLines.contains { $0.hasPrefix("suoyin: query line \(number): ") && $0.contains(part) })
        }
    }

    @Test("a batch file as Windows writes it: byte order mark, CR LF")
    func byteOrderMark() {
        let run = Self.playground.run(
            "search", "--queries", "-", "--format", "trec", "-n", "1", input: "\u{FEFF}q1\t清华大学\r\nq2\t招聘\r\n")
        #expect(run.outputLines.map { $0.prefix { $0 != " " } } == ["q1", "q2"])
        #expect(run.ending == .status(0) && run.errors.isEmpty)
    }

    @Test("a batch that answers nothing has status 1, an empty one too")
    func nothingFound() {
        let nothing = Self.playground.run(
            "search", "--queries", "-", "--mode", "exact", "--format", "tsv", input: "q1\t绝无此语\n")
        #expect(nothing.ending == .status(1) && nothing.output.isEmpty && nothing.errors.isEmpty)
        let empty = Self.playground.run("search", "--queries", "-", "--format", "jsonl", input: "\n\n")
        #expect(empty.ending == .status(1) && empty.output.isEmpty && empty.errors.isEmpty)
    }

    @Test(
        "a batch file that cannot be read",
        arguments: [("nowhere.tsv", "No such file"), ("articles", "Is a directory")])
    func unreadableBatch(name: String, reason: String) {
        #expect(Self.playground.run("search", "--queries", name).failed("cannot read \(name): \(reason)"))
    }

    @Test("a query that is not UTF-8 is searched for what of it is text")
    func notUTF8() {
        let arguments = [
            Array("search".utf8), [0xFF] + Array("清华大学".utf8) + [0xE4, 0xB8], Array("--format=jsonl".utf8),
        ]
        let run = Tool.run(arguments, in: Self.playground.directory.path)
        #expect(run.ending == .status(0))
        #expect(run.output.split(separator: 0x0A).allSatisfy { StrictJSON($0) != nil })
    }

    @Test("a query of a megabyte")
    func longQuery() {
        let query = String(repeating: "清华大学的", count: 70_000)
        let run = Self.playground.run("search", "--queries", "-", "--format", "trec", input: "q1\t\(query)\n")
        #expect(run.ending == .status(0) && run.errors.isEmpty)
    }

    @Test("why of a line without a paragraph says so")
    func whyNoSuchLine() {
        let playground = Playground([
            ("a.txt", "清华大学\n\n北京大学\n"), ("b.jsonl", #"{"id":"1","text":"清华"}"# + "\n\n"),
        ])
        for (file, line) in [("a.txt", "2"), ("a.txt", "4"), ("b.jsonl", "2")] {
            let run = playground.run("why", "清华", file, "--line", line)
            #expect(run.ending == .status(1) && run.output.isEmpty, "\(file):\(line)")
            #expect(run.errorLines == ["no paragraph on line \(line)", "0 of 0 paragraphs matched"])
        }
        #expect(playground.run("why", "清华", "a.txt", "--line", "1").ending == .status(0))
        #expect(playground.run("why", "北京", "a.txt", "--line", "3").ending == .status(0))
    }
}
