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

    private static let explanation = ScoreExplanation(
        terms: [
            .init(
                text: "清华", kind: .bigram, weight: 0.5, inverseFrequency: 1.25, documentCount: 12, inParagraph: 1,
                inTitle: 0, inArticle: 3, paragraphScore: 0.75, articleScore: 0.5)
        ],
        keywords: [
            .init(text: "a\u{1B}", inverseFrequency: 10.5, documentCount: 1, inParagraph: 2, score: 2.25)
        ], titleScore: 0)

    @Test("text: how a score came about, as a table")
    func table() {
        var hit = SampleHits.hit()
        hit.explanation = Self.explanation
        #expect(
            SampleHits.printText(.text, [hit])
                == """
                标题  /文/一.txt:7  9.10
                清华大学
                  term  kind     weight    idf  paragraphs  here  title  article  adds  by article
                  清华  bigram     0.50   1.25          12     1      0        3  0.75        0.50
                  a\u{FFFD}    keyword          10.50           1     2                  2.25
                  sum                                                             3.00        0.50


                """)
        hit.explanation?.terms = []
        hit.explanation?.titleScore = 0.5
        #expect(
            SampleHits.printText(.text, [hit]).hasSuffix(
                """
                  keyword    idf  paragraphs  here  adds
                  a\u{FFFD}       10.50           1     2  2.25
                  title                             0.50
                  sum                               2.75


                """))
    }

    @Test("JSON: how a score came about")
    func explanationJSON() throws {
        var hit = SampleHits.hit()
        hit.explanation = Self.explanation
        let line = try #require(SampleHits.print(.jsonl, [hit]).split(separator: 0x0A).first)
        #expect(StrictJSON(line) != nil)
        #expect(
            String(decoding: line, as: UTF8.self).hasSuffix(
                #","explanation":{"terms":[{"text":"清华","kind":"bigram","weight":0.5,"idf":1.25,"paragraphs":12,"#
                    + #""frequency":{"paragraph":1,"title":0,"article":3},"adds":{"paragraph":0.75,"article":0.5}}],"#
                    + #""keywords":[{"text":"a\u001b","idf":10.5,"paragraphs":1,"frequency":2,"adds":2.25}],"#
                    + #""words":0.0,"title":0.0,"score":3.5}}"#))
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
