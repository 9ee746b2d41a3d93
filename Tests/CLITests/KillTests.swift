import TestSupport
import Testing

/// Whatever moment an indexing run dies at, the index is that of the last complete run or of this one, and the
/// next run goes on from there. `SUOYIN_KILLS=200` kills two hundred.
@Suite("a run that is killed")
struct KillTests {
    private static let rounds = campaign("SUOYIN_KILLS", default: 24)

    /// The articles of a round: every one changed since the round before, one more new, one gone.
    private static func files(round: Int) -> [(name: String, text: String)] {
        (round..<2 * round + 20).map { number in
            let lines = (0..<8).map { "第\(number)篇第\($0)段，第\(round)版，信息流产品与团队在清华大学。" }
            return ("\(number).txt", "标记第\(round)版第\(number)篇\n" + lines.joined(separator: "\n"))
        }
    }

    /// What a search for the common mark finds in a round: the first line of every article.
    private static func expected(_ files: [(name: String, text: String)]) -> Set<String> {
        Set(files.map { "\($0.name) \($0.text.prefix { $0 != "\n" })" })
    }

    private func found(_ playground: Playground) throws -> Set<String> {
        let hits = try #require(playground.hits("标记", "--mode", "exact"))
        let found = try hits.map { hit in
            "\(try #require(hit["article"]["id"].string)) \(try #require(hit["paragraph"]["text"].string))"
        }
        #expect(Set(found).count == found.count, "no paragraph comes twice")
        return Set(found)
    }

    /// Waits until the run has cleaned up after the one before, and then has written all files but the manifest.
    private func waitForCommit(_ playground: Playground) {
        let deadline = ContinuousClock.now + .seconds(2)
        var before: [String] = []
        while ContinuousClock.now < deadline {
            let sources = playground.directory.names(in: "Index").filter {
                $0.hasPrefix("sources-") && !$0.hasSuffix(".copy")
            }
            if before.isEmpty, sources.count == 1 { before = sources }
            if !before.isEmpty, sources != before { return }
            pause(seconds: 0.0002)
        }
    }

    @Test("many times, at a moment of its own", arguments: Seed.first(1))
    func kill(seed: Seed) throws {
        var generator = seed.generator()
        let playground = Playground()
        let clock = ContinuousClock()
        func write(_ round: Int) {
            for name in playground.directory.names(in: "articles") {
                playground.directory.remove("articles/" + name)
            }
            for file in Self.files(round: round) { playground.write(file.text, to: "articles/" + file.name) }
        }
        write(0)
        let start = clock.now
        #expect(playground.run("index", "articles").ending == .status(0))
        // How long a run takes, as far as the rounds so far tell: it depends on what else the machine does.
        let first = (clock.now - start) / .seconds(1)
        var length = first

        var committed = Self.expected(Self.files(round: 0))
        var endings: [String: Int] = [:]
        for round in 1...Self.rounds {
            write(round)
            let next = Self.expected(Self.files(round: round))
            // A third of the kills anywhere in the run, a third near its end, a third while it commits.
            let moment = Double.random(in: (round % 3 == 0 ? 0 : 0.7)...1.15, using: &generator) * length
            let process = RunningTool(
                ["index", "articles"].map { Array($0.utf8) }, in: playground.directory.path,
                input: ScratchFile().descriptor, output: ScratchFile().descriptor, errors: ScratchFile().descriptor)
            if round % 3 == 2 {
                waitForCommit(playground)
                pause(seconds: Double.random(in: 0...0.01, using: &generator))
            } else {
                pause(seconds: moment)
            }
            process.kill()
            let ending = process.wait()

            let comment: Comment = "round \(round), killed after about \(moment) s: \(ending)"
            let check = playground.run("check")
            #expect(check.ending == .status(0) && check.outputText.hasSuffix(": sound\n"), comment)
            let found = try found(playground)
            if found == next {
                endings[ending == .status(0) ? "complete" : "killed after the commit", default: 0] += 1
                committed = next
                if round % 3 != 2 { length = min(length, max(moment, length * 0.9)) }
            } else {
                #expect(found == committed, comment)
                #expect(ending == .signal(9), comment)
                endings["killed before the commit", default: 0] += 1
                if round % 3 != 2, moment > 0.8 * length { length = min(length * 1.25, first * 2) }
            }
        }
        // Otherwise the moments miss the point.
        #expect(endings["killed before the commit", default: 0] >= Self.rounds / 6, "\(endings)")
        #expect(endings["killed before the commit", default: 0] < Self.rounds, "\(endings)")

        #expect(playground.run("index", "articles").ending == .status(0))
        #expect(try found(playground) == Self.expected(Self.files(round: Self.rounds)))
        let check = playground.run("check")
        #expect(check.ending == .status(0))
        // Nothing of the runs that died is left behind.
        let files = playground.directory.names(in: "Index").filter { $0 != "lock" }
        #expect(check.outputText.hasPrefix("\(files.count) files, "))
    }

    @Test("in its first run, of which no index need come", arguments: [0, 0.01, 0.1, 0.3])
    func killFirst(moment: Double) throws {
        let playground = Playground(Self.files(round: 0).map { ("articles/" + $0.name, $0.text) })
        let process = RunningTool(
            ["index", "articles"].map { Array($0.utf8) }, in: playground.directory.path,
            input: ScratchFile().descriptor, output: ScratchFile().descriptor, errors: ScratchFile().descriptor)
        pause(seconds: moment)
        process.kill()
        if process.wait() == .signal(9), !playground.directory.exists("Index/manifest") {
            // All of the commit may be there but the name of its manifest.
            let search = playground.run("search", "标记", "--mode", "exact")
            #expect(search.failed("no index at Index") || search.ending == .status(0))
        }
        #expect(playground.run("index", "articles").ending == .status(0))
        #expect(try found(playground) == Self.expected(Self.files(round: 0)))
        #expect(playground.run("check").ending == .status(0))
    }

    private func start(_ playground: Playground, _ arguments: String...) -> RunningTool {
        RunningTool(
            arguments.map { Array($0.utf8) }, in: playground.directory.path,
            input: ScratchFile().descriptor, output: ScratchFile().descriptor, errors: ScratchFile().descriptor)
    }

    @Test("a merge that is killed leaves everything there is, and the next one is done", arguments: Seed.first(1))
    func killMerge(seed: Seed) throws {
        var generator = seed.generator()
        let playground = Playground()
        let clock = ContinuousClock()
        var expected: Set<String> = []
        var length = 0.02
        var killed = 0
        for round in 0..<Self.rounds {
            // Every run adds a segment.
            for number in 0..<3 {
                let file = Self.files(round: 0)[number]
                let name = "\(round)-\(number).txt"
                playground.write(file.text, to: "articles/" + name)
                expected.insert("\(name) \(file.text.prefix { $0 != "\n" })")
                #expect(playground.run("index", "articles").ending == .status(0))
            }
            let begin = clock.now
            let process = start(playground, "merge")
            pause(seconds: Double.random(in: 0...1, using: &generator) * length)
            process.kill()
            let ending = process.wait()
            if ending == .signal(9) {
                killed += 1
                length *= 1.05
            } else {
                length = min(length, (clock.now - begin) / .seconds(1))
            }
            let check = playground.run("check")
            #expect(check.ending == .status(0) && check.outputText.hasSuffix(": sound\n"), "round \(round)")
            #expect(try found(playground) == expected, "round \(round)")
        }
        #expect(killed > 0)
        #expect(playground.run("merge").ending == .status(0))
        #expect(try found(playground) == expected)
        let files = playground.directory.names(in: "Index")
        #expect(files.filter { $0.hasSuffix(".terms") }.count == 1, "\(files)")
    }

    @Test("a follower that is killed leaves a commit, and the next run catches up", arguments: Seed.first(1))
    func killFollower(seed: Seed) throws {
        var generator = seed.generator()
        let playground = Playground()
        /// What has been written to each file, the last one at the end.
        var versions: [String: [String]] = [:]
        func write(_ round: Int) {
            for _ in 0...generator.below(4) {
                let name = "\(generator.below(30)).txt"
                let text = "标记第\(round)版第\(versions[name, default: []].count)次"
                // Saved as editors do, so that nobody reads half of it.
                playground.write(text + "\n信息流产品\n", to: "new")
                playground.directory.rename("new", to: "articles/" + name)
                versions[name, default: []].append(text)
            }
        }
        playground.directory.makeDirectory("articles")
        write(0)
        #expect(playground.run("index", "articles").ending == .status(0))
        for round in 1...Self.rounds {
            let process = start(playground, "index", "--watch", "articles")
            let changes = 1 + generator.below(3)
            for _ in 0..<changes {
                pause(seconds: Double.random(in: 0...0.3, using: &generator))
                write(round)
            }
            // A follower commits a fraction of a second after a change.
            pause(seconds: Double.random(in: 0...0.8, using: &generator))
            process.kill()
            #expect(process.wait() == .signal(9))
            let check = playground.run("check")
            #expect(check.ending == .status(0) && check.outputText.hasSuffix(": sound\n"), "round \(round)")
            let known = Set(versions.flatMap { name, texts in texts.map { "\(name) \($0)" } })
            #expect(try found(playground).isSubset(of: known), "round \(round)")
            guard generator.once(in: 3) else { continue }
            #expect(playground.run("index", "articles").ending == .status(0))
            let last = Set(versions.map { "\($0.key) \($0.value.last!)" })
            #expect(try found(playground) == last, "round \(round)")
        }
    }
}
