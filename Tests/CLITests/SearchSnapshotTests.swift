import TestSupport
import Testing

@Suite("search, word for word")
struct SearchSnapshotTests {
    /// The sample collection, indexed.
    private static func indexed() -> Playground {
        let playground = Playground(Playground.articles)
        #expect(playground.run("index", "articles").ending == .status(0))
        return playground
    }

    @Test("every format", arguments: ["text", "jsonl", "tsv", "trec", "paths", "vimgrep"])
    func formats(format: String) {
        var transcript = Transcript(Self.indexed())
        transcript.run("search", "清华大学", "--format", format)
        transcript.run("search", "清华大学", "--format", format, "--limit", "1")
        transcript.run("search", "清华大学 不存在的词", "--format", format, "--limit", "0")
        transcript.run("search", "绝无此语", "--mode", "exact", "--format", format)
        transcript.compare("format-\(format)")
    }

    @Test("every mode")
    func modes() {
        var transcript = Transcript(Self.indexed())
        for mode in ["exact", "all", "any", "auto"] {
            for query in ["清华大学", "人工智能课", "清华大学 人工智能", "智能大模型", "团队", "快讯"] {
                transcript.run("search", query, "--mode", mode, "--format", "trec")
            }
        }
        transcript.compare("modes")
    }

    @Test("several arguments, quotation marks, marks inside keywords, --plain")
    func queries() {
        var transcript = Transcript(Self.indexed())
        transcript.run("search", "字节跳动", "招聘", "--format", "trec")
        transcript.run("search", "字节跳动　招聘", "--format", "trec")
        transcript.run("search", #""字节跳动招聘""#, "--mode", "any", "--format", "trec")
        transcript.run("search", #""清华大学开学" 招聘"#, "--mode", "all", "--format", "trec")
        transcript.run("search", "《招聘》：", "--format", "trec")
        transcript.run("search", "招聘-清华", "--mode", "exact", "--format", "trec")
        transcript.run("search", "--mode", "exact", "--format", "trec", "--", "-招聘")
        transcript.run("search", #""招聘"#, "--plain", "--format", "trec")
        transcript.run("search", #""字节 跳动""#, "--plain", "--mode", "exact", "--format", "trec")
        transcript.run("search", "-n", "2", "大学", "--format", "trec")
        transcript.compare("queries")
    }

    @Test(
        "batches, of a file and of standard input", arguments: ["text", "jsonl", "tsv", "trec", "paths", "vimgrep"])
    func batches(format: String) {
        let playground = Self.indexed()
        let queries = "q1\t清华大学\n\n  \nq 2\t字节跳动 招聘\r\nq1\t绝无此语甲乙\nq4\t团队\nq5\t招聘\t开学\n"
        playground.write(queries, to: "queries.tsv")
        var transcript = Transcript(playground)
        transcript.run("search", "--queries", "queries.tsv", "--format", format, "--limit", "2")
        transcript.compare("batch-\(format)")
        let piped = playground.run("search", "--queries", "-", "--format", format, "--limit", "2", input: queries)
        let read = playground.run("search", "--queries", "queries.tsv", "--format", format, "--limit", "2")
        #expect(piped.output == read.output && piped.errors == read.errors && piped.ending == read.ending)
    }

    @Test("tokenize")
    func tokenize() {
        var transcript = Transcript(Playground())
        transcript.run("tokenize", "團(tuán)隊", "GPT-4o，信息流产品")
        transcript.run("tokenize", "--json", "團(tuán)隊 GPT-4o")
        transcript.run("tokenize", input: "清华\n大学")
        transcript.run("tokenize", "")
        transcript.compare("tokenize")
    }

    @Test("why")
    func why() {
        var transcript = Transcript(Playground(Playground.articles))
        transcript.run("why", "清华大学 GPT", "articles")
        transcript.run("why", "人工智能", "articles/短讯.jsonl", "--line", "2")
        transcript.run("why", "人工智能", "articles/短讯.jsonl", "--line", "2", "--json")
        transcript.run("why", "不存在", "articles/大学.txt")
        transcript.run("why", "，", "articles/大学.txt")
        transcript.run("why", "清华", "articles/没有.txt")
        transcript.run("why", "清华", "articles/大学.txt", "--line", "0")
        transcript.compare("why")
    }

    @Test("inspect")
    func inspect() {
        let playground = Playground(Playground.articles)
        playground.write("訪問Ki mi，\u{200B}他說?！稗o職。</p>\n\n清华大学计算机系招聘。\n清华大学的一天，全文见下。\n", to: "articles/抓取.txt")
        playground.write("清华大学的一天，全文见下。", to: "articles/转载.txt")
        playground.directory.write(
            [0xC7, 0xE5, 0xBB, 0xAA, 0xB4, 0xF3, 0xD1, 0xA7, 0xA1, 0xA3], to: "articles/旧.txt")
        playground.directory.write(Array("清华".utf8) + [0], to: "articles/坏.txt")
        var transcript = Transcript(playground)
        transcript.run("inspect", "articles")
        transcript.run("inspect", "articles/抓取.txt", "articles/旧.txt", "--json")
        transcript.run("inspect", "articles/没有.txt")
        transcript.run("inspect")
        transcript.compare("inspect")
    }

    @Test("a narrower fold")
    func fold() {
        var transcript = Transcript(Self.indexed())
        for level in ["none", "width", "icu", "full"] {
            transcript.run("search", "团队", "--fold", level, "--format", "trec")
        }
        transcript.run("search", "團隊", "--format", "jsonl")
        transcript.run("search", "团队", "--format", "jsonl")
        transcript.run("search", "团队", "--fold", "none", "--mode", "any")
        transcript.compare("fold")
    }

    @Test("help and version go to standard output")
    func help() {
        var transcript = Transcript(Playground())
        transcript.run()
        transcript.run("--version")
        transcript.run("--help")
        for command in [
            "index", "search", "show", "list", "status", "check", "remove", "inspect", "tokenize", "why",
        ] {
            transcript.run("help", command)
        }
        transcript.compare("help")
        let playground = Playground()
        #expect(playground.run("search", "--help").output == playground.run("help", "search").output)
    }

    @Test("arguments that make no command")
    func usage() {
        var transcript = Transcript(Playground())
        transcript.run("serach", "清华")
        transcript.run("index")
        transcript.run("search")
        transcript.run("search", "清华", "--queries", "-")
        transcript.run("search", "清华", "--limit", "-1")
        transcript.run("search", "清华", "--limit", "many")
        transcript.run("search", "清华", "--mode", "fuzzy")
        transcript.run("search", "清华", "--format", "xml")
        transcript.run("search", "清华", "--repeat", "0")
        transcript.run("search", "清华", "--snippet", "-1")
        transcript.run("search", "清华", "--context", "-1")
        transcript.run("search", "清华", "--per-article", "2")
        transcript.run("search", "清华", "--group", "--per-article", "0")
        transcript.run("search", "清华", "--unknown")
        transcript.run("search", "清华", "--index", "")
        transcript.run("remove")
        transcript.compare("usage")
    }
}
