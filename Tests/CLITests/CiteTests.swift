import TestSupport
import Testing

@Suite("citations, checked against their files")
struct CiteTests {
    /// An indexed collection with all hits of some queries in `hits.jsonl`.
    private func cited(_ files: [(name: String, text: String)] = Playground.articles, _ queries: String...)
        -> Playground
    {
        let playground = Playground(files)
        playground.run("index", "articles")
        let lines = (queries.isEmpty ? ["清华大学", "人工智能", "招聘"] : queries).map { query in
            playground.run("search", query, "--format", "jsonl", "--limit", "0").outputText
        }
        playground.write(lines.joined(), to: "hits.jsonl")
        return playground
    }

    private func statuses(_ playground: Playground, _ arguments: String...) -> [String] {
        let run = Tool.run(
            (["cite", "--check", "hits.jsonl", "--format", "jsonl"] + arguments).map { Array($0.utf8) },
            in: playground.directory.path)
        return run.output.split(separator: 0x0A).compactMap { StrictJSON($0)?["status"].string }
    }

    @Test("as files go on, word for word")
    func life() {
        let playground = cited()
        var transcript = Transcript(playground)
        transcript.run("cite", "--check", "hits.jsonl")
        playground.write("新的一段\n清华大学的一天\n\n清华大学数学系招聘。\n", to: "articles/大学.txt")
        playground.write(
            #"{"id":"n2","text":"團(tuán)隊與人工智能"}"# + "\n"
                + #"{"id":"n1","title":"快讯","text":"清华大学开学。\n字节跳动招聘。"}"# + "\n", to: "articles/短讯.jsonl")
        playground.directory.remove("articles/notes/模型.md")
        transcript.run("cite", "--check", "hits.jsonl")
        transcript.run("cite", "--check", "hits.jsonl", "--format", "jsonl")
        playground.write(#"{"id":"n2","text":"人工智能"}"# + "\n", to: "articles/短讯.jsonl")
        transcript.run("cite", "--check", "hits.jsonl")
        transcript.compare("cite")
    }

    @Test("lines that are no hits: passed over or reported, word for word")
    func lines() {
        let playground = cited()
        let hit = playground.run("search", "计算机系", "--format", "jsonl").outputLines[0]
        var transcript = Transcript(playground)
        let lines = [
            hit, "", #"{"type":"summary"}"#, "{", "[]", #"{"type":"hit","article":{"path":"a"}}"#,
            hit.replacing("计算机系招聘", with: "计算机系停招"), hit.replacing(#/"hash":"./#, with: #""hash":"x"#),
            hit.replacing(#/"bytes":\[\d+/#, with: #""bytes":[99999"#),
            hit.replacing(#/"text":"[^"]+",/#, with: ""), hit.replacing(#/,"hash":"[^"]+"/#, with: ""),
        ]
        transcript.run("cite", "--check", "-", input: lines.joined(separator: "\n"))
        transcript.run("cite", "--check", "-")
        transcript.run("cite", "--check", "none.jsonl")
        transcript.run("cite", "--check", "hits.jsonl", "--index", "none")
        transcript.compare("cite-lines")
    }

    @Test("no index is needed, and an id from another directory does no harm")
    func withoutIndex() {
        let playground = cited()
        playground.directory.remove("Index")
        let found = statuses(playground)
        #expect(found.count == 9 && found.allSatisfy { $0 == "holds" })
    }

    @Test("each format's bytes: HTML, feeds whose items are named after their file, and compressed text")
    func formats() {
        let feed =
            "<rss><channel><item><title>一</title><description>清华大学甲</description></item>"
            + "<item><title>二</title><description>清华大学乙</description></item></channel></rss>"
        let playground = cited(
            [
                ("articles/页.html", "<body><p>清华大学<b>招</b>聘</p><ul><li>图书馆里的清华大学</ul></body>"),
                ("articles/sub/feed.xml", feed),
            ], "清华大学")
        #expect(statuses(playground) == ["holds", "holds", "holds", "holds"])
        playground.directory.remove("Index")
        #expect(statuses(playground) == ["holds", "holds", "holds", "holds"])
        playground.write(feed.replacing("<item><title>一", with: "<item><title>零"), to: "articles/sub/feed.xml")
        playground.write("<body><p>清华大学<b>招</b>收</p>", to: "articles/页.html")
        #expect(statuses(playground).sorted() == ["changed", "gone", "holds", "holds"])
    }

    @Test("documents: a chapter that comes before moves a paragraph, and compressed text holds")
    func documents() {
        let chapters = ["<p>序</p>", "<h1>第一章</h1><p>清华大学的故事</p>"]
        let playground = Playground()
        playground.directory.write(SampleDocuments.epub(chapters).bytes, to: "articles/书.epub")
        playground.directory.write(
            SampleDocuments.docx(SampleDocuments.wordParagraph("清华大学的文件")).bytes, to: "articles/文.docx")
        playground.directory.write(Compressed.gzip("清华大学的日记\n".utf8), to: "articles/日记.txt.gz")
        playground.run("index", "articles")
        playground.write(playground.run("search", "清华大学", "--format", "jsonl").outputText, to: "hits.jsonl")
        #expect(statuses(playground) == ["holds", "holds", "holds"])
        playground.directory.write(SampleDocuments.epub(["<p>新序</p>"] + chapters).bytes, to: "articles/书.epub")
        #expect(statuses(playground).sorted() == ["holds", "holds", "moved"])
        #expect(playground.run("cite", "--check", "hits.jsonl").outputText.contains("chapter 2  now line"))
    }

    @Test(
        "pages of a PDF: what is put before a paragraph moves it, on its page or to another",
        .enabled(if: readFile("/usr/bin/pdftotext") != nil, "pdftotext is not installed (poppler-utils)"))
    func pages() {
        let playground = Playground()
        func write(_ pages: [[String]]) {
            playground.directory.write(SamplePDF.bytes(pages), to: "articles/报告.pdf")
        }
        write([["年度报告"], ["清华大学的图书馆。"]])
        playground.run("index", "articles")
        playground.write(playground.run("search", "图书馆", "--format", "jsonl").outputText, to: "hits.jsonl")
        let environment = ["PATH": "/usr/bin:/bin"]
        func check() -> String {
            playground.run("cite", "--check", "hits.jsonl", environment: environment).outputText
        }
        #expect(check() == "holds    articles/报告.pdf:3, page 2\n")
        write([["年度报告"], ["新的一页。"], ["清华大学的图书馆。"]])
        #expect(check().hasPrefix("moved    articles/报告.pdf:3, page 2  now line 5, page 3, bytes "))
        write([["年度报告"], ["清华大学的图书室。"]])
        #expect(check().hasPrefix("changed  articles/报告.pdf:3, page 2  now line 3, page 2, bytes "))
        write([["年度报告"]])
        #expect(check() == "gone     articles/报告.pdf:3, page 2  nothing like it in the article\n")
        playground.write("%PDF-1.4\n", to: "articles/报告.pdf")
        #expect(
            check().contains("unread   articles/报告.pdf:3, page 2  ") && check().contains("pdftotext cannot read it")
        )
    }

    @Test("files are read in the encoding that the index was told, or the command is")
    func encodings() throws {
        let playground = Playground()
        // In GBK, and well-formed UTF-8 that says something else.
        playground.directory.write([0xC4, 0xBF, 0xC2, 0xBC], to: "articles/old.txt")
        playground.run("index", "articles", "--encoding", "old.txt=GBK")
        let hits = playground.run("search", "目录", "--format", "jsonl")
        #expect(hits.ending == .status(0))
        playground.write(hits.outputText, to: "hits.jsonl")
        #expect(statuses(playground) == ["holds"])
        playground.directory.remove("Index")
        #expect(statuses(playground) != ["holds"])
        #expect(statuses(playground, "--encoding", "old.txt=GBK") == ["holds"])
    }

    @Test("a file that cannot be read is an error, and says so of its citations")
    func unread() {
        let playground = cited()
        playground.directory.write([0, 1, 2, 0], to: "articles/大学.txt")
        let run = playground.run("cite", "--check", "hits.jsonl")
        #expect(run.ending == .status(2))
        #expect(run.outputLines.count { $0.hasPrefix("unread   articles/大学.txt:") } == 4)
        #expect(run.outputLines.count { $0.hasPrefix("holds") } == 5)
    }

    @Test("many citations of one file take one reading of it")
    func many() {
        let lines = (0..<3000).map { #"{"id":"n\#($0)","text":"清华大学第\#($0)条\n又一条\#($0)清华大学"}"# }
        let playground = cited([("articles/a.jsonl", lines.joined(separator: "\n"))], "清华大学")
        let clock = ContinuousClock()
        let time = clock.measure { #expect(statuses(playground).count { $0 == "holds" } == 6000) }
        #expect(time < .seconds(30))
    }
}
