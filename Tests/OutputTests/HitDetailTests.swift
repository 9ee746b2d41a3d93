import Model
import Output
import TestSupport
import Testing

@Suite("Snippets, context, groups and duplicates")
struct HitDetailTests {
    private static func detailed() -> Hit {
        var hit = SampleHits.hit()
        hit.snippet = Hit.Snippet(text: "华大", start: 1, highlights: [0..<1], isCutBefore: true, isCutAfter: true)
        hit.context = Hit.Context(
            before: [Hit.Neighbour(number: 2, text: "前文", line: 6)],
            after: [Hit.Neighbour(number: 4, text: "后文\u{1B}", line: 8)])
        hit.group = Hit.Group(number: 2, place: 1)
        hit.duplicates = 3
        return hit
    }

    @Test("text: a heading for the article, one for the paragraph, neighbours, marks where it is cut")
    func text() {
        var second = Self.detailed()
        second.group?.place = 2
        second.duplicates = 0
        second.context = nil
        #expect(
            SampleHits.printText(.text, [Self.detailed(), second])
                == """
                标题
                /文/一.txt:7  9.10  and 3 like it
                6- 前文
                …华大…
                8- 后文\u{FFFD}

                /文/一.txt:7  9.10
                …华大…


                """)
    }

    @Test("text: neighbours are cut, and dimmed where there is colour")
    func neighbours() {
        let style = TextStyle(hasColour: true, neighbourLimit: 1)
        let lines = SampleHits.printText(.text, [Self.detailed()], style: style).split(separator: "\n")
        #expect(lines[2] == "\u{1B}[0;2m6- 前…\u{1B}[0m")
        #expect(lines[3] == "…\u{1B}[1;31m华\u{1B}[0m大…")
    }

    @Test("JSON: members after those of every hit")
    func json() throws {
        let lines = SampleHits.print(.jsonl, [Self.detailed(), SampleHits.hit()]).split(separator: 0x0A)
        let hit = try #require(StrictJSON(lines[0]))
        let plain = try #require(StrictJSON(lines[1]))
        #expect(hit.keys == plain.keys + ["snippet", "context", "group", "duplicates"])
        #expect(
            String(decoding: lines[0], as: UTF8.self).hasSuffix(
                #","snippet":{"text":"华大","start":1,"highlights":[[0,1]]},"context":{"before":[{"number":2,"text":"前文","#
                    + #""line":6}],"after":[{"number":4,"text":"后文\u001b","line":8}]},"group":2,"duplicates":3}"#))
    }

    @Test("JSON: the summary has articles and suggestions where there are any")
    func summary() {
        var summary = SampleHits.summary
        summary.groups = 4
        summary.suggestions = ["字节跳动", "\"甲\" 乙"]
        let text = String(decoding: ResultFormatter(.jsonl).ending(summary, query: "q"), as: UTF8.self)
        #expect(text.hasSuffix(#""returned":1,"groups":4,"suggestions":["字节跳动","\"甲\" 乙"]}"# + "\n"))
    }

    @Test("TSV: the snippet stands for the text")
    func tsv() {
        #expect(SampleHits.printText(.tsv, [Self.detailed()]).hasSuffix("\t7\t…华大…\n"))
    }
}
