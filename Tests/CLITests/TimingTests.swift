import TestSupport
import Testing

@Suite("--timing and --repeat")
struct TimingTests {
    private static let playground: Playground = {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles")
        return playground
    }()

    private static let members = ["queries", "seconds", "qps", "p50_ms", "p95_ms", "p99_ms"]

    /// The last line of standard error, which holds the figures.
    private func figures(_ run: Tool.Result) throws -> [String: Double] {
        let line = try #require(run.errorLines.last)
        let json = try #require(StrictJSON(line.utf8))
        #expect(json.keys == Self.members)
        return try Dictionary(uniqueKeysWithValues: Self.members.map { ($0, try #require(json[$0].number)) })
    }

    @Test("one line of JSON on standard error, and the same data as without", arguments: ["1", "2", "20"])
    func repeated(rounds: String) throws {
        let arguments = ["search", "清华大学", "--format", "jsonl"]
        func run(_ more: String...) -> Tool.Result {
            Tool.run((arguments + more).map { Array($0.utf8) }, in: Self.playground.directory.path)
        }
        let plain = run()
        let timed = run("--timing", "--repeat", rounds)
        #expect(timed.ending == .status(0) && timed.output == plain.output)
        #expect(plain.errors.isEmpty && timed.errorLines.count == 1)
        let figures = try figures(timed)
        #expect(figures["queries"] == 1)
        #expect(figures.values.allSatisfy { $0 > 0 })
    }

    @Test("a batch: every query that parses is counted, percentiles ascend")
    func batch() throws {
        let queries = (1...50).map { "q\($0)\t清华大学 第\($0)" }.joined(separator: "\n")
        let run = Self.playground.run(
            "search", "--queries", "-", "--timing", "--repeat", "3", "--format", "trec",
            input: queries + "\nbad\nq\t\"\n")
        #expect(run.ending == .status(2))
        #expect(run.errorLines.count == 3)
        #expect(Set(run.outputLines.map { $0.prefix { $0 != " " } }).count == 50)
        let figures = try figures(run)
        #expect(figures["queries"] == 50)
        let percentiles = ["p50_ms", "p95_ms", "p99_ms"].compactMap { figures[$0] }
        #expect(percentiles == percentiles.sorted())
        let (seconds, rate) = (figures["seconds"]!, figures["qps"]!)
        #expect(abs(rate * seconds - 50) < 0.5)
    }

    @Test("finding nothing takes time as well, and keeps its status")
    func nothingFound() throws {
        let run = Self.playground.run("search", "绝无此语", "--mode", "exact", "--timing", "--format", "tsv")
        #expect(run.ending == .status(1) && run.output.isEmpty)
        #expect(try figures(run)["queries"] == 1)
        let empty = Self.playground.run("search", "--queries", "-", "--timing", "--format", "tsv", input: "\n")
        #expect(empty.ending == .status(1))
        #expect(try figures(empty).values.allSatisfy { $0 == 0 })
    }

    @Test("--repeat alone prints no figures")
    func repeatAlone() {
        let run = Self.playground.run("search", "清华", "--repeat", "5", "--format", "trec")
        #expect(run.ending == .status(0) && run.errors.isEmpty)
    }
}
