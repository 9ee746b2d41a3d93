import TestSupport
import Testing

@Suite("what options do not take")
struct OptionValueTests {
    private static let numbers = [
        ["search", "清华", "--limit"], ["search", "清华", "-n"], ["search", "清华", "--snippet"],
        ["search", "清华", "--context"], ["search", "清华", "-C"], ["search", "清华", "--group", "--per-article"],
        ["search", "清华", "--repeat"], ["show", "a", "--context"], ["show", "a", "-C"],
        ["why", "清华", "a.txt", "--line"],
    ]
    private static let choices = [
        (["search", "清华", "--mode"], "'auto', 'exact', 'all' or 'any'"),
        (["search", "清华", "--fold"], "'none', 'width', 'icu' or 'full'"),
        (["search", "清华", "--sort"], "'score', 'date' or 'path'"),
        (["search", "清华", "--format"], "  - vimgrep\n"),
        (["search", "清华", "--color"], "'auto', 'always' or 'never'"),
        (["search", "清华", "--hyperlinks"], "'auto', 'always' or 'never'"),
        (["search", "清华", "--since"], "YYYY, YYYY-MM or YYYY-MM-DD"),
        (["list", "--until"], "YYYY, YYYY-MM or YYYY-MM-DD"),
        (["list", "--format"], "'text', 'jsonl', 'tsv' or 'paths'"),
        (["show", "a", "--format"], "'text' and 'jsonl'"),
        (["cite", "--check", "a", "--format"], "'text' and 'jsonl'"),
        (["why", "清华", "a.txt", "--fold"], "'none', 'width', 'icu' or 'full'"),
        (["index", "--memory"], "a whole number of bytes, or one with K, M or G"),
    ]

    private func run(_ arguments: [String]) -> Tool.Result {
        Tool.run(arguments.map { Array($0.utf8) }, in: "/")
    }

    @Test(
        "numbers are named with the range that there is, whether or not they look like options", arguments: numbers)
    func number(option: [String]) {
        let least = ["--per-article", "--repeat", "--line"].contains(option.last) ? 1 : 0
        for value in ["\(least - 1)", "-7", "-x", "--group", "1.5", "九", "", "99999999999999999999", "4294967296"] {
            let run = run(option + [value])
            #expect(
                run.failed(
                    "The value '\(value)' is invalid for '", "give a whole number from \(least) to 2147483647"),
                "\(value): \(run.errorText)")
        }
        #expect(run(option).failed("Missing value for '"))
    }

    @Test("anything else is named with what there is to choose from", arguments: choices)
    func choice(option: [String], known: String) {
        for value in ["-1", "--plain", "nonsense"] {
            let run = run(option + [value])
            #expect(run.failed("The value '\(value)' is invalid for '", known), "\(value): \(run.errorText)")
        }
    }
}
