import JSON
import TestSupport
import Testing

/// The schemas that the documentation gives, and what the tool prints.
@Suite("The JSON Schemas of --format jsonl and --json")
struct JSONSchemaTests {
    @Test("lines of --format jsonl fit their schema, and have every member that they may")
    func lines() throws {
        let page = try #require(SchemaPage("Output/Output.docc/JSONLines.md"))
        let playground = Playground(Playground.articles)
        playground.directory.write("清华大学\n".utf8, to: Array("articles/".utf8) + [0xFF] + Array(".txt".utf8))
        playground.run("index", "articles")
        let runs = [
            ["search", "清华大学", "-n", "0"], ["search", "清华大学", "-C", "2", "--snippet", "4", "--explain", "-n", "0"],
            ["search", "清华大学", "--group", "--collapse"], ["search", "智能大模型", "--explain"], ["search", "团队"],
            ["search", "清华大雪", "--suggest"], ["show", "大学.txt", "n1"], ["list"],
        ]
        var met: Set<String> = []
        for arguments in runs {
            for value in try Self.printed(arguments + ["--format", "jsonl"], playground) {
                let type = try #require(value["type"]?.string)
                let name = ["paragraph": "paragraphLine", "article": "articleLine"][type] ?? type
                #expect(page.complaints(value, name) == [], "\(arguments)")
                met.formUnion((value.members ?? []).map { "\(name).\($0.key)" })
            }
        }
        for name in ["hit", "summary", "paragraphLine", "articleLine"] {
            for member in try #require(page.members(of: name)) {
                #expect(met.contains("\(name).\(member)"), "\(name).\(member) is never printed")
            }
        }
    }

    @Test("lines of cite fit their schema, and have every member that they may")
    func citations() throws {
        let page = try #require(SchemaPage("Output/Output.docc/JSONLines.md"))
        let playground = Playground(Playground.articles)
        let raw = Array("articles/".utf8) + [0xFF] + Array(".txt".utf8)
        playground.directory.write("清华大学在海淀。\n".utf8, to: raw)
        playground.run("index", "articles")
        let hits = playground.run("search", "清华大学", "--format", "jsonl", "-n", "0").outputText
        playground.write(hits, to: "hits.jsonl")
        playground.write("新的一段\n清华大学的一天\n\n清华大学数学系招聘。\n", to: "articles/大学.txt")
        playground.directory.remove("articles/notes/模型.md")
        var met: Set<String> = []
        func check() -> [String] {
            playground.run("cite", "--check", "hits.jsonl", "--format", "jsonl").outputLines
        }
        var lines = check()
        playground.directory.write([0, 1, 2, 0], to: "articles/大学.txt")
        lines += check()
        for line in lines {
            let value = try JSONDocument(Array(line.utf8)).value
            #expect(page.complaints(value, "citation") == [], "\(line)")
            met.formUnion((value.members ?? []).map(\.key))
            met.insert(try #require(value["status"]?.string))
        }
        for member in try #require(page.members(of: "citation")) + ["holds", "moved", "changed", "gone", "unread"] {
            #expect(met.contains(member), "\(member) is never printed")
        }
    }

    @Test("objects of --json fit their schema, and they and their keywords have every member that they may")
    func reports() throws {
        let page = try #require(SchemaPage("CLI/CLI.docc/JSONReports.md"))
        let playground = Playground(Playground.articles)
        playground.directory.write("清华大学在海淀。\n".utf8, to: Array("articles/".utf8) + [0xFF] + Array(".txt".utf8))
        playground.directory.write("草稿.txt\n".utf8, to: "articles/.suoyinignore")
        playground.directory.write("不要\n".utf8, to: "articles/草稿.txt")
        playground.directory.write("不要\n".utf8, to: Array("articles/".utf8) + [0xFF] + Array(".raw.txt".utf8))
        playground.directory.write(
            "用 I nstagram 的清华\u{200B}大学&nbsp;<b>團(tuán)隊\n\n用 I nstagram 的清华\u{200B}大学&nbsp;<b>團(tuán)隊\n".utf8,
            to: "articles/噪.txt")
        playground.run("index", "articles")
        let runs: [(String, [String])] = [
            ("status", []), ("inspect", ["articles", "--exclude", "*.raw.txt"]),
            ("tokenize", ["用 I nstagram 的清华大学<b>團(tuán)隊，人工智能"]),
            ("tokenize", ["清华"]), ("why", ["清华大学 OR 智能大雪", "articles"]),
            ("why", ["\"清华 海淀\"~3 OR instagram", "articles"]), ("why", ["\"清华 海淀\"~0 OR 团队 NOT 京城", "articles"]),
        ]
        var met: Set<String> = []
        for (command, arguments) in runs {
            for value in try Self.printed([command, "--json"] + arguments, playground) {
                let name = value["type"]?.string ?? command
                #expect(page.complaints(value, name) == [], "\(command) \(arguments)")
                met.formUnion((value.members ?? []).map { "\(name).\($0.key)" })
                for keyword in value["keywords"]?.elements ?? [] {
                    met.formUnion((keyword.members ?? []).map { "keyword.\($0.key)" })
                }
            }
        }
        for name in ["status", "file", "left_out", "sum", "tokenize", "why", "keyword"] {
            for member in try #require(page.members(of: name)) {
                #expect(met.contains("\(name).\(member)"), "\(name).\(member) is never printed")
            }
        }
    }

    /// The lines that a run prints, at least one.
    private static func printed(_ arguments: [String], _ playground: Playground) throws -> [JSONValue] {
        let run = Tool.run(arguments.map { Array($0.utf8) }, in: playground.directory.path)
        let lines = run.output.split(separator: 0x0A)
        #expect(run.ending == .status(0) && !lines.isEmpty, "\(arguments)")
        return try lines.map { try JSONDocument(Array($0)).value }
    }
}
