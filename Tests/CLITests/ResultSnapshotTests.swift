import TestSupport
import Testing

@Suite("what is shown of hits, word for word")
struct ResultSnapshotTests {
    private static let report =
        "清华大学今天在北京宣布，将与多家企业共同建立人工智能研究院，并面向全球招聘研究人员。研究院设在清华园东侧，明年秋天开始工作。"

    /// Articles with long paragraphs, a reprint and neighbours.
    private static func indexed() -> Playground {
        let playground = Playground([
            ("articles/新闻.txt", "研究院成立\n\(report)\n有记者问到经费，校方没有回答。\n清华大学的学生对此表示欢迎。\n"),
            ("articles/转载.txt", "据报道，\(report)\n\n清华大学的另一条消息，与此无关，说的是图书馆闭馆。\n"),
            ("articles/短讯.jsonl", #"{"id":"n1","title":"快讯","text":"字节跳动招聘。\n清华大学开学，Transformer 是课程之一。"}"# + "\n"),
        ])
        #expect(playground.run("index", "articles").ending == .status(0))
        return playground
    }

    @Test("snippets", arguments: ["text", "jsonl", "tsv"])
    func snippets(format: String) {
        var transcript = Transcript(Self.indexed())
        transcript.run("search", "清华园", "--snippet", "20", "--format", format, "--limit", "1")
        transcript.run("search", "招聘 清华大学", "--snippet", "12", "--format", format)
        transcript.run("search", "清华园", "--snippet", "0", "--format", format, "--limit", "1")
        transcript.compare("snippet-\(format)")
    }

    @Test("context", arguments: ["text", "jsonl"])
    func context(format: String) {
        var transcript = Transcript(Self.indexed())
        transcript.run("search", "经费", "--context", "1", "--format", format)
        transcript.run("search", "经费", "-C2", "--snippet", "10", "--format", format)
        transcript.run("search", "研究院成立", "-C", "1", "--format", format)
        transcript.compare("context-\(format)")
    }

    @Test("groups and folded near-duplicates", arguments: ["text", "jsonl", "trec"])
    func arrangement(format: String) {
        var transcript = Transcript(Self.indexed())
        transcript.run("search", "清华大学", "--group", "--format", format)
        transcript.run("search", "清华大学", "--group", "--per-article", "1", "--limit", "2", "--format", format)
        transcript.run("search", "清华大学", "--collapse", "--format", format)
        let context = format == "trec" ? [] : ["--context", "1"]
        transcript.run(arguments: ["search", "清华大学", "--group", "--collapse", "--format", format] + context)
        transcript.compare("arrangement-\(format)")
    }

    @Test("explained scores", arguments: ["text", "jsonl"])
    func explanations(format: String) {
        var transcript = Transcript(Self.indexed())
        func run(_ query: String, _ options: String...) {
            transcript.run(arguments: ["search", query, "--explain", "--format", format] + options)
        }
        run("清华大学 经费", "--mode", "any", "--limit", "2")
        run("清华大学", "--limit", "2", "--snippet", "12")
        run("\"清华大学\" transformer", "--mode", "any", "--limit", "1")
        run("(transf* OR 经费) NOT 图书馆")
        run("研究院成立", "--mode", "all", "--limit", "1")
        transcript.compare("explain-\(format)")
    }

    @Test("suggestions")
    func suggestions() {
        let playground = Self.indexed()
        playground.write("q1\t字结跳动\nq2\t清华\n", to: "queries.tsv")
        var transcript = Transcript(playground)
        transcript.run("search", "字结跳动", "--mode", "exact")
        transcript.run("search", "字结跳动", "--mode", "exact", "--format", "jsonl")
        transcript.run("search", "字结跳动", "--limit", "1")
        transcript.run("search", "字结跳动", "--limit", "1", "--format", "jsonl")
        transcript.run("search", "字结跳动", "--limit", "1", "--format", "jsonl", "--suggest")
        transcript.run("search", "字结跳动", "--mode", "exact", "--no-suggest")
        transcript.run("search", "tranformer", "--mode", "exact")
        transcript.run("search", "qinghuadaxue", "--mode", "exact")
        transcript.run("search", "绝无此语", "--mode", "exact")
        transcript.run("search", "--queries", "queries.tsv", "--mode", "exact", "--limit", "1")
        transcript.run("search", "--queries", "queries.tsv", "--mode", "exact", "--limit", "1", "--suggest")
        transcript.compare("suggestions")
    }
}
