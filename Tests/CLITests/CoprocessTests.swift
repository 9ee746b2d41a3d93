import TestSupport
import Testing

/// `suoyin search --queries -` as the partner of a program that writes a query, waits for its answer, and writes the next.
@Suite("search, as a co-process")
struct CoprocessTests {
    @Test("2,000 queries, one at a time, each answered before the next, in steady memory")
    func steady() throws {
        let playground = Playground(Playground.articles)
        #expect(playground.run("index", "articles").ending == .status(0))
        let (input, output) = (Pipe(), Pipe())
        let process = RunningTool(
            ["search", "--queries", "-", "--format", "jsonl"].map { Array($0.utf8) },
            in: playground.directory.path, input: try #require(input.reading),
            output: try #require(output.writing), errors: ScratchFile().descriptor)
        input.closeReading()
        output.closeWriting()
        defer { process.kill() }
        let queries = ["清华大学", "人工智能", "绝无此语甲乙", "团队", "字节跳动 NOT 招聘"]
        var memory: [Int] = []
        for number in 0..<2000 {
            input.write(Array("q\(number)\t\(queries[number % queries.count])\n".utf8))
            let answer = try #require(Self.answer(output), "no answer to query \(number)")
            let summary = try #require(answer.last)
            try #require(summary["type"].string == "summary" && summary["query"].string == "q\(number)")
            #expect(answer.dropLast().allSatisfy { $0["query"].string == "q\(number)" })
            if number == 200 || number == 1999 { memory.append(try #require(Self.kilobytes(process.process))) }
        }
        #expect(memory[1] - memory[0] < 4 << 10, "\(memory) KB")
        input.closeWriting()
        #expect(process.wait() == .status(0))
    }

    @Test("each query is answered from the newest commit; a file of queries from one")
    func newestCommit() throws {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles")
        let (input, output) = (Pipe(), Pipe())
        let process = RunningTool(
            ["search", "--queries", "-", "--mode", "exact", "--format", "jsonl"].map { Array($0.utf8) },
            in: playground.directory.path, input: try #require(input.reading),
            output: try #require(output.writing), errors: ScratchFile().descriptor)
        input.closeReading()
        output.closeWriting()
        defer { process.kill() }
        for number in 0..<3 {
            input.write(Array("q\(number)\t最新瓜果\n".utf8))
            let answer = try #require(Self.answer(output))
            #expect(answer.last?["hits"].integer == number)
            playground.write("最新瓜果\n", to: "articles/新\(number).txt")
            playground.run("index", "articles")
        }
        input.closeWriting()
        #expect(process.wait() == .status(0))
    }

    /// The lines of an answer, the summary at the end; nil when the program waits for more input before it answers.
    private static func answer(_ output: Pipe) -> [StrictJSON]? {
        var bytes: [UInt8] = []
        while true {
            guard output.isReadable(within: 60) else { return nil }
            let piece = output.read(1 << 16)
            if piece.isEmpty { return nil }
            bytes += piece
            guard bytes.last == 0x0A else { continue }
            let lines = bytes.split(separator: 0x0A).compactMap { StrictJSON($0) }
            if lines.last?["type"].string == "summary" { return lines }
        }
    }

    /// What of a process is in memory.
    private static func kilobytes(_ process: Int32) -> Int? {
        let status = readFile("/proc/\(process)/status").map { String(decoding: $0, as: UTF8.self) }
        return status?.firstMatch(of: #/VmRSS:\s+(\d+) kB/#).flatMap { Int($0.output.1) }
    }
}
