import TestSupport
import Testing

@Suite("counts, paths, places, order and silence")
struct SearchOutputTests {
    private static func indexed() -> Playground {
        let playground = Playground(Playground.articles)
        let lines = [("旧", "2019"), ("无", "昨天"), ("新", "2024-06-01"), ("中", "2021-03")].map { id, date in
            #"{"id":"\#(id)","text":"清华大学的\#(id)消息。\n清华大学又及。","date":"\#(date)"}"#
        }
        playground.write(lines.joined(separator: "\n") + "\n", to: "articles/消息.jsonl")
        #expect(playground.run("index", "articles").ending == .status(0))
        return playground
    }

    @Test("-c, -l, -0 and -q")
    func kinds() {
        let playground = Self.indexed()
        let queries = "q1\t清华大学\nq2\t绝无此语\nno tab\nq 3\t团队\n"
        var transcript = Transcript(playground)
        transcript.run("search", "清华大学", "-c")
        transcript.run("search", "清华大学", "--mode", "any", "--count")
        transcript.run("search", "绝无此语", "-c", "--mode", "exact")
        transcript.run("search", "-c", "--mode", "exact", "--queries", "-", input: queries)
        transcript.run("search", "清华大学", "-l")
        transcript.run("search", "清华大学", "--files-with-matches", "--limit", "1")
        transcript.run("search", "清华大学", "-q")
        transcript.run("search", "绝无此语", "-q", "--mode", "exact")
        transcript.run("search", "-q", "--queries", "-", input: queries)
        transcript.run("search", "-q", "--mode", "exact", "--queries", "-", input: "q1\t绝无此语\nno tab\n")
        transcript.run("search", "清华大学", "-q", "--index", "none")
        transcript.compare("kinds")
        // Every mode and operators come to the same answer, whether or not they end at the first hit.
        for query in ["清华大学", "绝无此语", "清华 NOT 大学", "招聘 OR 绝无此语", "字节*", "py:tuandui"] {
            for mode in ["auto", "exact", "all"] {
                let whole = playground.run("search", query, "--mode", mode, "--format", "trec")
                let quiet = playground.run("search", query, "--mode", mode, "--quiet")
                #expect(quiet.ending == whole.ending && quiet.output.isEmpty, "\(query) \(mode)")
                let count = playground.run("search", query, "--mode", mode, "--count")
                let all = playground.run("search", query, "--mode", mode, "--format", "trec", "--limit", "0")
                #expect(count.outputText == "\(all.outputLines.count)\n" && count.ending == all.ending)
            }
        }
    }

    @Test("-l lists the files of all literal hits, and of best matches those of the best")
    func everyFile() {
        let files = (10..<40).map { ("articles/\($0).txt", "清华大学的第\($0)件事\n大学之\($0)\n") }
        let playground = Playground(files)
        playground.run("index", "articles")
        func count(_ query: String, mode: String = "auto") -> Int {
            playground.run("search", query, "-l", "--mode", mode).outputLines.count
        }
        #expect(count("清华大学") == 30 && count("清华大学", mode: "all") == 30)
        #expect(playground.run("search", "清华大学", "-l", "-n", "7").outputLines.count == 7)
        #expect(playground.run("search", "清华大学", "--format", "paths").outputLines.count <= 10)
        #expect(count("清华大学", mode: "any") <= 10 && count("绝无清华此语") <= 10)
        #expect(playground.run("search", "--queries", "-", "-l", input: "q1\t清华大学\n").outputLines.count == 30)
    }

    @Test("-l0 for xargs -0: any name there may be")
    func nullPaths() {
        let playground = Playground([("articles/a\nb.txt", "清华大学\n"), ("articles/c d.txt", "清华大学\n清华大学\n")])
        #expect(playground.run("index", "articles").ending == .status(0))
        let paths = playground.run("search", "清华", "-l0", "-n", "0").output
        #expect(
            Set(paths.split(separator: 0)) == [
                Array("articles/a\nb.txt".utf8)[...], Array("articles/c d.txt".utf8)[...],
            ])
        #expect(playground.run("search", "清华", "--format", "paths", "--null", "--limit", "0").output == paths)
    }

    @Test("vimgrep: line and byte of the match where the file still says so, else the line of the paragraph")
    func places() {
        let playground = Playground([
            ("articles/一.txt", "题目\n\n　　在清华园里。\n前面的字清华大学\n"), ("articles/标.txt", "\u{FEFF}到清华去\n"),
            ("articles/行.md", "# 题\n\n第一行的字，\n到清华去。\n"), ("articles/注.txt", "一行\n團(tuán)隊在清(qīng)華\n"),
            ("articles/改.txt", "空行\n他在清华大学\n"), ("articles/没.txt", "空行\n他也在清华大学\n"),
        ])
        // GBK: "他说清华"
        playground.directory.write([0xCB, 0xFB, 0xCB, 0xB5, 0xC7, 0xE5, 0xBB, 0xAA, 0x0A], to: "articles/国.txt")
        #expect(playground.run("index", "articles", "--encoding", "国.txt=GBK").ending == .status(0))
        playground.write("别的\n别的别的别的别的别的别的\n", to: "articles/改.txt")
        playground.directory.remove("articles/没.txt")
        var transcript = Transcript(playground)
        transcript.run("search", "清华", "--format", "vimgrep", "--sort", "path")
        transcript.run("search", "清华大学", "--format", "vimgrep", "--snippet", "2", "--path", "一.txt")
        transcript.compare("vimgrep")
    }

    @Test("--sort")
    func order() throws {
        let playground = Self.indexed()
        var transcript = Transcript(playground)
        for order in ["score", "date", "path"] {
            transcript.run("search", "清华大学", "--sort", order, "--format", "tsv", "-n", "4", "--path", "消息.jsonl")
        }
        transcript.run("search", "清华大学", "--sort", "date", "--group", "--per-article", "1", "-n", "2")
        transcript.run("search", "清华大学 没有这个", "--sort", "path", "--format", "tsv", "-n", "3")
        transcript.compare("sort")
        // The twin: all hits by score, put in order here. A stable sort keeps equal dates by score.
        func keyed(_ arguments: String...) throws -> [(date: String, place: String)] {
            let all = ["search", "清华大学", "--format", "jsonl", "--limit", "0"] + arguments
            let run = Tool.run(all.map { Array($0.utf8) }, in: playground.directory.path)
            return try run.output.split(separator: 0x0A).compactMap { StrictJSON($0) }
                .filter { $0["type"].string == "hit" }.map { hit in
                    let id = try #require(hit["article"]["id"].string)
                    return (hit["article"]["date"].string ?? "", "\(id)#\(hit["paragraph"]["number"].integer ?? 0)")
                }
        }
        let byScore = try keyed()
        // Found among the dates as text: a year or month sorts as its first day.
        let dates = ["2024-06-01", "2024-05-01", "2021-03", "2019"]
        let expected = (dates + [nil]).flatMap { date in
            byScore.filter { date == nil ? !dates.contains($0.date) : $0.date == date }
        }
        #expect(try keyed("--sort", "date").map(\.place) == expected.map(\.place))
        #expect(byScore.count > 8)
    }

    @Test("what makes no sense together is an error that says so")
    func nonsense() {
        let playground = Self.indexed()
        var transcript = Transcript(playground)
        for arguments in [
            ["-c", "-l"], ["-c", "-q"], ["-q", "--format", "jsonl"], ["-l", "--format", "tsv"], ["-0"],
            ["-0", "--format", "tsv"], ["-c", "-n", "3"], ["-q", "--sort", "date"], ["-c", "--group"],
            ["-l", "--snippet", "20"], ["-q", "--explain"], ["-c", "-C", "1"], ["-l", "--suggest"],
            ["--format", "vimgrep", "--explain"], ["--format", "tsv", "--explain"],
            ["--format", "tsv", "--suggest"],
            ["--format", "trec", "--snippet", "9"], ["--format", "paths", "-C", "1"],
            ["--format", "trec", "--sort", "path"], ["--sort", "size"],
            ["--index", "Index", "--index", "./Index"],
        ] {
            transcript.run(arguments: ["search", "清华"] + arguments)
        }
        transcript.compare("nonsense")
    }
}
