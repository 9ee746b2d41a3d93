import TestSupport
import Testing

/// The README's recipes, run by a shell as they stand there.
@Suite("The README's recipes")
struct RecipeTests {
    /// Each command with what is shown after it.
    private static let recipes: [(command: String, shown: String)] = {
        let readme = readFile(projectRoot + "/README.md").map { String(decoding: $0, as: UTF8.self) } ?? ""
        let section = readme.split(separator: "\n## ").first { $0.hasPrefix("Recipes\n") } ?? ""
        return section.split(separator: "```console\n").dropFirst().compactMap { block in
            let text = block.firstRange(of: "```").map { block[..<$0.lowerBound] } ?? block
            let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            guard lines.count == 2, lines[0].hasPrefix("$ ") else { return nil }
            return (String(lines[0].dropFirst(2)), String(lines[1]))
        }
    }()

    private static func missing(_ command: String) -> Bool {
        ["jq", "fzf", "xargs"].contains { command.contains("| \($0) ") && readFile("/usr/bin/\($0)") == nil }
    }

    /// A home with `suoyin` in its path, and an index of the sample articles.
    private let home = TemporaryDirectory()

    private func shell(_ script: String) -> Tool.Result {
        Tool.run(
            [], in: projectRoot,
            environment: [
                "PATH": "\(home.path)/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": home.path,
                "SUOYIN_INDEX": home.path(of: "index"), "TERM": "dumb",
            ], launcher: ["/bin/bash", "-c", script])
    }

    init() {
        home.makeDirectory("bin")
        home.link("bin/suoyin", to: String(decoding: Tool.path, as: UTF8.self))
        #expect(shell("suoyin index").ending == .status(0))
    }

    /// Whether Vim is one that knows lists of places: the smallest of Debian's does not.
    private static let hasVim =
        Tool.run(
            [], in: "/", environment: ["TERM": "dumb"],
            launcher: ["/bin/sh", "-c", "vim --version 2>/dev/null | grep -q +quickfix"]
        ).ending == .status(0)

    @Test("Vim goes through the places that it is given", .enabled(if: hasVim, "there is no Vim with +quickfix"))
    func vim() throws {
        let readme = readFile(projectRoot + "/README.md").map { String(decoding: $0, as: UTF8.self) } ?? ""
        let recipe = try #require(readme.firstMatch(of: #/`(vim -q <\(.*\))`/#)?.1)
        let places = home.path(of: "places")
        // The second of them, too: where the cursor is then.
        let commands =
            "redir! > \(places)|silent clist|silent cnext|silent echo expand('%').':'.line('.').':'.col('.')|redir END|qa!"
        let vim = shell("\(recipe) -N -u NONE -i NONE -n -es -c \"\(commands)\"")
        #expect(vim.ending == .status(0), "\(vim.errorText)")
        let shown = String(decoding: readFile(places) ?? [], as: UTF8.self).split(separator: "\n")
        let hits = shell("suoyin search 竞业协议 --format vimgrep -n 0").outputLines
        let listed = shown.filter { $0.hasPrefix(" ") }
        #expect(hits.count == 4 && listed.count == 4, "\(shown)")
        for (line, hit) in zip(listed, hits) {
            let fields = hit.split(separator: ":", maxSplits: 3)
            #expect(line.contains("\(fields[0]):\(fields[1]) col \(fields[2]): \(fields[3].prefix(10))"), "\(line)")
        }
        #expect(shown.last.map { hits[1].hasPrefix($0 + ":") } == true, "\(shown)")
    }

    @Test("print what they show; those whose program is not installed are left out")
    func recipes() {
        #expect(Self.recipes.count == 6)
        for recipe in Self.recipes where !Self.missing(recipe.command) {
            let result = shell(recipe.command)
            #expect(result.outputText == recipe.shown, "\(recipe.command)\n\(result.errorText)")
            #expect(result.ending == .status(0), "\(recipe.command)")
        }
    }
}
