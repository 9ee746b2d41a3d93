import TestSupport
import Testing

@Suite("Suoyin as a library")
struct ExampleTests {
    private static func text(_ name: String) -> String {
        readFile(projectRoot + "/" + name).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    @Test("the example, a program that imports nothing but Suoyin, indexes and searches")
    func example() {
        let playground = Playground(Playground.articles)
        // What is built beside the tool; the tool's own path, behind it, is an argument that it does not look at.
        let tool = String(decoding: Tool.path, as: UTF8.self)
        let program = tool[...tool.lastIndex(of: "/")!] + "Example"
        let run = Tool.run([], in: playground.directory.path, launcher: [String(program)])
        #expect(run.ending == .status(0), "\(run.errorText)")
        let lines = run.outputLines
        #expect(lines.count == 3 && lines.last == "4 paragraphs", "\(lines)")
        #expect(
            lines.dropLast().allSatisfy {
                $0.hasPrefix(playground.directory.path + "/articles/") && $0.contains("清华大学")
            })
        #expect(playground.run("check").ending == .status(0))
    }

    @Test("the page of the module, and the README, show that example")
    func page() {
        let example = Self.text("Tests/Example/Example.swift")
        #expect(!example.isEmpty)
        for name in ["Sources/Suoyin/Suoyin.docc/Suoyin.md", "README.md"] {
            #expect(Self.text(name).contains("```swift\n" + example + "```"), "\(name)")
        }
    }
}
