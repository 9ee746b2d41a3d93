import TestSupport
import Testing

@Suite("files that cannot be indexed: said clearly, and the rest is indexed")
struct BadFileTests {
    /// Indexes `articles`, which holds one good article beside what `make` puts there.
    ///
    /// - Returns: what the run said, and whether the good article was found afterwards.
    private static func index(_ make: (Playground) -> Void, arguments: [String] = ["articles"])
        -> (run: Tool.Result, isGoodFound: Bool, playground: Playground)
    {
        let playground = Playground([("articles/好.txt", "清华大学\n")])
        make(playground)
        let run = Tool.run(
            (["index"] + arguments).map { Array($0.utf8) }, in: playground.directory.path, seconds: 30)
        return (run, playground.places("清华大学", "--mode", "exact") == ["好.txt#1"], playground)
    }

    /// What the run must have said: status 2, and one line for the file.
    private func expectProblem(
        _ found: (run: Tool.Result, isGoodFound: Bool, playground: Playground), _ parts: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(found.run.ending == .status(2), sourceLocation: sourceLocation)
        #expect(found.run.output.isEmpty, sourceLocation: sourceLocation)
        #expect(found.isGoodFound, "the good article is indexed", sourceLocation: sourceLocation)
        let problems = found.run.errorLines.filter { $0.hasPrefix("suoyin: ") }
        #expect(problems.count == 1, "\(problems)", sourceLocation: sourceLocation)
        #expect(found.run.errorLines.last?.contains("files: 1 added") == true, sourceLocation: sourceLocation)
        for part in parts {
            #expect(problems.first?.contains(part) == true, "\(part): \(problems)", sourceLocation: sourceLocation)
        }
    }

    @Test("a path that does not exist")
    func missing() {
        expectProblem(
            Self.index({ _ in }, arguments: ["nowhere", "articles"]), "nowhere: no such file or directory")
        // Something is in the way of the rest of the path.
        expectProblem(
            Self.index({ _ in }, arguments: ["articles", "articles/好.txt/deeper"]),
            "articles/好.txt/deeper: no such file or directory")
    }

    @Test("when none of the paths exists, no index comes of it")
    func onlyMissing() {
        let playground = Playground([("articles/一.txt", "清华大学\n")])
        #expect(playground.run("index").ending == .status(2))
        #expect(playground.run("search", "清华").failed("no index at Index"))
        #expect(playground.run("index", "articles").ending == .status(0))
        #expect(playground.run("index", "article").ending == .status(2))
        #expect(playground.places("清华") == ["一.txt#1"])
        // Nor of a directory without articles, though that is no error.
        playground.directory.makeDirectory("empty")
        let empty = playground.run("index", "empty", "--index", "other")
        #expect(empty.ending == .status(0) && empty.errorText.hasPrefix("suoyin: warning: "))
        #expect(playground.run("search", "清华", "--index", "other").failed("no index at other"))
    }

    @Test("a path that is gone, but was indexed, stays until it is taken out by name")
    func goneButIndexed() {
        let playground = Playground([("a/一.txt", "清华大学\n"), ("b/二.txt", "清华大学\n")])
        #expect(playground.run("index", "a/一.txt", "b").ending == .status(0))
        playground.directory.remove("a/一.txt")
        #expect(playground.run("index", "a/一.txt", "b").failed("a/一.txt: no such file", "`suoyin remove`"))
        #expect(playground.places("清华") == ["一.txt#1", "二.txt#1"])
        #expect(playground.run("remove", "a/一.txt").ending == .status(0))
        #expect(playground.places("清华") == ["二.txt#1"])
    }

    @Test("a file and a directory that may not be read", .disabled(if: isRoot, "root may read anything"))
    func unreadable() {
        let file = Self.index { playground in
            playground.write("秘密\n", to: "articles/秘密.txt")
            playground.directory.setMode(0, of: "articles/秘密.txt")
        }
        expectProblem(file, "articles/秘密.txt: cannot be read: Permission denied")
        let directory = Self.index { playground in
            playground.write("秘密\n", to: "articles/密/秘密.txt")
            playground.directory.setMode(0, of: "articles/密")
        }
        expectProblem(directory, "articles/密: cannot be read: Permission denied")
    }

    @Test("bytes that mean nothing are replaced, with a warning; strictly the file is refused")
    func undecodable() {
        func make(_ playground: Playground) {
            playground.directory.write(Array("第一行\n第".utf8) + [0xB5, 0xDA, 0x0A], to: "articles/坏.txt")
        }
        let lenient = Self.index(make)
        #expect(lenient.run.ending == .status(0) && lenient.isGoodFound)
        #expect(
            lenient.run.errorLines.first
                == "suoyin: warning: \(lenient.playground.directory.path)/articles/坏.txt: 2 bytes are not UTF-8, at byte 13; "
                + "replaced by U+FFFD")
        #expect(lenient.playground.places("第一行") == ["坏.txt#1"])
        expectProblem(
            Self.index(make, arguments: ["--strict", "articles"]),
            "articles/坏.txt: 2 bytes are not UTF-8, at byte 13; refused because of --strict")
    }

    @Test("text in no encoding at all")
    func unknownEncoding() {
        let found = Self.index { playground in
            playground.directory.write([UInt8](repeating: 0xFF, count: 100) + [0x0A], to: "articles/坏.txt")
        }
        expectProblem(found, "articles/坏.txt: text in no encoding that was tried; name it with --encoding")
    }

    @Test("NUL bytes", arguments: ["articles/坏.txt", "articles/坏.md"])
    func binary(name: String) {
        let found = Self.index { $0.directory.write(Array("文章".utf8) + [0, 1, 2], to: name) }
        expectProblem(found, "\(name): binary file (NUL at byte 6)")
    }

    @Test("a pipe in a file's place does not hold up the run")
    func fifo() {
        expectProblem(
            Self.index { $0.directory.makeFIFO("articles/x.txt") }, "articles/x.txt: neither a file nor a directory"
        )
        let named = Self.index({ $0.directory.makeFIFO("x.txt") }, arguments: ["x.txt", "articles"])
        expectProblem(named, "x.txt: neither a file nor a directory")
    }

    @Test("a link that leads back to its own directory")
    func linkLoop() {
        expectProblem(
            Self.index { $0.directory.link("articles/loop", to: "../articles") },
            "articles/loop: symbolic link loop")
        expectProblem(
            Self.index { $0.directory.link("articles/self.txt", to: "self.txt") },
            "articles/self.txt: symbolic link loop")
    }

    @Test("a link that leads nowhere")
    func danglingLink() {
        expectProblem(
            Self.index { $0.directory.link("articles/gone.txt", to: "nowhere.txt") },
            "articles/gone.txt: no such file or directory")
    }

    @Test("links to files and directories elsewhere are followed")
    func goodLinks() {
        let found = Self.index { playground in
            playground.write("北京大学\n", to: "elsewhere/二.txt")
            playground.directory.link("articles/link.txt", to: "../elsewhere/二.txt")
            playground.directory.link("articles/linked", to: "../elsewhere")
        }
        #expect(found.run.ending == .status(0))
        #expect(found.playground.places("北京大学") == ["link.txt#1", "linked/二.txt#1"])
    }

    @Test("a line without end")
    func longLine() {
        // Unoptimised, analysis takes half a minute for what the finished program does in one or two seconds.
        #if DEBUG
            let size = 3_000_000
        #else
            let size = 50_000_000
        #endif
        let found = Self.index { playground in
            let line = String(repeating: "信息流产品与团队。", count: size / 27)
            playground.write(line + "独一无二", to: "articles/长.txt")
        }
        #expect(found.run.ending == .status(0) && found.isGoodFound)
        #expect(found.playground.places("独一无二", "--mode", "exact") == ["长.txt#1"])
        #expect(found.playground.places("产品与团队", "--mode", "exact") == ["长.txt#1"])
        #expect(found.playground.run("check").ending == .status(0))
    }

    @Test("files of no text are articles of no paragraphs")
    func emptyFiles() {
        let found = Self.index { playground in
            for (name, text) in [("a.txt", ""), ("b.txt", "\n \n\u{3000}\n"), ("c.md", ""), ("d.jsonl", "\n\n")] {
                playground.write(text, to: "articles/" + name)
            }
        }
        #expect(found.run.ending == .status(0) && found.isGoodFound)
        #expect(found.playground.run("check").ending == .status(0))
    }

    @Test("a warning is no failure, whichever command gives it")
    func warnings() {
        let playground = Playground([("articles/好.txt", "清华大学\n")])
        playground.directory.write(Array("清华\n".utf8) + [0xFF, 0x0A], to: "articles/坏.txt")
        for arguments in [["index", "articles"], ["inspect", "articles"], ["why", "清华", "articles"]] {
            let run = Tool.run(arguments.map { Array($0.utf8) }, in: playground.directory.path, seconds: 30)
            #expect(run.ending == .status(0), "\(arguments)")
            let problems = run.errorLines.filter { $0.hasPrefix("suoyin: ") }
            #expect(problems.count == 1 && problems[0].hasPrefix("suoyin: warning: "), "\(problems)")
        }
        #expect(playground.run("why", "北大", "articles").ending == .status(1))
    }
}
