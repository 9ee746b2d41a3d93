import TestSupport
import Testing

@Suite("suoyin mcp")
struct MCPTests {
    private static func request(_ id: Int, _ method: String, _ parameters: String = "") -> String {
        let meta =
            #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}"#
        let members = parameters.isEmpty ? meta : parameters + "," + meta
        return #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{\#(members)}}"# + "\n"
    }

    private static func search(_ id: Int, _ query: String) -> String {
        request(id, "tools/call", #""name":"search","arguments":{"query":"\#(query)"}"#)
    }

    @Test("a session, word for word, in both eras")
    func transcript() {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles")
        var transcript = Transcript(playground)
        transcript.run("mcp", "--help")
        let opening =
            #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{}}}"#
            + "\n" + #"{"jsonrpc":"2.0","method":"notifications/initialized"}"# + "\n"
        transcript.run(
            "mcp",
            input: opening + #"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"# + "\n"
                + #"{"jsonrpc":"2.0","id":3,"method":"resources/read","params":{"uri":"suoyin://article/n1"}}"#
                + "\n")
        transcript.run(
            "mcp",
            input: Self.search(1, "清华大学 招聘") + Self.search(2, "清华大学 不存在的词") + Self.search(3, "甲 OR")
                + Self.request(4, "tools/call", #""name":"read","arguments":{"article":"大学.txt","paragraph":2}"#)
                + Self.request(5, "tools/call", #""name":"articles","arguments":{"limit":2}"#)
                + Self.request(6, "resources/list") + "nonsense\n" + Self.request(7, "nonsense"))
        transcript.run("mcp", "--index", "nowhere", input: Self.search(1, "清华大学"))
        transcript.compare("mcp")
    }

    @Test("only messages go to standard output, whatever comes in, and the end of it is status 0")
    func anything() {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles")
        var random = SplitMix64(seed: 7)
        var input: [UInt8] = []
        for number in 0..<200 {
            let line = Array(Self.search(number, "清华大学").utf8.dropLast())
            input += random.once(in: 3) ? line : RandomBytes.mutation(of: line, using: &random)
            input.append(0x0A)
        }
        input +=
            [UInt8](repeating: UInt8(ascii: "{"), count: 3 << 20) + [0x0A]
            + Array(Self.search(1000, "大学").utf8.dropLast())
        let result = Tool.run([Array("mcp".utf8)], in: playground.directory.path, input: input)
        #expect(result.ending == .status(0))
        #expect(result.errors.isEmpty, "\(result.errorText)")
        let messages = result.output.split(separator: 0x0A).map { StrictJSON($0) }
        #expect(messages.allSatisfy { $0?["jsonrpc"].string == "2.0" })
        #expect(messages.last??["id"].integer == 1000)
        #expect(messages.last??["result"]["structuredContent"]["hits"].integer ?? 0 > 0)
        #expect(messages.dropLast().last??["error"]["code"].integer == -32700)
    }

    /// The server, at work, with both ends of its streams.
    private struct Served {
        let input = Pipe()
        let output = Pipe()
        let errors = ScratchFile()
        let process: RunningTool

        init(_ playground: Playground) throws {
            process = RunningTool(
                [Array("mcp".utf8)], in: playground.directory.path, input: try #require(input.reading),
                output: try #require(output.writing), errors: errors.descriptor)
            input.closeReading()
            output.closeWriting()
        }

        /// Sends a line, and gives the next that comes.
        func ask(_ line: String) -> StrictJSON? {
            input.write(Array(line.utf8))
            var bytes: [UInt8] = []
            while bytes.last != 0x0A {
                let piece = output.read(1 << 16)
                if piece.isEmpty { return nil }
                bytes += piece
            }
            return StrictJSON(bytes)
        }
    }

    @Test("a signal ends it with status 0, idle or not", arguments: ["TERM", "INT"])
    func signals(name: String) throws {
        let served = try Served(Playground(Playground.articles))
        #expect(served.ask(Self.request(1, "server/discover"))?["id"].integer == 1)
        if name == "TERM" { served.process.terminate() } else { served.process.interrupt() }
        #expect(served.process.wait(seconds: 20) == .status(0))
        #expect(served.errors.readAll().isEmpty)
    }

    @Test("a signal ends it also while nobody reads what it says")
    func blockedOutput() throws {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles")
        let served = try Served(playground)
        // More than a pipe holds.
        served.input.write(Array((0..<200).map { Self.search($0, "清华大学") }.joined().utf8))
        pause(seconds: 0.3)
        served.process.terminate()
        #expect(served.process.wait(seconds: 20) == .status(0))
    }

    @Test("a client that goes away is no error")
    func goneClient() throws {
        let served = try Served(Playground(Playground.articles))
        #expect(served.ask(Self.request(1, "server/discover")) != nil)
        served.output.closeReading()
        served.input.write(Array(Self.request(2, "server/discover").utf8))
        #expect(served.process.wait(seconds: 20) == .status(0))
        #expect(served.errors.readAll().isEmpty)
    }

    @Test("without a standard input there is nothing to do")
    func closedInput() {
        let playground = Playground()
        let result = Tool.run(
            [Array("mcp".utf8)], in: playground.directory.path,
            launcher: ["/bin/sh", "-c", "exec \"$@\" <&-", "sh"], seconds: 20)
        #expect(result.ending == .status(0) && result.output.isEmpty && result.errors.isEmpty)
        #expect(!playground.directory.exists("Index"))
    }

    @Test("nesting beyond all need is an error, at every depth there is")
    func nesting() {
        func line(_ depth: Int) -> String {
            let value = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            return #"{"jsonrpc":"2.0","id":\#(depth),"method":"ping","params":{"a":\#(value)}}"# + "\n"
        }
        let depths = [1, 100, 510, 511, 520, 100_000]
        let result = Playground().run("mcp", input: depths.map(line).joined())
        #expect(result.ending == .status(0))
        let replies = result.output.split(separator: 0x0A).map { StrictJSON($0) }
        #expect(replies.map { $0?["id"].integer } == [1, 100, 510, nil, nil, nil])
        #expect(replies.suffix(3).allSatisfy { $0?["error"]["code"].integer == -32700 })
    }

    @Test("an index that comes, changes and goes is seen at once")
    func following() throws {
        let playground = Playground(Playground.articles)
        let served = try Served(playground)
        func hits() -> Int? { served.ask(Self.search(1, "清华大学"))?["result"]["structuredContent"]["hits"].integer }
        #expect(hits() == nil)
        playground.run("index", "articles")
        #expect(hits() == 4)
        playground.write("清华大学\n", to: "articles/新.txt")
        playground.run("index", "articles")
        #expect(hits() == 5)
        playground.directory.remove("Index")
        #expect(hits() == nil)
        served.input.closeWriting()
        #expect(served.process.wait(seconds: 20) == .status(0))
    }
}
