import TestSupport
import Testing

@Suite("articles that mean the terminal ill")
struct HostileTextTests {
    /// Sequences that move the cursor, set the window's title, clear the screen; C1 forms of them; bidi controls.
    private static let attack = "\u{1B}[2J\u{1B}]0;x\u{7}\u{9B}31m\u{85}\u{202E}\u{2066}\u{200F}\u{61C}\u{7F}\u{8}"

    private static let playground: Playground = {
        let playground = Playground()
        playground.write("标题\(attack)\n\n清华\(attack)大学的段落\n", to: "articles/文.txt")
        playground.write("# 标\(attack)题\n\n清华`\(attack)`大学\n", to: "articles/文.md")
        let escaped = #"{"id":"n\u001b1","title":"\u009b2J","text":"清华\u001b[31m大学\u202e\u0007\u0085"}"#
        playground.write(escaped + "\n", to: "articles/文.jsonl")
        playground.run("index", "articles")
        return playground
    }()

    private static let obeyed: Set<Unicode.Scalar> = Set(attack.unicodeScalars).filter {
        $0.value < 0x20 || $0.value > 0x7E
    }

    @Test("text and TSV print none of it raw", arguments: ["text", "tsv"])
    func printable(format: String) {
        let run = Self.playground.run("search", "清华", "--format", format)
        #expect(run.ending == .status(0) && run.outputText.contains("段落"))
        for text in [run.outputText, run.errorText] {
            #expect(!text.unicodeScalars.contains { Self.obeyed.contains($0) })
        }
    }

    @Test("JSON Lines are valid, and give the text as it was")
    func json() throws {
        let run = Self.playground.run("search", "清华", "--format", "jsonl")
        let lines = run.output.split(separator: 0x0A)
        #expect(lines.count == 4)
        #expect(
            !run.outputText.unicodeScalars.contains {
                $0 != "\n" && ($0.value < 0x20 || (0x7F..<0xA0).contains($0.value))
            })
        let values = lines.compactMap { StrictJSON($0) }
        try #require(values.count == lines.count)
        let texts = values.compactMap { $0["paragraph"]["text"].string }
        #expect(texts.contains("清华\(Self.attack)大学的段落"))
        #expect(texts.contains { $0.hasPrefix("清华\u{1B}[31m大学\u{202E}") })
        #expect(values.contains { $0["article"]["title"] == .string("\u{9B}2J") })
    }

    @Test("TREC lines have six fields")
    func trec() {
        let run = Self.playground.run("search", "清华", "--format", "trec")
        #expect(run.outputLines.count == 3)
        #expect(run.outputLines.allSatisfy { $0.split(separator: " ").count == 6 })
        #expect(run.outputText.contains(" n%1B1#1 "))
    }

    @Test("a query comes back as harmlessly as an article")
    func query() {
        let batch = "q\u{1B}[2J\u{9B}\u{202E}\t清华\n\u{1B}[2J\u{202E}\t\"\n"
        let run = Self.playground.run("search", "--queries", "-", input: batch)
        #expect(run.ending == .status(2))
        for text in [run.outputText, run.errorText] {
            #expect(!text.unicodeScalars.contains { Self.obeyed.contains($0) })
        }
        let tokens = Self.playground.run("tokenize", "清\u{1B}[2J华\u{202E}")
        #expect(!tokens.outputText.unicodeScalars.contains { Self.obeyed.contains($0) })
    }
}
