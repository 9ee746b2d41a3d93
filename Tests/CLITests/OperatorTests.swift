import TestSupport
import Testing

@Suite("operators and filters")
struct OperatorTests {
    private static let playground: Playground = {
        let playground = Playground(Playground.articles)
        playground.write("用GPT-4o写。\n\n清华的大学生用gptx。\n", to: "articles/旧/工具.txt")
        playground.run("index", "articles")
        return playground
    }()

    @Test("word for word")
    func snapshot() {
        var transcript = Transcript(Self.playground)
        for query in [
            "字节跳动 OR 图书馆", "清华大学 NOT 招聘", "(招聘 OR 开学) AND 字节跳动", "gpt*", "清华 gpt* NOT 4o",
            #""清华 招聘"~6"#, #""清华 招聘"~4"#, "(清华大学) (招聘", "绝无此语 OR 更无此语",
        ] {
            transcript.run("search", query, "--format", "trec")
        }
        transcript.run("search", "招聘 OR gpt*", "--format", "jsonl")
        transcript.run("search", "绝无此语 AND 清华")
        transcript.run("search", "清华大学 NOT 招聘", "--mode", "any", "--format", "trec")
        transcript.run("search", "清华大学 OR 招聘", "--mode", "all", "--format", "trec", "--limit", "2")
        transcript.run("why", "清华大学 NOT (招聘 OR 计算机)", "articles/大学.txt")
        transcript.run("why", "gpt* OR 图书馆", "articles/旧/工具.txt", "--line", "1")
        transcript.run("why", #""清华 招聘"~4"#, "articles/大学.txt", "--line", "3")
        transcript.compare("operators")
    }

    @Test("pinyin, word for word")
    func pinyin() {
        var transcript = Transcript(Self.playground)
        for query in [
            "py:zijietiaodong", "PY:zjtd", "py:zi4jie2tiao4dong4 NOT 招聘", "(py:tushuguan OR py:tuandui) NOT 三教",
            "py:qinghuadaxue AND 开学", "py:wulumuqi",
        ] {
            transcript.run("search", query, "--format", "trec")
        }
        transcript.run("search", "py:td OR py:zhaopin", "--limit", "2")
        transcript.run("search", "py:tuandui", "--format", "jsonl", "--path", "*.jsonl")
        transcript.run("search", "清华 py:xyz9")
        transcript.run("search", "py:zjtd", "--mode", "any")
        transcript.run("search", "py:zjtd", "--mode", "all", "--format", "trec")
        transcript.run("search", "py:zjtd", "--plain", "--mode", "exact")
        transcript.run("why", "py:zjtd", "articles/大学.txt")
        transcript.compare("pinyin")
    }

    @Test("what does not parse, word for word")
    func errors() {
        var transcript = Transcript(Self.playground)
        for query in [
            "清华 OR", "AND 清华", "清华 NOT", "NOT 清华", "清华 OR NOT 北大", "清华 OR (北大", "清华 OR ()",
            #"清华 OR "北大"#, #""清华"~3"#, #""清 华"~2000"#, "。 NOT 清华", #""清 ，"~2"#,
        ] {
            transcript.run("search", query)
        }
        transcript.run("search", "清华 OR 北大", "--mode", "any")
        transcript.run("search", "清华 OR", "--plain", "--mode", "exact")
        transcript.run("why", "清华 OR", "articles/大学.txt")
        transcript.run(
            "search", "--queries", "-", "--format", "trec", "--limit", "1", input: "q1\t清华 OR\nq2\t清华 OR 字节跳动\n")
        transcript.compare("operator-errors")
    }

    @Test("filters, word for word")
    func filters() {
        var transcript = Transcript(Self.playground)
        for options in [
            ["--path", "*.txt"], ["--path", "articles/旧/*"], ["--path", "旧/**", "--path", "*.md"],
            ["--path", "*.html"], ["--path", "articles"], ["--path", "./articles/旧"], ["--path", "旧/"],
            ["--title", "快讯"], ["--since", "2024"], ["--until", "2024-04"],
            ["--since", "2024-05", "--until", "2024-05-01"],
            ["--article", "n1"], ["--article", "大学.txt", "--article", "notes/模型.md"],
        ] {
            transcript.run(arguments: ["search", "清华", "--format", "trec"] + options)
        }
        transcript.run("search", "清华大学 人工智能", "--path", "*.md", "--mode", "any", "--format", "trec")
        transcript.run("search", "清华", "--since", "2024-5")
        transcript.run("search", "清华", "--until", "")
        transcript.run("search", "清华", "--since", "2024", "--until", "2023-12")
        transcript.run("search", "清华", "--title", "。")
        transcript.run("search", "清华", "--path", "")
        transcript.compare("filters")
    }

    @Test("the worst of queries are answered or refused at once")
    func worst() {
        let playground = Playground()
        let words = (0..<1001).map { "词x\($0)" }.joined(separator: "，")
        playground.write(words + "\n", to: "a.txt")
        playground.run("index", "a.txt")
        func run(_ query: String, _ options: String...) -> Tool.Result {
            let queries = "q1\t\(query)\n"
            return Tool.run(
                (["search", "--queries", "-", "--format", "trec"] + options).map { Array($0.utf8) },
                in: playground.directory.path, input: Array(queries.utf8), seconds: 20)
        }
        func refused(_ run: Tool.Result, _ part: String) -> Bool { run.failed("suoyin: query line 1: ", part) }
        let deep = String(repeating: "(", count: 100_000) + "词"
        #expect(run(deep).ending == .status(0))
        #expect(refused(run(deep + " OR 词"), "nested deeper"))
        #expect(refused(run(String(repeating: "词 OR ", count: 5000) + "词"), "more than 1000 keywords"))
        #expect(run(String(repeating: "词 OR ", count: 999) + "词").ending == .status(0))
        #expect(run(String(repeating: "词 NOT ", count: 999) + "天").ending == .status(1))
        #expect(refused(run(String(repeating: "NOT ", count: 5000) + "词"), "nothing to take away from"))
        #expect(refused(run("x*"), "more than 1000 words of the index begin with x"))
        #expect(run("x1* OR x2* OR x3*").ending == .status(0))
        #expect(run(String(repeating: "清", count: 10_000) + " OR 词").ending == .status(0))
        #expect(run(String(repeating: "词，", count: 5000) + "* OR 词").ending == .status(0))
        #expect(run("\"" + String(repeating: "词 ", count: 2) + "\"~1000").ending == .status(0))
        #expect(run(String(repeating: "\"(", count: 5000) + " OR").ending == .status(2))
        #expect(
            run(String(repeating: "(f) ", count: 5000) + "OR 词", "--plain", "--mode", "exact").ending == .status(1))
    }

    @Test("where filters leave no article, it is said that it is them")
    func emptyFilters() {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles")
        func message(_ arguments: [String]) -> String {
            let run = Tool.run(
                (["search", "清华大学"] + arguments).map { Array($0.utf8) }, in: playground.directory.path)
            #expect(run.ending == .status(1) && run.output.isEmpty)
            return run.errorText
        }
        for filter in [["--path", "*.html"], ["--since", "2999"], ["--article", "n1", "--since", "2999"]] {
            #expect(message(filter) == "nothing found: no article passes the filters\n")
        }
        #expect(
            message(["--article", "没有", "--article", "x\n"])
                == "nothing found: no article has the id 没有 or x ; `suoyin list` shows the ids there are\n")
        #expect(message(["--article", "n2", "--mode", "exact"]) == "nothing found\n")
        let batch = playground.run("search", "--queries", "-", "--article", "没有", input: "q1\t清华\nq2\t大学\n")
        #expect(batch.errorLines.count { $0.contains("no article has the id 没有") } == 2)
    }
}
