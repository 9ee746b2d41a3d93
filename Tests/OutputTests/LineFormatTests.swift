import Model
import Output
import TestSupport
import Testing

@Suite("TSV, TREC, paths and places")
struct LineFormatTests {
    @Test("the fields the contract names")
    func contract() {
        let hit = SampleHits.hit(score: 9.125)
        #expect(SampleHits.printText(.tsv, [hit]) == "1\t9.125\t一.txt\t3\t/文/一.txt\t7\t清华大学\n")
        #expect(SampleHits.printText(.trec, [hit]) == "q1 Q0 一.txt#3 1 9.125 suoyin\n")
        #expect(SampleHits.printText(.paths, [hit]) == "/文/一.txt\n")
    }

    @Test("no hits, no bytes", arguments: [OutputFormat.text, .tsv, .trec, .paths, .vimgrep])
    func noHits(format: OutputFormat) { #expect(SampleHits.print(format, []).isEmpty) }

    @Test("TSV: whatever the fields hold, a hit is a line of seven, and nothing in it controls a terminal")
    func tsvFields() throws {
        let wild = "a\t\tb\r\nc\u{B}\u{3000} d\u{2028}e" + SampleHits.unsafeText + "\u{1B}[31m"
        let hit = SampleHits.hit(id: Array(wild.utf8), path: Array(wild.utf8), title: wild, text: wild)
        let line = SampleHits.printText(.tsv, [hit])
        #expect(line.hasSuffix("\n") && line.unicodeScalars.count { $0 == "\n" } == 1)
        let fields = line.dropLast().split(separator: "\t", omittingEmptySubsequences: false)
        try #require(fields.count == 7)
        for field in [fields[2], fields[4], fields[6]] {
            #expect(field.hasPrefix("a b c d e文"))
            #expect(!field.unicodeScalars.contains { SampleHits.unsafe.contains($0) })
            #expect(!field.contains("  "))
        }
    }

    @Test("TSV: bytes that are not UTF-8 stay")
    func tsvBytes() {
        let path: [UInt8] = [0x2F, 0xFF, 0xE4, 0xB8, 0x2F, 0xC3]
        let line = SampleHits.print(.tsv, [SampleHits.hit(id: [0xFE], path: path)])
        let fields = line.dropLast().split(separator: 0x09)
        #expect(fields[2].elementsEqual([0xFE]) && fields[4].elementsEqual(path))
    }

    @Test(
        "TREC: white space, control characters and % are percent-encoded",
        arguments: [
            ("a b", "a%20b"), ("100%", "100%25"), ("a%20b", "a%2520b"), ("\t\n", "%09%0A"),
            ("全　角", "全%E3%80%80角"), ("\u{A0}", "%C2%A0"), ("\u{1B}[0m", "%1B[0m"), ("\u{7F}", "%7F"),
            ("\u{9B}0m", "%C2%9B0m"), ("一#2.txt", "一#2.txt"),
        ])
    func trecEncoding(id: String, encoded: String) {
        let line = SampleHits.printText(.trec, [SampleHits.hit(id: Array(id.utf8))], query: id)
        #expect(line == "\(encoded) Q0 \(encoded)#3 1 9.1 suoyin\n")
    }

    @Test("TREC: an id that is not UTF-8 is encoded byte by byte, so that it can be had back")
    func trecBytes() {
        let hit = SampleHits.hit(id: Array("一/".utf8) + [0xFF])
        #expect(SampleHits.printText(.trec, [hit]) == "q1 Q0 %E4%B8%80/%FF#3 1 9.1 suoyin\n")
    }

    @Test("paths: each file once, best first, byte for byte")
    func paths() {
        let first: [UInt8] = [0x2F, 0xFF]
        let second: [UInt8] = [0x2F, 0x61, 0x20, 0x62]
        let hits = [first, second, first].map { SampleHits.hit(path: $0) }
        #expect(SampleHits.print(.paths, hits) == first + [0x0A] + second + [0x0A])
    }

    @Test("paths: a NUL behind each, where that is asked for")
    func nullPaths() {
        let formatter = ResultFormatter(.paths, pathLines: PathLines(end: 0))
        let hits = ["/一\n二", "/三"].map { SampleHits.hit(path: Array($0.utf8)) }
        #expect(formatter.bytes(hits, query: "q1").elementsEqual("/一\n二\0/三\0".utf8))
    }

    @Test("paths: to a terminal nothing that would move its cursor")
    func terminalPaths() {
        let formatter = ResultFormatter(.paths, pathLines: PathLines(isForTerminal: true))
        let hits = [Array("/一\u{1B}[31m\n二".utf8), Array("/红　色  三".utf8), [0x2F, 0x9B]].map {
            SampleHits.hit(path: $0)
        }
        #expect(
            formatter.bytes(hits, query: "q1").elementsEqual("/一\u{FFFD}[31m 二\n/红　色  三\n/\u{FFFD}\n".utf8))
    }

    @Test("vimgrep: place and text on one line, the line of the paragraph unless someone knows better")
    func vimgrep() {
        let hit = SampleHits.hit(text: "清华\n\t大学\u{1B}[31m")
        #expect(SampleHits.printText(.vimgrep, [hit]) == "/文/一.txt:7:1:清华 大学\u{FFFD}[31m\n")
        let formatter = ResultFormatter(.vimgrep, locate: { ($0.source.line + 2, $0.number) })
        #expect(formatter.bytes([hit], query: "").starts(with: "/文/一.txt:9:3:清华".utf8))
    }

    @Test("references have no text to show", arguments: OutputFormat.allCases)
    func needsText(format: OutputFormat) { #expect(format.needsText == (format != .trec && format != .paths)) }
}
