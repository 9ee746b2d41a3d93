import TestSupport
import Testing

@Suite("on a terminal", .enabled(if: Tmux.isInstalled, "there is no tmux; the package tmux has it"), .serialized)
struct TerminalTests {
    private static func indexed() -> Playground {
        let playground = Playground([("articles/短.txt", "清华大学的图书馆，在GPT-4o之前就有了。\n")])
        let lines = (1...200).map { "第\($0)段，说的是信息流产品与团队的事" }
        playground.write(lines.joined(separator: "\n\n") + "\n", to: "articles/长.txt")
        playground.run("index", "articles")
        return playground
    }

    @Test("results are wrapped to its columns, by width, and never inside of a word")
    func wrapping() throws {
        let terminal = Tmux(Self.indexed(), columns: 24, rows: 20, "search 图书馆")
        let screen = try #require(terminal.screen { $0.contains("ended 0") })
        #expect(screen.contains("清华大学的图书馆，在\nGPT-4o之前就有了。\n"), "\(screen)")
    }

    @Test("paths are printed so that they do nothing to it")
    func paths() throws {
        let playground = Playground([("articles/红\u{1B}[31m色.txt", "清华大学的图书馆\n")])
        playground.run("index", "articles")
        for command in ["search 图书馆 -l", "list --format paths"] {
            let screen = try #require(
                Tmux(playground, columns: 60, rows: 9, command).screen { $0.contains("ended 0") })
            #expect(screen.contains("红\u{FFFD}[31m色.txt\n"), "\(screen)")
        }
        // Other programs have the file's name.
        let piped = playground.run("search", "图书馆", "-l").output
        #expect(String(decoding: piped, as: UTF8.self).contains("红\u{1B}[31m色.txt\n"))
    }

    @Test("what is longer than the screen is shown by less, and leaving it is no error")
    func pager() throws {
        let terminal = Tmux(Self.indexed(), columns: 60, rows: 12, "search 信息流 -n 100")
        let first = try #require(terminal.screen { $0.hasSuffix(":\n") }, "less waits at its prompt")
        #expect(!first.contains("ended") && first.contains("信息流产品"))
        // An interrupt is for less, which goes on; keys typed before it has come are lost.
        terminal.type("C-c")
        let left = terminal.screen { shown in
            if !shown.contains("ended") { terminal.type("q") }
            return shown.contains("ended")
        }
        let last = try #require(left)
        #expect(last.contains("ended 0") && last.contains("100 of 200 paragraphs (exact)"), "\(last)")
    }

    @Test("whole articles are paged, too; short ones and --no-pager are not")
    func unpaged() throws {
        let playground = Self.indexed()
        let long = Tmux(playground, columns: 60, rows: 12, "show 长.txt")
        #expect(long.screen { $0.hasSuffix(":\n") } != nil)
        let short = Tmux(playground, columns: 60, rows: 12, "show 短.txt")
        #expect(short.screen { $0.contains("清华大学的图书馆") && $0.contains("ended 0") } != nil)
        let whole = Tmux(playground, columns: 60, rows: 12, "show 长.txt --no-pager")
        #expect(whole.screen { $0.contains("第200段") && $0.contains("ended 0") } != nil)
    }

    @Test("the pager that is set is used; one that is not there, or ends early, is no error")
    func otherPagers() throws {
        let playground = Self.indexed()
        for (settings, shown) in [
            (["SUOYIN_PAGER": "sed s/^/x/ | tail -4", "PAGER": "false"], "x第200段"),
            (["PAGER": "sed s/^/y/ | tail -4"], "y第200段"),
            (["SUOYIN_PAGER": "/no/such/pager"], "第200段"), (["PAGER": "true"], "ended 0"),
            (["PAGER": "head -1"], "长.txt"),
        ] {
            let terminal = Tmux(playground, columns: 60, rows: 12, "show 长.txt", environment: settings)
            let screen = terminal.screen { $0.contains("ended") } ?? ""
            #expect(screen.contains("ended 0") && screen.contains(shown), "\(settings): \(screen)")
        }
    }

    @Test("what matched is in colour, and nothing is with NO_COLOR or --color never")
    func colours() throws {
        let playground = Self.indexed()
        func screen(_ arguments: String, _ environment: [String: String] = [:]) throws -> String {
            let terminal = Tmux(playground, columns: 80, rows: 20, arguments, environment: environment)
            return try #require(terminal.screen(isColoured: true) { $0.contains("ended 0") })
        }
        let coloured = try screen("search 图书馆")
        #expect(coloured.contains(#/\u{1B}\[[0-9;]*31m图书馆\u{1B}\[/#), "\(coloured)")
        #expect(coloured.contains(#/\u{1B}\[[0-9;]*35marticles/短.txt:1/#), "\(coloured)")
        for plain in [try screen("search 图书馆 --color never"), try screen("search 图书馆", ["NO_COLOR": "1"])] {
            #expect(plain.contains("的图书馆，") && !plain.contains(#/\u{1B}\[[0-9;]*m/#), "\(plain)")
        }
        let always = playground.run("search", "图书馆", "--color", "always").outputText
        #expect(always.contains("\u{1B}[1;31m图书馆\u{1B}[0m"))
    }

    /// Writes enough for some seconds of work.
    private static func writeMany(_ playground: Playground, lines: Int, version: (Int) -> Int) {
        let text = (0..<lines).map { #"{"id":"\#($0)","text":"标记第\#(version($0))版第\#($0)篇，信息流产品与团队在清华大学。"}"# }
        playground.write(text.joined(separator: "\n") + "\n", to: "articles/多.jsonl")
    }

    @Test(
        "an interrupt takes the progress away and says what is left: the last commit, from which the next run goes on"
    )
    func interruption() throws {
        let playground = Playground()
        Self.writeMany(playground, lines: 20) { _ in 1 }
        #expect(playground.run("index", "articles").ending == .status(0))
        Self.writeMany(playground, lines: 60_000) { _ in 2 }
        let terminal = Tmux(playground, columns: 80, rows: 12, "index articles")
        let working = #/\d+ articles, \d+\.\d MB/s, \d+ s left/#
        #expect(terminal.screen { $0.contains(working) } != nil)
        terminal.type("C-c")
        let screen = try #require(terminal.screen { $0.contains("ended") })
        #expect(
            screen.contains("suoyin: interrupted; the index is as it was before this run\nended 130\n"), "\(screen)"
        )
        #expect(!screen.contains("MB/s"), "\(screen)")
        #expect(playground.run("search", "标记第1版", "--mode", "exact", "-c").outputText == "20\n")
        #expect(playground.run("check").ending == .status(0))
        #expect(playground.run("index", "articles").ending == .status(0))
        #expect(playground.run("search", "标记第2版", "--mode", "exact", "-c").outputText == "60000\n")
    }

    @Test("merging shows how far it has come, at the end of index and by itself")
    func merging() throws {
        let playground = Playground()
        Self.writeMany(playground, lines: 60_000) { _ in 1 }
        #expect(playground.run("index", "articles").ending == .status(0))
        // A segment of which so much is deleted is written anew.
        Self.writeMany(playground, lines: 60_000) { $0 % 5 < 2 ? 2 : 1 }
        let merging = #/merging: \d+ %, \d+\.\d MB/s/#
        let index = Tmux(playground, columns: 80, rows: 12, "index articles")
        #expect(index.screen { $0.contains(merging) } != nil)
        let screen = try #require(index.screen { $0.contains("ended") })
        #expect(screen.contains("files: 1 changed; read 24000 articles") && screen.contains("ended 0"), "\(screen)")
        #expect(!screen.contains("MB/s"), "\(screen)")

        playground.write(#"{"id":"再一篇","text":"第二段"}"# + "\n", to: "articles/再.jsonl")
        #expect(playground.run("index", "articles").ending == .status(0))
        let merge = Tmux(playground, columns: 80, rows: 12, "merge")
        #expect(merge.screen { $0.contains(merging) } != nil)
        let merged = try #require(merge.screen { $0.contains("ended") })
        #expect(merged.contains("2 segments merged into 1") && merged.contains("ended 0"), "\(merged)")
        #expect(!merged.contains("MB/s"), "\(merged)")
    }

    @Test("progress is shown while there is any, and taken away")
    func progress() throws {
        let playground = Playground()
        Self.writeMany(playground, lines: 30_000) { _ in 1 }
        let index = Tmux(playground, columns: 80, rows: 12, "index articles")
        #expect(index.screen { $0.contains(" MB/s, ") && $0.contains(" s left") } != nil)
        let screen = try #require(index.screen { $0.contains("ended") })
        #expect(screen.contains("ended 0") && !screen.contains("s left"), "\(screen)")
    }
}
