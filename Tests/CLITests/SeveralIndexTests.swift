import TestSupport
import Testing

@Suite("several indexes, searched as one")
struct SeveralIndexTests {
    private static func indexed() -> Playground {
        let playground = Playground([
            ("a/大学.txt", "清华大学的一天\n\n清华大学计算机系招聘。\n图书馆在清华园，人工智能课在三教。\n"),
            ("a/模型.md", "# 大模型\n\n人工智能与**大模型**。\n\n- 字节跳动\n- 清华大学\n"),
            ("b/短讯.jsonl", #"{"id":"n1","title":"快讯","text":"字节跳动招聘。\n清华大学开学。","date":"2024-05-01"}"# + "\n"),
            ("b/大学.txt", "另一所大学，与清华大学无关。\n"),
        ])
        for (names, index) in [(["a"], "one"), (["b"], "two"), (["a", "b"], "both")] {
            let arguments = (["index"] + names + ["--index", index]).map { Array($0.utf8) }
            #expect(Tool.run(arguments, in: playground.directory.path).status == 0)
        }
        return playground
    }

    @Test("hits, scores, counts and filters are those of one index that holds all")
    func same() {
        let playground = Self.indexed()
        let queries = ["清华大学", "人工智能 大模型", "招聘 NOT 清华", "没有这个词的句子", "py:zijie", "\"清华 招聘\"~10"]
        let options = [
            [], ["--mode", "any"], ["--path", "*.txt"], ["--article", "大学.txt"], ["--since", "2024"],
            ["--title", "大学"],
            ["--sort", "path"], ["--sort", "date"], ["--group"], ["--count"],
            ["--explain", "--suggest", "-C", "1"],
        ]
        for query in queries {
            for option in options {
                let format = option == ["--count"] ? [] : ["--format", "jsonl", "--limit", "0"]
                func run(_ indexes: String...) -> Tool.Result {
                    let all = ["search", query] + format + option + indexes.flatMap { ["--index", $0] }
                    return Tool.run(all.map { Array($0.utf8) }, in: playground.directory.path)
                }
                let (one, several) = (run("both"), run("one", "two"))
                #expect(one.outputText == several.outputText && one.ending == several.ending, "\(query) \(option)")
                #expect(one.errors == several.errors, "\(query) \(option)")
            }
        }
    }

    @Test("one that is missing, or given twice, is named")
    func errors() {
        let playground = Self.indexed()
        playground.directory.link("link", to: "one")
        let missing = playground.run("search", "清华", "--index", "one", "--index", "three")
        #expect(missing.failed("three"))
        #expect(playground.run("search", "清华", "--index", "one", "--index", "link").failed("--index link", "twice"))
    }

    @Test("an article that two of them hold is two articles")
    func overlap() {
        let playground = Self.indexed()
        let hits = playground.run(
            "search", "开学", "--mode", "exact", "--format", "trec", "--index", "two", "--index", "both")
        #expect(hits.outputLines.count == 2)
    }
}
