import TestSupport
import Testing

/// Readers in processes of their own while a writer commits, merges and removes the files they read.
///
/// `SUOYIN_COMMITS=200` has eight readers and two hundred commits.
@Suite("Readers under a writer")
struct ReadersTests {
    private static let commits = campaign("SUOYIN_COMMITS", default: 12)
    private static let readers = commits >= 100 ? 8 : 3

    /// A search on its way, and what it prints.
    private struct Reader {
        let output = ScratchFile()
        let errors = ScratchFile()
        let process: RunningTool

        init(_ playground: Playground) {
            process = RunningTool(
                ["search", "标记", "--limit", "0", "--format", "jsonl"].map { Array($0.utf8) },
                in: playground.directory.path, input: ScratchFile().descriptor, output: output.descriptor,
                errors: errors.descriptor)
        }
    }

    private func write(_ round: Int, _ playground: Playground) {
        for number in 0..<6 {
            // A third of the files stays as it is in each round.
            let version = number % 3 == round % 3 && round > 0 ? nil : round
            guard let version else { continue }
            playground.write("标记第\(version)版\n信息流产品\(number)\n", to: "articles/\(number).txt")
        }
        playground.write("标记第\(round)轮\n", to: "articles/round-\(round).txt")
        playground.directory.remove("articles/round-\(round - 2).txt")
    }

    /// What a search finds after a round: its texts, sorted.
    private func expected(_ playground: Playground) -> [String] {
        playground.directory.names(in: "articles").map { name in
            let text = String(decoding: playground.directory.read("articles/" + name), as: UTF8.self)
            return String(text.split(separator: "\n")[0])
        }.sorted()
    }

    @Test("every answer is that of one commit, whole")
    func readers() throws {
        let playground = Playground()
        write(0, playground)
        #expect(playground.run("index", "articles").ending == .status(0))
        var answers = [expected(playground)]
        var readers = (0..<Self.readers).map { _ in Reader(playground) }
        // The first commit that each reader may have seen.
        var since = [Int](repeating: 0, count: readers.count)
        var count = 0
        func collect() throws {
            for index in readers.indices {
                guard let ending = readers[index].process.poll() else { continue }
                #expect(ending == .status(0), "\(String(decoding: readers[index].errors.readAll(), as: UTF8.self))")
                let hits = readers[index].output.readAll().split(separator: 0x0A).compactMap { StrictJSON($0) }
                let texts = hits.compactMap { $0["paragraph"]["text"].string }.sorted()
                #expect(answers[since[index]...].contains(texts), "a reader since commit \(since[index])")
                count += 1
                readers[index] = Reader(playground)
                since[index] = max(0, answers.count - 2)
            }
        }
        for round in 1...Self.commits {
            let merges = round % 5 == 0
            if !merges {
                write(round, playground)
                // From here on a reader may see it.
                answers.append(expected(playground))
            }
            let writer = RunningTool(
                (merges ? ["merge"] : ["index", "articles"]).map { Array($0.utf8) },
                in: playground.directory.path, input: ScratchFile().descriptor, output: ScratchFile().descriptor,
                errors: ScratchFile().descriptor)
            while true {
                try collect()
                if let ending = writer.poll() {
                    #expect(ending == .status(0))
                    break
                }
                pause(seconds: 0.001)
            }
        }
        for reader in readers { _ = reader.process.wait() }
        #expect(count > Self.commits)
        #expect(playground.run("check").ending == .status(0))
    }
}
