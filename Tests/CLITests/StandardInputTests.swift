import TestSupport
import Testing

@Suite("articles on standard input")
struct StandardInputTests {
    private static let first = """
        {"id":"a","title":"甲","text":"清华大学招聘","date":"2024-05-01"}
        {"id":"b","text":"图书馆在清华园"}

        """

    /// An index of a directory and of ``first``.
    private static func indexed() -> Playground {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles", "-", input: first)
        return playground
    }

    @Test("they join what came so before, by id, and no other run drops them, word for word")
    func life() {
        let playground = Playground(Playground.articles)
        var transcript = Transcript(playground)
        transcript.run("index", "-", input: Self.first)
        transcript.run("index", "articles")
        let second = """
            {"id":"b","text":"图书馆不在清华园"}
            {"id":"a","title":"甲","text":"清华大学招聘","date":"2024-05-01"}
            坏的一行
            {"id":"c","text":"新的清华大学"}
            {"id":"c","text":"又一个清华大学"}
            {"id":"n1","text":"这个编号有一个文件也有"}

            """
        transcript.run("index", "--dry-run", "-", input: second)
        transcript.run("index", "articles", "-", input: second)
        transcript.run("index", "-", input: second)
        transcript.run("list", "--format", "tsv", "--path", "-")
        playground.directory.remove("articles/大学.txt")
        transcript.run("index", "articles")
        transcript.run("search", "清华", "--mode", "exact", "--sort", "path")
        transcript.run("search", "清华", "--mode", "exact", "--format", "vimgrep", "--sort", "path")
        transcript.run("show", "b")
        transcript.run("status")
        transcript.run("check")
        transcript.compare("standard-input")
    }

    @Test("what they have no place in is refused, and what cannot be done says why, word for word")
    func refusals() {
        let playground = Self.indexed()
        var transcript = Transcript(playground)
        transcript.run("index", "--watch", "-")
        transcript.run("index", "--files-from", "-", "-")
        transcript.run("index", "-")
        transcript.run("index", "-", input: "{\n")
        transcript.run("remove")
        transcript.run("remove", "--article", "a", "-")
        transcript.run("remove", "--article", "n1", "--article", "大学.txt", "--article", "没有", "--article", "a")
        transcript.run("remove", "--article", "没有")
        transcript.run("list", "--format", "tsv", "--path", "-")
        transcript.run("remove", "-", "articles/notes")
        transcript.run("remove", "-")
        transcript.compare("standard-input-refusals")
    }

    @Test("a directory or nothing in the place of standard input is an error")
    func unreadable() {
        let playground = Self.indexed()
        func shell(_ script: String) -> Tool.Result {
            Tool.run([], in: playground.directory.path, launcher: ["/bin/sh", "-c", "\"$0\" index - \(script)"])
        }
        #expect(shell("</").failed("-: cannot be read: Is a directory"))
        #expect(shell("<&-").failed("standard input, which is closed"))
        #expect(playground.run("list", "--path", "-", "--format", "tsv").outputLines.count == 2)
    }

    @Test("merging, rebuilding and copying keep them")
    func upkeep() {
        let playground = Self.indexed()
        playground.run("index", "-", input: #"{"id":"c","text":"后来的清华"}"#)
        let before = playground.run("list", "--format", "jsonl").output
        for command in [["merge"], ["reindex"], ["snapshot", "copy"]] {
            #expect(Tool.run(command.map { Array($0.utf8) }, in: playground.directory.path).ending == .status(0))
            #expect(playground.run("check").ending == .status(0))
            #expect(playground.run("list", "--format", "jsonl").output == before)
        }
        #expect(playground.run("list", "--format", "jsonl", "--index", "copy").output == before)
    }

    @Test("a repair says which are lost, and leaves them out of what is to be indexed again")
    func repair() {
        let playground = Self.indexed()
        playground.run("index", "-", input: #"{"id":"c","text":"后来的清华"}"#)
        let name = playground.directory.names(in: "Index").first { $0.hasSuffix(".paragraphs") } ?? ""
        playground.directory.write([1], to: "Index/" + name)
        let repair = playground.run("check", "--repair")
        #expect(repair.ending == .status(0))
        #expect(repair.outputLines.count == 3 && repair.outputLines.allSatisfy { $0.contains("/articles/") })
        #expect(repair.errorText.contains("no file has them; give them to `suoyin index -` again:\n  a\n  b\n"))
        #expect(playground.run("search", "清华", "-c").errorText.contains("hits may be missing"))
        #expect(playground.run("list", "--path", "-", "--format", "tsv").outputLines == ["c\t-\t\t\t1"])
        playground.run("index", "-", "articles", input: Self.first)
        #expect(!playground.run("search", "清华", "-c").errorText.contains("hits may be missing"))
        #expect(playground.run("list", "--path", "-", "--format", "tsv").outputLines.count == 3)
    }

    @Test("citations of them have no file to be compared with, and say so")
    func citations() {
        let playground = Self.indexed()
        let hits = playground.run("search", "清华大学招聘", "--format", "jsonl").outputText
        let check = playground.run("cite", "--check", "-", input: hits)
        #expect(check.ending == .status(2))
        #expect(check.outputText.contains("unread   -:1  came by standard input, so there is no file"))
        // A file of that name is another thing.
        playground.write("清华大学招聘\n", to: "-")
        #expect(playground.run("cite", "--check", "-", input: hits).output == check.output)
    }

    @Test("a file whose name is - is given as ./-, is shown so, and is not standard input")
    func fileOfThatName() {
        let playground = Playground()
        playground.write("清华大学的文件\n", to: "-")
        playground.write("paths = [\"-\"]\n", to: "suoyin.toml")
        #expect(playground.run("index", "./-").errorText.hasPrefix("files: 1 added; "))
        #expect(playground.run("index").errorText.hasPrefix("files: 1 unchanged; "))
        playground.run("index", "-", input: #"{"id":"x","text":"清华大学的输入"}"#)
        #expect(
            playground.run("search", "清华大学", "--format", "paths", "--sort", "path").outputLines == ["-", "./-"])
        #expect(playground.run("search", "文件", "--format", "vimgrep").outputText.hasPrefix("./-:1:16:"))
        let hits = playground.run("search", "清华大学的文件", "--format", "jsonl").outputText
        #expect(playground.run("cite", "--check", "-", input: hits).outputLines == ["holds    ./-:1"])
        #expect(playground.run("remove", "./-").ending == .status(0))
        #expect(playground.run("list", "--format", "tsv").outputLines == ["x\t-\t\t\t1"])
    }

    @Test("a model finds and reads them like others, and cites them by the same path")
    func models() {
        let playground = Self.indexed()
        func call(_ id: Int, _ tool: String, _ arguments: String) -> String {
            #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(tool)","arguments":{\#(arguments)},"#
                + #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","#
                + #""io.modelcontextprotocol/clientCapabilities":{}}}}"# + "\n"
        }
        let input = call(1, "search", #""query":"图书馆 清华园""#) + call(2, "read", #""article":"b""#)
        let answers = playground.run("mcp", input: input).outputLines
        #expect(answers.count == 2)
        #expect(answers.first?.contains(#""citation":"-:2""#) == true)
        #expect(answers.last?.contains("图书馆在清华园") == true)
    }

    @Test("inspect and why read them, too")
    func looks() {
        let playground = Playground()
        let line = #"{"id":"x","text":"團(tuán)隊在清华大学"}"# + "\n"
        let inspection = playground.run("inspect", "-", "--json", input: line)
        #expect(inspection.ending == .status(0))
        #expect(StrictJSON(Array(inspection.outputLines[0].utf8))?["path"].string == "-")
        #expect(inspection.outputText.contains(#""gloss":1"#))
        let why = playground.run("why", "团队", "-", input: line)
        #expect(why.ending == .status(0) && why.outputText.contains("-:1  paragraph 1  matches"))
    }

    @Test("encodings are found out, or told by a rule; with --strict a line is refused, not all of them")
    func encodings() throws {
        let playground = Playground()
        let gbk = try #require(FileEncoding.gb18030.encode(Self.first))
        let run = Tool.run(
            ["index", "-", "--encoding=-=GBK"].map { Array($0.utf8) }, in: playground.directory.path, input: gbk)
        #expect(run.ending == .status(0) && run.errorLines.count == 1)
        #expect(playground.run("search", "图书馆", "-c").outputText == "1\n")
        let bad = Array(Self.first.utf8) + Array(#"{"id":"c","text":"坏 "#.utf8) + [0xFF] + Array("\"}\n".utf8)
        let strict = Tool.run(
            ["index", "-", "--strict"].map { Array($0.utf8) }, in: playground.directory.path, input: bad)
        #expect(strict.ending == .status(2))
        #expect(strict.errorText.contains("-:3: bytes that mean nothing in its encoding (byte "))
        #expect(playground.run("list", "--format", "tsv").outputLines.count == 2)
    }

    @Test("an interrupt in the middle leaves the index as it was, whether or not more is to come")
    func interruption() throws {
        let playground = Self.indexed()
        let names = playground.directory.names(in: "Index")
        let pipe = Pipe()
        let errors = ScratchFile()
        let process = RunningTool(
            [Array("index".utf8), Array("-".utf8)], in: playground.directory.path,
            input: try #require(pipe.reading),
            output: ScratchFile().descriptor, errors: errors.descriptor)
        pipe.write(Array((0..<3000).map { #"{"id":"\#($0)","text":"标记第\#($0)篇"}"# + "\n" }.joined().utf8))
        // A first piece has been taken out of the pipe once there is room for as much again.
        pipe.write([UInt8](repeating: 0x0A, count: 1 << 17))
        process.interrupt()
        #expect(process.wait(seconds: 20) == .signal(2))
        #expect(
            String(decoding: errors.readAll(), as: UTF8.self)
                == "suoyin: interrupted; the index is as it was before this run\n")
        #expect(playground.directory.names(in: "Index") == names)
        #expect(playground.run("list", "--path", "-", "--format", "tsv").outputLines.count == 2)
    }

    @Test("far more than a pipe holds comes through, from a program that writes as it is read")
    func streaming() {
        let playground = Playground()
        let script = "seq 200000 | sed 's/.*/{\"id\":\"&\",\"text\":\"标记第&篇，信息流产品\"}/' | \"$0\" index -"
        let run = Tool.run([], in: playground.directory.path, launcher: ["/bin/sh", "-c", script])
        #expect(run.ending == .status(0) && run.errorText.hasPrefix("standard input: 200000 added; "))
        #expect(playground.run("search", "标记第199999篇", "--mode", "exact", "-c").outputText == "1\n")
    }
}

extension TerminalTests {
    @Test("articles can be typed, and whoever does not mean to is told")
    func typing() throws {
        let playground = Playground()
        let terminal = Tmux(playground, columns: 100, rows: 12, "index -")
        _ = try #require(
            terminal.screen { $0.contains("reading articles from the terminal, a JSON object a line; Ctrl-D") })
        terminal.type(#"-l '{"id":"a","text":"清华"}'"#)
        terminal.type("Enter")
        terminal.type("C-d")
        let screen = try #require(terminal.screen { $0.contains("ended") })
        #expect(
            screen.contains("standard input: 1 added; read 1 article") && screen.contains("ended 0"), "\(screen)")
    }
}
