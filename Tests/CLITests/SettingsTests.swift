import TestSupport
import Testing

@Suite("settings and what is left out, word for word")
struct SettingsTests {
    private static let settings = """
        index = "places/index"
        paths = ["articles", "notes"]
        exclude = ["*.bak.txt", "articles/old/**"]
        encodings = ["gbk/*=GBK"]
        memory = "64M"

        [search]
        limit = 1
        mode = "exact"
        """

    private func playground() -> Playground {
        let playground = Playground(
            Playground.articles + [
                ("notes/甲.txt", "清华大学的笔记\n"), ("notes/甲.bak.txt", "清华大学的旧笔记\n"),
                ("articles/old/乙.txt", "清华大学从前\n"), ("notes/old/丙.txt", "清华大学另一处的从前\n"),
            ])
        playground.write(Self.settings, to: "suoyin.toml")
        return playground
    }

    @Test("a file, from its directory and from below, under environment and options")
    func precedence() {
        let playground = playground()
        var transcript = Transcript(playground)
        transcript.run("index")
        transcript.run("status")
        transcript.run("search", "清华大学", "--format", "paths")
        transcript.run("search", "清华大学", "--format", "paths", environment: ["SUOYIN_LIMIT": "2"])
        transcript.run("search", "清华大学", "--format", "paths", "-n", "0", environment: ["SUOYIN_LIMIT": "2"])
        transcript.run("search", "清华大学与别的")
        transcript.run(
            "status", environment: ["SUOYIN_MODE": "any", "SUOYIN_PATHS": "a:b", "SUOYIN_EXCLUDE": "c:d/*"])
        transcript.run("index", "--index", "Index", "notes", environment: ["SUOYIN_INDEX": "none"])
        transcript.compare("settings")
        // Below its directory the same holds, and nothing but the paths that are shown differs.
        let below = Tool.run(
            ["search", "清华大学", "--format", "paths"].map { Array($0.utf8) },
            in: playground.directory.path(of: "notes"))
        #expect(below.ending == .status(0) && below.outputLines.count == 1)
        let index = Tool.run([Array("index".utf8)], in: playground.directory.path(of: "notes"))
        #expect(index.errorText.hasPrefix("files: 5 unchanged"))
        let other = playground.run(
            "search", "清华大学", "--format", "paths", environment: ["SUOYIN_CONFIG": "/dev/null"])
        #expect(other.failed("SUOYIN_CONFIG", "/dev/null"))
        let home = Tool.run(
            ["search", "清华大学"].map { Array($0.utf8) }, in: playground.directory.path(of: "notes"),
            environment: ["HOME": playground.directory.path(of: "notes")])
        #expect(home.failed("no index at Index"))
        // A home that is a link, or ends in a slash, is the same.
        playground.directory.link("home", to: "notes")
        for name in ["home", "notes/", "home/"] {
            let run = Tool.run(
                ["search", "清华大学"].map { Array($0.utf8) }, in: playground.directory.path(of: "notes"),
                environment: ["HOME": playground.directory.path(of: name)])
            #expect(run.failed("no index at Index"), "\(name)")
        }
    }

    @Test("mistakes in them")
    func mistakes() {
        let playground = Playground()
        var transcript = Transcript(playground)
        for text in [
            "indx = \"a\"", "\nindex = 3", "paths = \"a\"", "paths = [\n  \"a\",\n  2,\n]", "[search]\nlimit = -1",
            "[search]\nlimit = \"3\"", "[search]\nmode = \"best\"", "[search]\nlimits = 3", "search = 3",
            "memory = \"8M\"",
            "memory = \"viel\"", "memory = 33554432\nencodings = [\"a\"]", "encodings = [\"a=EBCDIC\"]", "index = ",
            "index = \"\"",
            "[[search]]\nlimit = 1", "[index]\nlimit = 1", "memory = 1.5",
        ] {
            playground.write(text, to: "suoyin.toml")
            transcript.run("status")
        }
        playground.directory.remove("suoyin.toml")
        for (name, value) in [
            ("SUOYIN_LIMIT", "viele"), ("SUOYIN_MODE", "best"), ("SUOYIN_MEMORY", "1M"),
            ("SUOYIN_ENCODINGS", "a=b"),
            ("SUOYIN_CONFIG", "none.toml"),
        ] {
            transcript.run("status", environment: [name: value])
        }
        transcript.compare("settings-mistakes")
        playground.write("indx = 1", to: "suoyin.toml")
        #expect(playground.run("--version").ending == .status(0))
        #expect(playground.run("--help").ending == .status(0))
    }

    @Test("what is left out is dropped from the index, and taken up again; inspect and why say by what")
    func leftOut() {
        let playground = Playground(Playground.articles + [("articles/notes/草稿/丁.txt", "清华大学的草稿\n")])
        var transcript = Transcript(playground)
        transcript.run("index", "articles")
        playground.write("# 不要\n草稿/\n*.md\n", to: "articles/notes/.suoyinignore")
        transcript.run("index", "articles")
        transcript.run("search", "清华大学", "--format", "paths")
        transcript.run("index", "articles/notes")
        transcript.run("inspect", "articles/notes/模型.md")
        transcript.run("inspect", "articles/notes")
        transcript.run("inspect", "articles", "--json", "--exclude", "大学.*", "--exclude", "*.jsonl")
        transcript.run("inspect", "articles/notes/模型.md", "--json")
        transcript.run("why", "清华大学", "articles/notes/草稿")
        transcript.run("index", "articles", "--exclude", "大学.*", "--no-ignore")
        transcript.run("index", "articles", "--include", "*.md", "--include", "*.jsonl")
        transcript.run("index", "articles", "--include", "*.xyz")
        transcript.run(
            "index", "articles", "--exclude", "*.txt", "--exclude", "*.md", "--exclude", "*l", "--no-ignore")
        playground.write("exclude = [\"*.txt\", \"*.md\"]\n", to: "suoyin.toml")
        transcript.run("index", "articles", "--no-ignore", environment: ["SUOYIN_EXCLUDE": "*.jsonl"])
        transcript.run("index", "articles/notes", environment: ["SUOYIN_INCLUDE": "*.x"])
        playground.directory.remove("suoyin.toml")
        transcript.run("index", "articles/notes/模型.md")
        playground.directory.remove("articles/notes/.suoyinignore")
        transcript.run("index", "articles")
        transcript.run("check")
        transcript.compare("left-out")
    }
}
