internal import ArgumentParser
internal import JSON
internal import Model
internal import Output
internal import Suoyin

struct TokenizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenize",
        abstract: "Show what becomes of a text: folded text, units, words and terms.",
        discussion: """
            Reads standard input when no text is given. Byte ranges are places in the text given.

              suoyin tokenize '團(tuán)隊用GPT-4o。'
              suoyin tokenize --json <article.txt | jq .words
            """)

    @Argument(help: "The text; several arguments are joined by a space.")
    var text: [String] = []

    @Flag(help: "Print a JSON object.")
    var json = false

    func run() throws {
        let bytes =
            text.isEmpty
            ? try InputFile.standardInput() : Array(text.map(Arguments.bytes).joined(separator: [0x20]))
        let analysis = try TextAnalysis(bytes)
        try StandardOutput().write(json ? Self.json(analysis) : Self.plain(analysis, bytes))
    }

    private static func plain(_ analysis: TextAnalysis, _ bytes: [UInt8]) -> [UInt8] {
        var lines = AnalysisLines(source: bytes)
        lines.add("folded", analysis.folded)
        lines.add(analysis.noise)
        lines.add(analysis.units)
        for word in analysis.words {
            lines.add("icu word", word.text + "  " + AnalysisLines.place(word.bytes))
        }
        for kind in TermKind.allCases {
            let terms = analysis.terms.filter { $0.kind == kind }
            guard !terms.isEmpty else { continue }
            let list = terms.map { kind.hasPositions ? "\($0.text)@\($0.position)" : $0.text }
            lines.add("terms", "\(kind): " + list.joined(separator: " "))
        }
        if let healed = analysis.healed {
            lines.add("healed", healed.folded)
            lines.add(healed.noise)
            lines.add(healed.units)
        }
        return Array((lines.lines.map { PrintableText.printable($0) }.joined(separator: "\n") + "\n").utf8)
    }

    private static func json(_ analysis: TextAnalysis) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("folded", analysis.folded)
            json.noise(analysis.noise)
            json.units("units", analysis.units)
            json.units("words", analysis.words)
            json.key("terms")
            json.array(of: analysis.terms) { json, term in
                json.object { json in
                    json.field("kind", "\(term.kind)")
                    json.field("text", term.text)
                    json.field("position", term.position)
                }
            }
            guard let healed = analysis.healed else { return }
            json.key("healed")
            json.object { json in
                json.field("folded", healed.folded)
                json.noise(healed.noise)
                json.units("units", healed.units)
            }
        }
        json.endLine()
        return json.bytes
    }
}
