import Model
import Output
import Testing

@Suite("Text on a terminal")
struct TextStyleTests {
    /// The lines of a paragraph's text, wrapped.
    private static func lines(_ text: String, columns: Int, colour: Bool = false) -> [String] {
        var style = TextStyle(hasColour: colour)
        style.columns = columns
        let hit = SampleHits.hit(text: text, highlights: colour ? [0..<3] : [])
        let printed = SampleHits.printText(.text, [hit], style: style)
        return printed.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            .drop { !$0.contains(text.prefix(1)) }.dropLast(2)
    }

    @Test(
        "is broken by width, between Han characters and after words; marks stay with what they close or open",
        arguments: [
            ("甲乙丙丁戊", 10, ["甲乙丙丁戊"]), ("甲乙丙丁戊己", 10, ["甲乙丙丁戊", "己"]),
            ("甲乙丙丁戊。己", 10, ["甲乙丙丁", "戊。己"]), ("甲乙丙丁（戊）", 10, ["甲乙丙丁", "（戊）"]),
            ("甲乙用GPT-4o的人", 10, ["甲乙用", "GPT-4o的人"]), ("one two three", 8, ["one two ", "three"]),
            ("abcdefghijkl", 5, ["abcde", "fghij", "kl"]), ("甲。。。。。。", 4, ["甲。", "。。", "。。", "。"]),
            ("甲e\u{301}e\u{301}e\u{301}乙", 5, ["甲e\u{301}e\u{301}e\u{301}", "乙"]), ("甲乙", 1, ["甲", "乙"]),
            ("🚀✅甲☀乙", 6, ["🚀✅甲", "☀乙"]), ("⭐☀☀甲", 6, ["⭐☀☀甲"]),
        ] as [(String, Int, [String])])
    func wrapping(text: String, columns: Int, expected: [String]) {
        #expect(Self.lines(text, columns: columns) == expected)
    }

    @Test("colours take no columns and are not cut")
    func colours() {
        let lines = Self.lines("甲乙丙丁戊己", columns: 4, colour: true)
        #expect(lines == ["\u{1B}[1;31m甲乙", "丙\u{1B}[0m丁", "戊己"])
    }

    @Test("paths are links where the machine has a name, whatever they hold")
    func links() {
        var style = TextStyle(directory: Path("/文"))
        style.linkHost = Array("host".utf8)
        let printed = SampleHits.printText(
            .text, [SampleHits.hit(path: Array("/文/a b;\u{1B}%.txt".utf8))], style: style)
        let link = "\u{1B}]8;;file://host/%E6%96%87/a%20b%3B%1B%25.txt\u{1B}\\a b;\u{FFFD}%.txt:7\u{1B}]8;;\u{1B}\\"
        #expect(printed.contains(link), "\(printed)")
        style.columns = 20
        #expect(
            SampleHits.printText(.text, [SampleHits.hit()], style: style).contains(
                "file://host/%E6%96%87/%E4%B8%80.txt\u{1B}\\"))
    }
}
