import JSON
import TestSupport
import Testing

/// The server, by what comes down its pipe.
///
/// `SUOYIN_SEEDS=1000` runs for as long as that takes.
@Suite("suoyin mcp, hostile input")
struct MCPFuzzTests {
    private static let playground: Playground = {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles")
        return playground
    }()

    private static func message(_ method: String, id: JSONValue?, _ parameters: JSONValue) -> JSONValue {
        var members: [JSONValue.Member] = [.init("jsonrpc", "2.0"), .init("method", .string(method))]
        if let id { members.append(.init("id", id)) }
        return .object(members + [.init("params", parameters)])
    }

    private static func call(_ id: JSONValue, _ arguments: JSONValue = ["query": "清华大学"]) -> JSONValue {
        message("tools/call", id: id, ["name": "search", "arguments": arguments])
    }

    private static let samples: [JSONValue] = [
        call(1), call("b", ["query": "(清华 OR 北大) NOT \"招 聘\"~3", "group": true, "explain": true, "context": 2]),
        call(2, ["query": "py:qhdx", "fold": "icu", "collapse": true, "title": "大学", "path": ["*.txt"]]),
        message("tools/call", id: 3, ["name": "read", "arguments": ["article": "n1", "before": 1]]),
        message("tools/call", id: 4, ["name": "articles", "arguments": ["limit": 1, "cursor": "1.n1"]]),
        message("resources/list", id: 5, [:]), message("resources/read", id: 6, ["uri": "suoyin://article/n1"]),
        message("notifications/cancelled", id: nil, ["requestId": 77]), message("ping", id: 7, [:]),
        message("initialize", id: 8, ["protocolVersion": "2024-11-05"]), message("tools/list", id: 9, [:]),
    ]

    /// A line of a few hundred bytes, or of megabytes.
    private static func line(using random: inout SplitMix64) -> [UInt8] {
        let sample = random.pick(samples)
        switch random.below(24) {
        case 0...7: return HostileJSON.altered(sample, using: &random).bytes
        case 8...11: return RandomBytes.mutation(of: sample.bytes, using: &random)
        case 12: return Array(sample.bytes.prefix(random.below(sample.bytes.count)))
        case 13: return RandomBytes.noise(upTo: 300, using: &random)
        case 14: return sample.bytes + [0x0D]
        case 15: return [0] + sample.bytes + [0]
        case 16:
            return Array(repeating: UInt8(ascii: random.pick(["[", "{", "\"", " "])), count: random.below(200_000))
        case 17: return sample.bytes.dropLast() + Array(repeating: 0x20, count: random.below(3 << 20)) + [0x7D]
        case 18: return JSONValue.array(Array(repeating: sample, count: random.below(30))).bytes
        case 19: return message("notifications/cancelled", id: nil, ["requestId": .number(random.below(20))]).bytes
        default: return sample.bytes
        }
    }

    @Test("never an exit, a trap or a hang, and a good call is answered afterwards", arguments: Seed.first(4))
    func anything(seed: Seed) {
        var random = seed.generator()
        let revision: JSONValue = random.once(in: 2) ? "2025-03-26" : "2025-11-25"
        var input = Self.message("initialize", id: 0, ["protocolVersion": revision]).bytes + [0x0A]
        for _ in 0..<120 { input += Self.line(using: &random) + [0x0A] }
        input += Self.call("last").bytes
        let run = Tool.run([Array("mcp".utf8)], in: Self.playground.directory.path, input: input, seconds: 100)
        #expect(run.ending == .status(0))
        #expect(run.errors.isEmpty, "\(run.errorText)")
        let lines = run.output.split(separator: 0x0A)
        for line in lines {
            let message = StrictJSON(line)
            let replies = message.map { $0.array.isEmpty ? [$0] : $0.array } ?? [.null]
            #expect(
                replies.allSatisfy { $0["jsonrpc"].string == "2.0" }, "\(String(decoding: line, as: UTF8.self))")
        }
        let last = lines.last.flatMap { StrictJSON($0) }
        #expect(last?["id"].string == "last")
        #expect(last?["result"]["content"].array.first?["text"].string?.hasPrefix("1 to 4 of 4 paragraphs") == true)
    }

    @Test("a thousand requests at once, and cancels of what never was: each request answered once, in order")
    func pipelined() {
        var input = Self.message("initialize", id: 0, ["protocolVersion": "2025-06-18"]).bytes + [0x0A]
        for number in 1...1000 {
            input +=
                (number % 3 == 0 ? Self.call(.number(number)) : Self.message("ping", id: .number(number), [:]))
                .bytes
            input.append(0x0A)
            input +=
                Self.message("notifications/cancelled", id: nil, ["requestId": .number(-number)]).bytes + [
                    0x0D, 0x0A,
                ]
        }
        let run = Tool.run([Array("mcp".utf8)], in: Self.playground.directory.path, input: input)
        #expect(run.ending == .status(0) && run.errors.isEmpty)
        #expect(run.output.split(separator: 0x0A).map { StrictJSON($0)?["id"].integer } == Array(0...1000))
    }

    @Test("lines of many megabytes leave nothing in memory")
    func memory() throws {
        let input = Pipe()
        let output = Pipe()
        let errors = ScratchFile()
        let process = RunningTool(
            [Array("mcp".utf8)], in: Self.playground.directory.path, input: try #require(input.reading),
            output: try #require(output.writing), errors: errors.descriptor)
        input.closeReading()
        output.closeWriting()
        func ask(_ bytes: [UInt8]) -> StrictJSON? {
            input.write(bytes + [0x0A])
            var reply: [UInt8] = []
            while reply.last != 0x0A {
                let piece = output.read(1 << 16)
                if piece.isEmpty { return nil }
                reply += piece
            }
            return StrictJSON(reply)
        }
        _ = ask(Self.message("initialize", id: 0, ["protocolVersion": "2025-06-18"]).bytes)
        let long = Self.call(2, ["query": .string(String(repeating: "团", count: 300_000))]).bytes
        let deep = Array(repeating: UInt8(ascii: "["), count: 900_000)
        let tooLong = Array(repeating: UInt8(ascii: "x"), count: 8 << 20)
        func round() {
            #expect(ask(long)?["result"]["isError"] == .bool(true))
            #expect(ask(deep)?["error"]["code"].integer == -32700)
            #expect(ask(tooLong)?["error"]["code"].integer == -32700)
        }
        for _ in 0..<3 { round() }
        let before = Self.residentMegabytes(process.process)
        for _ in 0..<12 { round() }
        #expect(ask(Self.call(3).bytes)?["result"]["structuredContent"]["hits"].integer == 4)
        #expect(Self.residentMegabytes(process.process) < before + 24)
        input.closeWriting()
        #expect(process.wait(seconds: 20) == .status(0))
    }

    private static func residentMegabytes(_ process: Int32) -> Int {
        let status = String(decoding: readFile("/proc/\(process)/status") ?? [], as: UTF8.self)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        let kilobytes = line?.split { !$0.isNumber }.first.flatMap { Int($0) } ?? .max
        return kilobytes / 1024
    }
}
