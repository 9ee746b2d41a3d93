internal import ArgumentParser
internal import MCP
internal import Model

struct MCPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Serve the index to a language model, by the Model Context Protocol.",
        discussion: """
            A client starts the program and talks with it on standard input and output, a JSON-RPC message a line. Models get \
            tools to search, read and list the articles of the index, and nothing else: no file is opened but the index's own. \
            New commits are seen as they come. The end of the input ends it.

              suoyin mcp --index ~/articles.idx

            To have a client start it, put this into its configuration, with paths in full:

              {
                "mcpServers": {
                  "suoyin": {
                    "command": "/usr/local/bin/suoyin",
                    "args": ["mcp", "--index", "/home/me/articles.idx"]
                  }
                }
              }
            """)

    @OptionGroup var index: IndexOption

    func run() throws {
        let input = StandardInput()
        let output = StandardOutput()
        let directory = Path.workingDirectory()
        // In full, since whoever reads of it in an answer need not know where the client started the program.
        let path = index.path.isAbsolute ? index.path : directory?.appending(index.path.bytes) ?? index.path
        let server = MCPServer(index: path, directory: directory, version: SuoyinCommand.version)
        try server.run(
            read: {
                switch input.next() {
                case .bytes(let bytes): return .bytes(bytes)
                case .end: return .end
                case .interruption:
                    // What is at work is let finish, unless its reader does not read.
                    Signals.leave(after: 2)
                    return .interruption
                }
            },
            write: output.write)
    }
}
