import TestSupport
import Testing

/// The README's recipes, run by a shell as they stand there.
@Suite("The README's recipes")
struct RecipeTests {
    private static let root: String = {
        let file = String(#filePath)
        return String(file[..<(file.firstRange(of: "/Tests/CLITests/")!.lowerBound)])
    }()

    /// Each command with what is shown after it.
    private static let recipes: [(command: String, shown: String)] = {
        let readme = readFile(root + "/README.md").map { String(decoding: $0, as: UTF8.self) } ?? ""
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

    @Test("print what they show; those whose program is not installed are left out")
    func recipes() {
        let directory = TemporaryDirectory()
        directory.makeDirectory("bin")
        directory.link("bin/suoyin", to: String(decoding: Tool.path, as: UTF8.self))
        func shell(_ script: String) -> Tool.Result {
            Tool.run(
                [], in: Self.root,
                environment: [
                    "PATH": "\(directory.path)/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": directory.path,
                    "SUOYIN_INDEX": directory.path(of: "index"),
                ], launcher: ["/bin/bash", "-c", script])
        }
        #expect(shell("suoyin index").ending == .status(0))
        #expect(Self.recipes.count == 6)
        for recipe in Self.recipes where !Self.missing(recipe.command) {
            let result = shell(recipe.command)
            #expect(result.outputText == recipe.shown, "\(recipe.command)\n\(result.errorText)")
            #expect(result.ending == .status(0), "\(recipe.command)")
        }
    }
}
