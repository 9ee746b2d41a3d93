import JSON
import TestSupport
import Testing

/// The schema that the page on JSON Lines gives, and what the tool prints.
@Suite("The JSON Schema of --format jsonl")
struct JSONSchemaTests {
    private static let definitions: JSONValue? = {
        let file = String(#filePath)
        let root = file[..<(file.firstRange(of: "/Tests/CLITests/")!.lowerBound)]
        let page = readFile(root + "/Sources/Output/Output.docc/JSONLines.md").map {
            String(decoding: $0, as: UTF8.self)
        }
        guard let page, let start = page.firstRange(of: "```json\n"),
            let end = page[start.upperBound...].firstRange(of: "```\n")
        else { return nil }
        return try? JSONDocument(Array(page[start.upperBound..<end.lowerBound].utf8)).value["$defs"]
    }()

    /// The schema with what it refers to in its place. Objects have no members but those named, so that none is undocumented.
    private static func resolved(_ schema: JSONValue, _ definitions: JSONValue) -> JSONValue {
        if let name = schema["$ref"]?.string {
            return resolved(definitions[String(name.dropFirst("#/$defs/".count))] ?? .null, definitions)
        }
        if let elements = schema.elements { return .array(elements.map { resolved($0, definitions) }) }
        guard var members = schema.members else { return schema }
        members = members.map { .init($0.key, resolved($0.value, definitions)) }
        if schema["properties"]?.members != nil { members.append(.init("additionalProperties", .bool(false))) }
        return .object(members)
    }

    @Test("every line fits its schema, and every member of a schema is met")
    func lines() throws {
        let definitions = try #require(Self.definitions)
        let playground = Playground(Playground.articles)
        playground.directory.write("清华大学\n".utf8, to: Array("articles/".utf8) + [0xFF] + Array(".txt".utf8))
        playground.run("index", "articles")
        let runs = [
            ["search", "清华大学", "-n", "0"], ["search", "清华大学", "-C", "2", "--snippet", "4", "--explain", "-n", "0"],
            ["search", "清华大学", "--group", "--collapse"], ["search", "智能大模型", "--explain"], ["search", "团队"],
            ["search", "清华大雪", "--suggest"], ["show", "大学.txt", "n1"], ["list"],
        ]
        var met: Set<String> = []
        var count = 0
        for arguments in runs {
            let run = Tool.run(
                (arguments + ["--format", "jsonl"]).map { Array($0.utf8) }, in: playground.directory.path)
            #expect(run.ending == .status(0), "\(arguments)")
            for line in run.output.split(separator: 0x0A) {
                let value = try JSONDocument(Array(line)).value
                let type = try #require(value["type"]?.string)
                let name = ["paragraph": "paragraphLine", "article": "articleLine"][type] ?? type
                let schema = Self.resolved(try #require(definitions[name]), definitions)
                #expect(SchemaCheck.complaints(value, schema) == [], "\(arguments)")
                met.formUnion((value.members ?? []).map { "\(name).\($0.key)" })
                count += 1
            }
        }
        #expect(count > 30)
        for name in ["hit", "summary", "paragraphLine", "articleLine"] {
            for member in definitions[name]?["properties"]?.members ?? [] {
                #expect(met.contains("\(name).\(member.key)"), "\(name).\(member.key) is never printed")
            }
        }
    }
}
