import TestSupport
import Testing

/// `suoyin mcp` and the official client of the protocol, which is in Python: the package `mcp`, version 2. `SUOYIN_PYTHON` names
/// an interpreter that has it, by its whole path.
@Suite("MCP, with the official client")
struct MCPClientTests {
    private static let python = environment("SUOYIN_PYTHON") ?? "/usr/bin/python3"

    private static let hasClient: Bool = {
        guard readFile(python) != nil else { return false }
        let script = "import mcp, sys; sys.exit(not hasattr(mcp, 'Client'))"
        return Tool.run([], in: "/", launcher: [python, "-c", script]).ending == .status(0)
    }()

    private static let script = projectRoot + "/Tests/CLITests/Client/client.py"

    @Test(
        "initialises, lists, searches, reads, errs, takes back, and calls a thousand times in steady memory",
        .enabled(
            if: hasClient, "the Python at SUOYIN_PYTHON, else /usr/bin/python3, has no package mcp of version 2"),
        arguments: ["legacy", "auto"])
    func client(mode: String) {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles")
        let index = playground.directory.path(of: "Index")
        // The program's path follows the script's arguments, and what comes behind it is added.
        let result = Tool.run(
            [index, playground.directory.path].map { Array($0.utf8) }, in: playground.directory.path,
            launcher: [Self.python, Self.script, mode])
        #expect(result.ending == .status(0), "\(result.errorText)")
        #expect(result.outputText.contains("1000 calls"), "\(result.outputText)")
    }
}
