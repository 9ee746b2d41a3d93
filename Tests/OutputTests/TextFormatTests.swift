import Model
import Output
import TestSupport
import Testing

@Suite("text for people")
struct TextFormatTests {
    private let colour = TextStyle(hasColour: true)

    @Test("a heading, the paragraph, a blank line")
    func plain() {
        #expect(
            SampleHits.printText(.text, [SampleHits.hit(), SampleHits.hit(score: 0.999, title: "")])
                == "标题  /文/一.txt:7  9.10\n清华大学\n\n一.txt  /文/一.txt:7  1.00\n清华大学\n\n")
        #expect(
            SampleHits.printText(.text, [SampleHits.hit()], query: "q7", isBatch: true)
                == "# q7\n\n标题  /文/一.txt:7  9.10\n清华大学\n\n")
    }

    @Test("colours mark what matched, by Unicode scalar")
    func highlights() {
        let hit = SampleHits.hit(text: "e\u{301}清华😀大学", highlights: [0..<1, 2..<4, 6..<7])
        let text = SampleHits.printText(.text, [hit], style: colour)
        let paragraph = text.split(separator: "\n")[1]
        let (on, off) = ("\u{1B}[1;31m", "\u{1B}[0m")
        let expected = "\(on)e\(off)\u{301}\(on)清华\(off)😀大\(on)学\(off)"
        #expect(paragraph.unicodeScalars.elementsEqual(expected.unicodeScalars))
    }

    @Test(
        "highlights that touch or end with the text",
        arguments: [[0..<4], [0..<2, 2..<4], [3..<4], []] as [[Range<Int>]])
    func edges(ranges: [Range<Int>]) {
        let hit = SampleHits.hit(highlights: ranges)
        let text = SampleHits.printText(.text, [hit], style: colour)
        let shown = text.replacing(#/\x{1B}\[[0-9;]*m/#, with: "")
        #expect(shown == SampleHits.printText(.text, [hit]))
        #expect(text.components(of: "\u{1B}[1;31m") == ranges.count)
    }

    @Test("nothing an article, a path or a query holds can control the terminal")
    func controls() {
        let wild = SampleHits.unsafeText + "\u{1B}]0;title\u{7}\u{9B}2J"
        let hit = SampleHits.hit(
            id: Array(wild.utf8), path: Array(wild.utf8), title: wild, text: wild, highlights: [1..<3])
        let text = SampleHits.printText(.text, [hit], query: wild, isBatch: true)
        #expect(!text.unicodeScalars.contains { $0 != "\n" && SampleHits.unsafe.contains($0) })
        // Query, heading and paragraph, with the blank lines after query and paragraph.
        #expect(text.unicodeScalars.count { $0 == "\n" } == 5)
    }

    @Test(
        "scores keep their place",
        arguments: [(0, "0.00"), (0.004, "0.00"), (0.05, "0.05"), (12.345, "12.35")] as [(Float, String)])
    func scores(score: Float, shown: String) {
        let text = SampleHits.printText(.text, [SampleHits.hit(score: score)])
        #expect(text.split(separator: "\n")[0].hasSuffix("  " + shown))
    }

    @Test("one line: white space joins, controls are replaced, the rest stays")
    func oneLine() {
        func oneLine(_ text: String) -> String {
            String(decoding: PrintableText.oneLine(Array(text.utf8)), as: UTF8.self)
        }
        #expect(oneLine("清华 \r\n\u{3000}大学") == "清华 大学")
        #expect(oneLine("é清\u{200B}華😀") == "é清\u{200B}華😀")
        #expect(oneLine("a\u{1B}[0mb\u{202E}") == "a\u{FFFD}[0mb\u{FFFD}")
        #expect(oneLine("") == "")
    }
}

extension String {
    /// How often `part` stands in the text.
    fileprivate func components(of part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count - 1
    }
}
