import TestSupport
import Testing

/// Books, documents of Word's, PDF and compressed text, as people have them.
@Suite("Documents")
struct DocumentTests {
    private static let hasPDFReader = readFile("/usr/bin/pdftotext") != nil

    private static func line(_ id: String, _ text: String) -> String {
        #"{"id":"\#(id)","text":"\#(text)"}"# + "\n"
    }

    private static let book = SampleDocuments.epub(["<p>序</p>", "<h1>第一章</h1><p>清华大学的故事</p>"])

    private func playground() -> Playground {
        let playground = Playground()
        let directory = playground.directory
        directory.write(Self.book.bytes, to: "articles/书.epub")
        directory.write(
            SampleDocuments.docx(
                SampleDocuments.wordParagraph("标题", style: "1") + SampleDocuments.wordParagraph("清华大学的文件")
            ).bytes, to: "articles/文.docx")
        directory.write(
            Compressed.zstd((Self.line("z1", "清华大学的消息") + Self.line("z2", "旧闻")).utf8), to: "articles/新.jsonl.zst")
        directory.write(Compressed.gzip(Self.line("g1", "清华大学的邮件").utf8), to: "articles/信.ndjson.gz")
        directory.write(Compressed.gzip("清华大学的日记\n".utf8), to: "articles/日记.txt.gz")
        directory.write(Array("PK".utf8), to: "articles/~$文.docx")
        return playground
    }

    /// `path number place` of each hit, sorted.
    private func places(_ playground: Playground, _ query: String) throws -> [String] {
        try #require(playground.hits(query)).map { hit in
            let paragraph = hit["paragraph"]
            let part = ["page", "chapter"].compactMap { name in paragraph[name].integer.map { "\(name) \($0)" } }
            let number = paragraph["number"].integer ?? 0
            return ([hit["article"]["path"].string ?? "", "\(number)"] + part).joined(separator: " ")
        }.sorted()
    }

    private static let found = [
        "articles/书.epub 3 chapter 2", "articles/信.ndjson.gz 1", "articles/文.docx 2", "articles/新.jsonl.zst 1",
        "articles/日记.txt.gz 1",
    ]

    @Test("are indexed, keep their places, and are not read again")
    func life() throws {
        let playground = playground()
        #expect(playground.run("index", "articles").ending == .status(0))
        #expect(try places(playground, "清华大学") == Self.found)
        let again = playground.run("index", "articles")
        #expect(again.ending == .status(0) && again.errorText.contains("5 unchanged; read 0 articles"))
        // Touched is not changed.
        playground.directory.write(Self.book.bytes, to: "articles/书.epub")
        #expect(playground.run("index", "articles").errorText.contains("5 unchanged; read 0 articles"))
        for command in ["check", "merge", "reindex", "check"] {
            #expect(playground.run(command).ending == .status(0))
            #expect(try places(playground, "清华大学") == Self.found)
        }
    }

    @Test("of a compressed file that changed, the lines that say something else are read")
    func change() throws {
        let playground = playground()
        #expect(playground.run("index", "articles").ending == .status(0))
        let text = Self.line("z0", "清华大学的号外") + Self.line("z1", "清华大学的消息") + Self.line("z2", "旧闻")
        playground.directory.write(Compressed.zstd(text.utf8), to: "articles/新.jsonl.zst")
        let run = playground.run("index", "articles")
        #expect(run.errorText.contains("1 changed, 4 unchanged; read 1 article with 1 paragraph"))
        let hits = try #require(playground.hits("清华大学的消息"))
        let bytes = try #require(hits.first)["paragraph"]["bytes"].array.compactMap(\.integer)
        #expect(String(decoding: Array(text.utf8)[bytes[0]..<bytes[1]], as: UTF8.self) == "清华大学的消息")
        #expect(try #require(hits.first)["paragraph"]["line"].integer == 2)
    }

    @Test("a chapter that moved is another place")
    func movedChapter() throws {
        let playground = playground()
        #expect(playground.run("index", "articles").ending == .status(0))
        var book = Self.book
        let package = String(decoding: book["OEBPS/book.opf"].bytes, as: UTF8.self)
            .replacing("<spine>", with: #"<spine><itemref idref="none"/>"#)
        book["OEBPS/book.opf"].bytes = Array(package.utf8)
        playground.directory.write(book.bytes, to: "articles/书.epub")
        #expect(playground.run("index", "articles").ending == .status(0))
        #expect(try places(playground, "清华大学")[0] == "articles/书.epub 3 chapter 3")
    }

    @Test("the chapter stands beside the line")
    func text() {
        let playground = playground()
        playground.run("index", "articles")
        let shown = playground.run("search", "清华大学的故事", "-C", "1").outputText
        #expect(shown.contains("书名  articles/书.epub:4, chapter 2  "))
        let why = playground.run("why", "清华大学", "articles/书.epub").outputText
        #expect(why.contains("书.epub:4, chapter 2  paragraph 3  matches"))
        let one = playground.run("why", "清华大学", "articles/文.docx", "--line", "2")
        #expect(one.ending == .status(0) && one.errorText.contains("1 of 1 paragraph matched"))
        let inspection = playground.run("inspect", "--json", "articles/书.epub").outputText
        #expect(inspection.contains(#""articles":1,"paragraphs":3"#))
    }

    @Test("bad ones are named, each with its reason, and the others are indexed")
    func bad() throws {
        let playground = playground()
        var half = Self.book
        half["OEBPS/text/c1.xhtml"].hasWrongChecksum = true
        playground.directory.write(half.bytes, to: "articles/半.epub")
        playground.directory.write(Array("清华大学".utf8), to: "articles/假.docx")
        let lines = (0..<2000).map { Self.line("d\($0)", "清华大学\($0 &* 2_654_435_761)") }
        playground.directory.write(
            Compressed.zstd(lines.joined().utf8).prefix(6000), to: "articles/断.jsonl.zst")
        let run = playground.run("index", "articles")
        #expect(run.ending == .status(2))
        for message in [
            "半.epub: OEBPS/text/c1.xhtml in it is damaged; left out", "假.docx: no zip archive",
            "断.jsonl.zst: zstd data damaged or cut short at byte 6000",
        ] { #expect(run.errorText.contains(message)) }
        let found = try places(playground, "清华大学")
        #expect(Self.found.allSatisfy { found.contains($0) } && found.contains("articles/半.epub 2 chapter 2"))
        let again = playground.run("index", "articles")
        #expect(again.ending == .status(2))
        #expect(again.errorText.contains("半.epub: unchanged since a chapter of it had to be skipped"))
        #expect(again.errorText.contains("断.jsonl.zst: unchanged since a part of it had to be skipped"))
        #expect(playground.run("check").ending == .status(0))
    }

    @Test("without pdftotext PDF files are named, and what to install is said once")
    func noReader() throws {
        let playground = playground()
        for name in ["甲", "乙"] {
            playground.directory.write(SamplePDF.bytes([["清华大学的报告"]]), to: "articles/\(name).pdf")
        }
        let run = playground.run("index", "articles", environment: ["PATH": "/nowhere"])
        #expect(run.ending == .status(2))
        #expect(run.errorText.split(separator: "\n").count { $0.contains(".pdf: not read, since pdftotext") } == 2)
        #expect(run.errorText.split(separator: "\n").count { $0.contains("install poppler-utils") } == 1)
        #expect(try places(playground, "清华大学") == Self.found)
    }

    @Test("a PDF has pages", .enabled(if: hasPDFReader, "pdftotext is not installed (poppler-utils)"))
    func pages() throws {
        let playground = playground()
        // Not read for want of a reader, and read once there is one.
        playground.directory.write(SamplePDF.bytes([["年度报告"], ["清华大学的报告"]]), to: "articles/报告.pdf")
        #expect(playground.run("index", "articles", environment: ["PATH": "/nowhere"]).ending == .status(2))
        #expect(playground.run("index", "articles").ending == .status(0))
        #expect(try places(playground, "清华大学的报告") == ["articles/报告.pdf 2 page 2"])
        #expect(playground.run("index", "articles").errorText.contains("6 unchanged; read 0 articles"))
        #expect(playground.run("search", "清华大学的报告").outputText.contains("articles/报告.pdf:3, page 2  "))
        #expect(playground.run("why", "清华大学", "articles/报告.pdf").outputText.contains(":3, page 2  paragraph 2"))
        playground.directory.write(Array("%PDF-1.4\n".utf8), to: "articles/报告.pdf")
        let run = playground.run("index", "articles")
        #expect(run.ending == .status(2) && run.errorText.contains("报告.pdf: pdftotext cannot read it: "))
        #expect(run.errorText.contains("what was indexed of it before is kept"))
        #expect(try places(playground, "清华大学的报告").count == 1)
    }

    @Test("are followed as text is")
    func watch() {
        let following = Following(playground(), "articles")
        func write(_ bytes: [UInt8], to name: String) {
            following.playground.directory.write(bytes, to: "articles/.half")
            following.playground.directory.rename("articles/.half", to: "articles/" + name)
        }
        write(SampleDocuments.epub(["<p>清华大学新书</p>"]).bytes, to: "新书.epub")
        #expect(following.commits(added: 1))
        write(SampleDocuments.docx(SampleDocuments.wordParagraph("清华大学改稿")).bytes, to: "文.docx")
        #expect(following.commits(changed: 1))
        write(Compressed.gzip(Self.line("g2", "清华大学来信").utf8), to: "信.ndjson.gz")
        #expect(following.commits(changed: 1))
        #expect(following.agrees(with: "articles"))
        #expect(following.stop() == .status(0))
    }

    /// Lets a script stand in for pdftotext; it gets the file's path as `$5`, and `$dir` to work in.
    private func withReader(_ script: String, _ playground: Playground) -> [String: String] {
        playground.write("#!/bin/sh\ndir=${0%/*}\n\(script)\n", to: "bin/pdftotext")
        playground.directory.setMode(0o755, of: "bin/pdftotext")
        return ["PATH": playground.directory.path(of: "bin") + ":/usr/bin:/bin"]
    }

    @Test("PDF files are read side by side: each of two waits for the other to be begun")
    func sideBySide() {
        let playground = Playground()
        for name in ["甲", "乙"] { playground.write("%PDF", to: "articles/\(name).pdf") }
        let environment = withReader(
            """
            mkdir -p "$dir/met"; : >"$dir/met/$$"; tries=0
            while [ "$(ls "$dir/met" | wc -l)" -lt 2 ]; do
                tries=$((tries + 1)); [ $tries -gt 400 ] && exit 1
                sleep 0.05
            done
            echo "清华大学 ${5##*/}"
            """, playground)
        let run = playground.run("index", "articles", environment: environment)
        #expect(run.ending == .status(0), "\(run.errorText)")
        #expect(playground.run("search", "清华大学", "-c").outputText == "2\n")
    }

    @Test("however long each takes, what is said of them and whose turn it is follow their names")
    func inOrder() {
        let playground = Playground()
        let names = (10..<24).map { "\($0).pdf" }
        for name in names { playground.write("%PDF", to: "articles/\(name)") }
        playground.write("文字\n", to: "articles/15.txt")
        // The first ones take longest.
        let environment = withReader(
            """
            number=${5##*/}; number=${number%.pdf}
            sleep 0.$((29 - number))
            [ $((number % 3)) = 0 ] && { echo "no $number" >&2; exit 1; }
            echo "第 $number 份报告"
            """, playground)
        let run = playground.run("index", "articles", environment: environment)
        #expect(run.ending == .status(2))
        let refused = run.errorLines.dropLast().compactMap {
            $0.split(separator: "/").last?.split(separator: ":").first
        }
        #expect(refused.map(String.init) == ["12.pdf", "15.pdf", "18.pdf", "21.pdf"], "\(run.errorText)")
        #expect(run.errorLines.last?.hasPrefix("files: 11 added; ") == true)
        #expect(playground.run("search", "份报告", "-n", "0", "-l", "--sort", "path").outputLines.count == 10)
        // Those that could not be read are tried again, and now they can.
        let second = playground.run("index", "articles", environment: withReader("echo 第二次", playground))
        #expect(second.errorText.hasPrefix("files: 4 added, 11 unchanged; "), "\(second.errorText)")
    }
}
