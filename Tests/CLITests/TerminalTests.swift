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

    @Test("progress is shown while there is any, and taken away")
    func progress() throws {
        let playground = Playground()
        let lines = (0..<30_000).map { #"{"id":"\#($0)","text":"标记第\#($0)篇，信息流产品与团队在清华大学。"}"# }
        playground.write(lines.joined(separator: "\n") + "\n", to: "articles/多.jsonl")
        let index = Tmux(playground, columns: 80, rows: 12, "index articles")
        #expect(index.screen { $0.contains(" MB/s, ") && $0.contains(" s left") } != nil)
        let screen = try #require(index.screen { $0.contains("ended") })
        #expect(screen.contains("ended 0") && !screen.contains("s left"), "\(screen)")
    }
}
