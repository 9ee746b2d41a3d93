internal import ArgumentParser
internal import Model
internal import Output
internal import Suoyin

struct TokenizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenize",
        abstract: "Show what becomes of a text: folded text, units, words and terms.",
        discussion: "Reads standard input when no text is given. Byte ranges are places in the text given.")

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
        func source(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        var lines = ["folded     " + analysis.folded]
        for gloss in analysis.glosses {
            lines.append("gloss      \(source(gloss))  bytes \(gloss.lowerBound)-\(gloss.upperBound)")
        }
        for (position, unit) in analysis.units.enumerated() {
            let origin = source(unit.bytes)
            // Byte for byte: strings that differ in normal form only are equal to Swift.
            let from = origin.utf8.elementsEqual(unit.text.utf8) ? "" : "  from \(origin)"
            let range = "bytes \(unit.bytes.lowerBound)-\(unit.bytes.upperBound)"
            lines.append("unit \(position)  \(unit.kind.rawValue)  \(unit.text)  \(range)\(from)")
        }
        for word in analysis.words {
            lines.append("icu word   \(word.text)  bytes \(word.bytes.lowerBound)-\(word.bytes.upperBound)")
        }
        for kind in TermKind.allCases {
            let terms = analysis.terms.filter { $0.kind == kind }
            guard !terms.isEmpty else { continue }
            let list = terms.map { kind.hasPositions ? "\($0.text)@\($0.position)" : $0.text }
            lines.append("terms      \(kind): " + list.joined(separator: " "))
        }
        return Array((lines.map { PrintableText.printable($0) }.joined(separator: "\n") + "\n").utf8)
    }

    private static func json(_ analysis: TextAnalysis) -> [UInt8] {
        var json = JSONWriter()
        func units(_ name: String, _ units: [TextAnalysis.Unit], to json: inout JSONWriter) {
            json.key(name)
            json.array(of: units) { json, unit in
                json.object { json in
                    json.field("kind", unit.kind.rawValue)
                    json.field("text", unit.text)
                    json.key("bytes")
                    json.array([unit.bytes.lowerBound, unit.bytes.upperBound])
                }
            }
        }
        json.object { json in
            json.field("folded", analysis.folded)
            json.key("glosses")
            json.array(of: analysis.glosses) { $0.array([$1.lowerBound, $1.upperBound]) }
            units("units", analysis.units, to: &json)
            units("words", analysis.words, to: &json)
            json.key("terms")
            json.array(of: analysis.terms) { json, term in
                json.object { json in
                    json.field("kind", "\(term.kind)")
                    json.field("text", term.text)
                    json.field("position", term.position)
                }
            }
        }
        json.endLine()
        return json.bytes
    }
}
