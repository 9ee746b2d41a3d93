import TestSupport
import Testing

@Suite("hits point back to their file")
struct SourceRangeTests {
    /// Each hit with the bytes of its file that it points to.
    private func sources(_ playground: Playground, _ query: String) throws -> [(hit: StrictJSON, source: [UInt8])] {
        try #require(playground.hits(query)).map { hit in
            let path = try #require(hit["article"]["path"].string)
            let range = hit["paragraph"]["bytes"].array.compactMap(\.integer)
            try #require(range.count == 2)
            let file = playground.directory.read(path)
            try #require(range[0] <= range[1] && range[1] <= file.count)
            let line = 1 + file[..<range[0]].count { $0 == 0x0A }
            #expect(hit["paragraph"]["line"].integer == line)
            return (hit, Array(file[range[0]..<range[1]]))
        }
    }

    @Test(
        "plain text: the bytes are the text",
        arguments: [
            "清华大学\n北京的清华大学\n", "\u{FEFF}清华大学\n", "清华大学\r\n\r\n　　再说清华大学　\r\n", "\n\n \t清华大学 \n",
            "清华大学", "團(tuán)隊在清华大学😀\n", "清华\u{0}大学".replacing("\u{0}", with: "\u{7F}") + "，清华大学\n",
        ])
    func plainText(text: String) throws {
        let playground = Playground([("文.txt", text)])
        #expect(playground.run("index", "文.txt").ending == .status(0))
        let found = try sources(playground, "清华大学")
        #expect(!found.isEmpty)
        for (hit, source) in found {
            #expect(hit["paragraph"]["text"] == .string(String(decoding: source, as: UTF8.self)))
        }
    }

    @Test(
        "JSONL: the bytes are the text after unescaping",
        arguments: [
            #"清华大学"#, #"甲\n清华大学\r\n\n  乙清华大学  \n丙"#, #"\u6e05\u534e\u5927\u5b66"#,
            #"清华大学\"\\\/\b\f\t\ud83d\ude00完"#,
            #"  \u3000清华大学\u3000"#, #"清\u534e大学\u2028清华大学"#,
        ])
    func jsonLines(text: String) throws {
        let playground = Playground([
            ("文.jsonl", "{\"id\":\"a\",\"text\":\"无关\"}\n{ \"text\" : \"\(text)\" , \"id\" : \"b\" }\n")
        ])
        #expect(playground.run("index", "文.jsonl").ending == .status(0))
        let found = try sources(playground, "清华大学")
        #expect(!found.isEmpty)
        for (hit, source) in found {
            #expect(hit["paragraph"]["text"] == StrictJSON([0x22] + source + [0x22]))
            #expect(hit["paragraph"]["line"].integer == 2)
        }
    }

    @Test("Markdown: the bytes are the block that gave the text")
    func markdown() throws {
        let text = "---\ntitle: 标题\n---\n# 清华大学\n\n甲**清华大学**乙\n\n- 丙清华大学\n\n```\n丁清华大学\n```\n"
        let playground = Playground([("文.md", text)])
        #expect(playground.run("index", "文.md").ending == .status(0))
        let found = try sources(playground, "清华大学").map { String(decoding: $0.source, as: UTF8.self) }
        for part in ["# 清华大学", "甲**清华大学**乙", "丙清华大学", "丁清华大学"] {
            #expect(found.count { $0.contains(part) } == 1, "\(part): \(found)")
        }
    }

    @Test("highlights count Unicode scalars of the text")
    func highlights() throws {
        let playground = Playground([("文.txt", "😀e\u{301}清华大学，GPT-4o与清華大學😀清华(huá)大学\n")])
        playground.run("index", "文.txt")
        for (query, expected) in [
            ("清华大学", ["清华大学", "清華大學", "清华(huá)大学"]), ("gpt-4o", ["GPT-4o"]), ("😀", []), ("e\u{301}", ["e\u{301}"]),
        ] where !expected.isEmpty {
            let hit = try #require(playground.hits(query)?.first)
            let scalars = try Array(#require(hit["paragraph"]["text"].string).unicodeScalars)
            let shown = hit["highlights"].array.map { range -> String in
                let ends = range.array.compactMap(\.integer)
                return scalars[ends[0]..<ends[1]].reduce(into: "") { $0.unicodeScalars.append($1) }
            }
            #expect(shown == expected)
        }
    }
}
