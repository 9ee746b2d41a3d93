import TestSupport
import Testing

@Suite("merge")
struct MergeTests {
    @Test("merging to one, word for word")
    func merge() {
        let playground = Playground(Playground.articles)
        var transcript = Transcript(playground)
        transcript.run("merge")
        transcript.run("index", "articles/大学.txt")
        transcript.run("merge")
        pause(seconds: 0.1)
        transcript.run("index", "articles")
        transcript.run("search", "清华大学", "--format", "trec")
        transcript.run("remove", "articles/notes")
        transcript.run("status")
        transcript.run("merge")
        transcript.run("status")
        transcript.run("check")
        transcript.run("search", "清华大学", "--format", "trec")
        transcript.run("merge")
        transcript.run("merge", "more")
        transcript.compare("merge")
    }

    @Test("many runs of few articles leave few segments, and what a fresh index says")
    func manyRuns() throws {
        let playground = Playground()
        for run in 1...20 {
            playground.write("第\(run)篇\n\n清华大学第\(run % 3)次招聘，团队\(run)。\n", to: "articles/\(run).txt")
            #expect(playground.run("index", "articles").ending == .status(0))
        }
        let status = playground.run("status").outputText
        let segments = try #require(status.firstMatch(of: #/segments +(\d+)\n/#).flatMap { Int($0.1) })
        #expect(segments < 8)
        #expect(playground.run("check").ending == .status(0))
        #expect(playground.run("index", "articles", "--index", "fresh").ending == .status(0))
        for query in ["清华大学", "招聘 团队7", "第1次"] {
            for mode in ["exact", "any"] {
                let merged = playground.run("search", query, "--format", "trec", "-n", "0", "--mode", mode)
                let fresh = playground.run(
                    "search", query, "--format", "trec", "-n", "0", "--mode", mode, "--index", "fresh")
                #expect(merged.outputText == fresh.outputText && !fresh.outputText.isEmpty)
            }
        }
    }

    @Test("a damaged index is not merged, and stays as it is")
    func damage() throws {
        let playground = Playground(Playground.articles)
        var generator = SplitMix64(seed: 1)
        var text = String.UnicodeScalarView()
        for _ in 0..<30_000 { text.append(Unicode.Scalar(UInt32(0x5000 + generator.below(5000)))!) }
        playground.write(String(text), to: "long.txt")
        #expect(playground.run("index", "long.txt").ending == .status(0))
        #expect(playground.run("index", "articles").ending == .status(0))
        // Larger than a page, so that the index opens all the same.
        let path = "Index/segment-1.paragraphs"
        var bytes = try #require(readFile(playground.directory.path(of: path)))
        bytes[60] ^= 1
        playground.directory.write(bytes, to: path)
        let names = playground.directory.names(in: "Index")
        #expect(playground.run("merge").failed("segment-1.paragraphs", "suoyin check"))
        #expect(playground.directory.names(in: "Index") == names)
        // What lies in the other segment is found as before.
        #expect(playground.run("search", "大模型").ending == .status(0))

        // Indexing goes on too. Only when that segment would be merged there is a warning.
        var warnings = 0
        for number in 1...8 {
            playground.write("又一篇，第\(number)次\n", to: "articles/more\(number).txt")
            let run = playground.run("index", "articles")
            #expect(run.ending == .status(0))
            if run.errorText.contains("warning: segments were not merged, and stay as they are: ") { warnings += 1 }
        }
        #expect(warnings > 0)
        #expect(playground.places("又一篇")?.count == 8)
    }

    @Test("a merge that is killed leaves the index as it was, or merged", arguments: Seed.first(1))
    func kill(seed: Seed) throws {
        var generator = seed.generator()
        let playground = Playground()
        let clock = ContinuousClock()
        // How long a whole run takes; from the second round on.
        var length = 0.0
        var unmerged = 0
        for round in 0...7 {
            for part in 0..<2 {
                let lines = (0..<150).map { "标记第\(round)轮第\(part)篇第\($0)段，信息流产品与团队在清华大学。" }
                playground.write(lines.joined(separator: "\n"), to: "articles/\(round)-\(part).txt")
                #expect(playground.run("index", "articles").ending == .status(0))
            }
            #expect(playground.run("remove", "articles/\(round)-0.txt").ending == .status(0))
            let start = clock.now
            let process = RunningTool(
                ["merge"].map { Array($0.utf8) }, in: playground.directory.path, input: ScratchFile().descriptor,
                output: ScratchFile().descriptor, errors: ScratchFile().descriptor)
            if round > 0 {
                // Half of the kills early, so that they meet a merge whatever else the machine does.
                pause(seconds: Double.random(in: 0...(round % 2 == 0 ? 0.4 : 1.1), using: &generator) * length)
                process.kill()
            }
            let ending = process.wait()
            if round == 0 { length = (clock.now - start) / .seconds(1) }
            #expect(ending == .status(0) || ending == .signal(9) && round > 0)
            let check = playground.run("check")
            #expect(check.ending == .status(0) && check.outputText.hasSuffix(": sound\n"))
            // A round's articles that were removed come back with the next one's run.
            #expect(playground.places("标记")?.count == (2 * round + 1) * 150)
            let status = playground.run("status").outputText
            if !status.contains("deleted articles  0") { unmerged += 1 }
        }
        #expect(unmerged > 0, "no merge was killed in time")
        #expect(playground.run("index", "articles").ending == .status(0))
        #expect(playground.run("merge").ending == .status(0))
        let files = playground.directory.names(in: "Index").filter { $0 != "lock" }
        #expect(playground.run("check").outputText.hasPrefix("\(files.count) files, "))
    }
}
