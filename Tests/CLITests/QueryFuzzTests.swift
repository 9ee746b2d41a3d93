import JSON
import TestSupport
import Testing

/// Batches of queries, and citations, of any bytes.
///
/// `SUOYIN_SEEDS=1000` runs for as long as that takes.
@Suite("batches and citations, any bytes")
struct QueryFuzzTests {
    private static let playground: Playground = {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles")
        return playground
    }()

    private static let pieces = [
        "清华", "大学", "\"", "(", ")", " OR ", " AND ", " NOT ", "~", "~10", "*", "gpt*", "py:", "py:qhdx", "py:z*",
        "\t", "\u{0}",
        "\r", "\u{3000}", "\u{FEFF}", "，", "a", "团(tuán)", "\u{200B}", "\u{1B}[31m", "\u{85}", "\u{2028}", "-", "0",
        "🇨🇳",
    ]

    /// A line, without its end.
    private static func line(_ id: Int, using random: inout SplitMix64) -> [UInt8] {
        let start = Array("q\(id)\t".utf8)
        switch random.below(12) {
        case 0: return start + Array("清华大学".utf8)
        case 1: return RandomBytes.noise(upTo: 200, using: &random).filter { $0 != 0x0A }
        case 2: return start + RandomBytes.noise(upTo: 200, using: &random).filter { $0 != 0x0A }
        case 3:
            return start
                + Array(
                    String(repeating: random.pick(["(", ")", "\"", "NOT ", "(a OR "]), count: random.below(3000))
                        .utf8)
        case 4:
            return start
                + Array(
                    (0..<random.below(300)).map { "词\($0)" }.joined(separator: random.pick([" ", " OR "])).utf8)
        case 5: return Array("没有制表符".utf8)
        case 6: return random.once(in: 2) ? [] : Array(" \u{3000}".utf8)
        case 7: return start + Array(String(repeating: random.pick(pieces), count: random.below(400)).utf8)
        default: return start + Array((0..<random.below(12)).map { _ in random.pick(pieces) }.joined().utf8)
        }
    }

    /// What stands behind `query line N: `.
    private static func reported(_ run: Tool.Result) -> [Int] {
        run.errorLines.compactMap { line in
            line.hasPrefix("suoyin: query line ") ? Int(line.dropFirst(19).prefix { $0 != ":" }) : nil
        }
    }

    @Test("each line is answered or named, never both, and good ones are answered", arguments: Seed.first(6))
    func batch(seed: Seed) {
        var random = seed.generator()
        var lines = (1...60).map { Self.line($0, using: &random) }
        lines.append(Array("good\t清华大学".utf8))
        let end: [UInt8] = random.once(in: 2) ? [0x0A] : [0x0D, 0x0A]
        var input = Array(lines.joined(separator: end))
        if random.once(in: 2) { input += end }
        Self.playground.directory.write(input, to: "queries-\(seed.value)")
        let options = random.pick([[], ["--mode", "any"], ["--mode", "all"], ["--plain"], ["--fold", "width"]])
        let arguments = ["search", "--format", "jsonl", "-n", "2"] + options
        for source in ["-", "queries-\(seed.value)"] {
            let run = Tool.run(
                (arguments + ["--queries", source]).map { Array($0.utf8) }, in: Self.playground.directory.path,
                input: source == "-" ? input : [], seconds: 100)
            let problems = Self.reported(run)
            let values = run.output.split(separator: 0x0A).map { StrictJSON($0) }
            #expect(values.allSatisfy { $0 != nil })
            let answered = values.compactMap { $0?["type"].string == "summary" ? $0?["query"].string : nil }
            // Blank lines are passed over; a line end within a line would be another line.
            let blank = lines.count { line in
                String(decoding: line, as: UTF8.self).unicodeScalars.allSatisfy {
                    $0.properties.isWhitespace || $0 == "\u{FEFF}"
                }
            }
            #expect(answered.count + problems.count <= lines.count)
            #expect(answered.count + problems.count >= lines.count - blank)
            #expect(
                problems == Array(Set(problems)).sorted() && problems.allSatisfy { (1...lines.count).contains($0) })
            #expect(answered.last == "good" && run.errorLines.count == problems.count, "\(run.errorText)")
            #expect(run.ending == .status(problems.isEmpty ? 0 : 2), "\(source)")
        }
    }

    @Test("one line of each kind of excess: named or answered, and the next one answered")
    func excess() {
        let text = String(repeating: "清华大学的", count: 60_000)
        let huge = String(repeating: text, count: campaign("SUOYIN_SEEDS", default: 6) > 100 ? 60 : 5)
        let lines = [
            "q1\t" + String(repeating: "(", count: 100_000) + " OR a",
            "q2\t" + (0..<100_000).map { "词\($0)" }.joined(separator: " "),
            "q3\t" + (0..<100_000).map { "词\($0)" }.joined(separator: " OR "), "q4\t" + huge, "q5\t清华\u{0}大学",
            String(repeating: "无", count: 1_000_000), "q7\t\"" + text,
            "q8\t" + String(repeating: "*", count: 1_000_000),
            "q9\tpy:" + String(repeating: "a", count: 100_000),
            "q10\t\"甲 乙\"~" + String(repeating: "9", count: 100_000),
            "q11\t" + text, "q12\t清华大学",
        ]
        let run = Self.playground.run(
            "search", "--queries", "-", "--format", "jsonl", "-n", "1", input: lines.joined(separator: "\r\n"),
            seconds: 300)
        #expect(run.ending == .status(2))
        #expect(Self.reported(run) == [1, 3, 4, 6, 7, 8, 9, 10])
        let answered = run.output.split(separator: 0x0A).compactMap { line -> String? in
            let value = StrictJSON(line)
            return value?["type"].string == "summary" ? value?["query"].string : nil
        }
        #expect(answered == ["q2", "q5", "q11", "q12"])
        // A message is for people, and not as long as the line.
        #expect(run.errorLines.allSatisfy { $0.utf8.count < 400 })
    }

    @Test("citations altered in any way: reported or judged, and the sound one holds", arguments: Seed.first(6))
    func citations(seed: Seed) throws {
        var random = seed.generator()
        let found = Self.playground.run("search", "清华大学 OR 人工智能", "--format", "jsonl", "-n", "0", "-C", "1")
        let hits = found.output.split(separator: 0x0A).dropLast().map { Array($0) }
        var lines: [[UInt8]] = []
        for _ in 0..<80 {
            let hit = random.pick(hits)
            switch random.below(6) {
            case 0: lines.append(RandomBytes.noise(upTo: 300, using: &random))
            case 1, 2: lines.append(RandomBytes.mutation(of: hit, using: &random))
            case 3: lines.append(Array(hit.prefix(random.below(hit.count))))
            default: lines.append(HostileJSON.altered(try #require(Self.value(hit)), using: &random).bytes)
            }
        }
        lines = lines.map { line in line.filter { $0 != 0x0A } }
        lines.append(try #require(hits.first))
        let input = Array(lines.joined(separator: [0x0A]))
        let run = Tool.run(
            ["cite", "--check", "-", "--format", "jsonl"].map { Array($0.utf8) },
            in: Self.playground.directory.path,
            input: input, seconds: 100)
        #expect([.status(0), .status(1), .status(2)].contains(run.ending), "\(run.ending)")
        let values = run.output.split(separator: 0x0A).map { StrictJSON($0) }
        #expect(values.allSatisfy { $0 != nil })
        #expect(values.last??["status"].string == "holds")
        let text = Tool.run(
            ["cite", "--check", "-"].map { Array($0.utf8) }, in: Self.playground.directory.path, input: input,
            seconds: 100)
        func problems(_ run: Tool.Result) -> [String] { run.errorLines.filter { $0.hasPrefix("suoyin: ") } }
        #expect(text.ending == run.ending && problems(text) == problems(run))
        #expect(!text.output.contains(0x1B) && !text.errors.contains(0x1B))
    }

    private static func value(_ line: [UInt8]) -> JSONValue? { try? JSONDocument(line).value }
}
